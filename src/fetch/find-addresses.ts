/**
 * From a host to the addresses that may be dialled for it. A name is resolved once; what comes is judged, and exactly
 * that is dialled, so that a name cannot change its address between the judgement and the connection. One bad address
 * spoils the whole answer: whoever mixes them is up to something.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { FeedmillError } from '../model/error.ts';
import type { HttpUrl } from '../model/url.ts';
import type { AddressGuard } from './address-guard.ts';

/** From a name to its addresses, of both families; rejects like `dns.lookup`. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** More are not tried. */
const MOST_ADDRESSES = 8;

/** Asks the system, as every other program on the machine does: `/etc/hosts` counts. */
export async function resolveBySystem(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);
}

/**
 * Behind a proxy, which dials by itself, a name that cannot be resolved here has no addresses to judge; the proxy may know
 * it, where this machine has no DNS at all.
 */
export function resolveIfPossible(resolve: Resolve): Resolve {
  return (name) => resolve(name).catch(() => []);
}

/**
 * Addresses in the order in which the resolver gave them.
 *
 * @throws FeedmillError `address-refused`; and what `resolve` throws
 */
export async function findAddresses(
  url: HttpUrl,
  guard: AddressGuard,
  resolve: Resolve,
): Promise<readonly string[]> {
  const host = new URL(url).hostname;
  const literal = host.replace(/^\[(.*)\]$/, '$1');
  const named = isIP(literal) === 0;
  refuse(named ? guard.judgeName(host) : null);
  const addresses = named ? await resolve(host) : [literal];
  for (const address of addresses) refuse(guard.judgeAddress(address, host));
  return addresses.slice(0, MOST_ADDRESSES);
}

function refuse(reason: string | null): void {
  if (reason !== null) throw new FeedmillError('address-refused', reason);
}
