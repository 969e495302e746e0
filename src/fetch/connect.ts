/**
 * One connection for one request: to addresses that were judged, and to nothing else. Nothing is kept alive: a feed is
 * read every quarter of an hour, and a socket that nobody shares cannot mix up answers or outlive a judgement.
 */
import type { LookupFunction } from 'node:net';
import { buildConnector, Client, ProxyAgent, type Dispatcher } from 'undici';
import { FeedmillError } from '../model/error.ts';
import type { HttpUrl } from '../model/url.ts';
import type { AddressGuard } from './address-guard.ts';

/** Longest silence in the middle of an answer. Only the first byte may take as long as the whole fetch. */
const IDLE_MS = 15_000;
/** For TCP and TLS together. */
const CONNECT_MS = 10_000;
/** For one address of several. Node's own 250 ms give up hosts on the other side of the world. */
const ATTEMPT_MS = 2_000;
/** Common servers send 8 KB at most, those with long policies and many cookies 16. */
const MAX_HEADER_BYTES = 32_768;

/** What a connection must know besides its addresses. */
export interface ConnectionSettings {
  readonly guard: AddressGuard;
  readonly timeoutMs: number;
  /** Of a proxy that the configuration names: the only thing besides `addresses` that may be dialled. */
  readonly proxy: string | null;
}

/** To be destroyed after one request. Where a proxy is named it dials, and the addresses are its own affair. */
export function openConnection(
  url: HttpUrl,
  addresses: readonly string[],
  { guard, timeoutMs, proxy }: ConnectionSettings,
): Dispatcher {
  const limits = {
    allowH2: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: timeoutMs,
    bodyTimeout: Math.min(timeoutMs, IDLE_MS),
  };
  const timeout = Math.min(timeoutMs, CONNECT_MS);
  if (proxy !== null)
    return new ProxyAgent({ ...limits, uri: proxy, requestTls: { timeout }, proxyTls: { timeout } });
  const dial = buildConnector({
    lookup: answerWith(addresses),
    timeout,
    allowH2: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
  });
  const { hostname } = new URL(url);
  return new Client(new URL(url).origin, {
    ...limits,
    pipelining: 0,
    connect: (options, callback) =>
      dial(options, (...[error, socket]) => {
        if (error !== null) return callback(error, null);
        const { remoteAddress } = socket;
        if (remoteAddress === undefined) return callback(failure('ECONNRESET'), null);
        const refusal = guard.judgeAddress(remoteAddress, hostname);
        if (refusal === null) return callback(null, socket);
        socket.destroy();
        callback(new FeedmillError('address-refused', refusal), null);
      }),
  });
}

/** A resolver that knows one answer. Not asked for hosts that are addresses already. */
function answerWith(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (_hostname, options, callback) => {
    const [first] = all;
    if (first === undefined) callback(failure('ENOTFOUND'), []);
    else if (options.all === true) callback(null, all);
    else callback(null, first.address, first.family);
  };
}

/** As Node's own errors are told apart: by their code. */
function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
