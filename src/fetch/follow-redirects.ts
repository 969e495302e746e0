/**
 * From the address that was asked for to the one that answers, over five redirects at most. Each is judged like the first
 * address; what belongs to a source stays behind once its origin is left.
 *
 * @see RFC 9110 section 15.4
 */
import { isUtf8 } from 'node:buffer';
import { FeedmillError } from '../model/error.ts';
import type { HttpUrl } from '../model/url.ts';
import type { Warning } from '../model/warning.ts';
import { exchange, type Answer, type Circumstances } from './exchange.ts';
import type { Headers } from './request-headers.ts';
import { header } from './response-headers.ts';
import { readTarget, shownAddress, type Target } from './target.ts';

/** What is sent: to everybody on the way, and to the origin of the first address besides. */
export interface Sent {
  readonly toAll: Headers;
  readonly toOwnOrigin: Headers;
}

/** The answer at the end of the way. */
export interface Arrival extends Answer {
  readonly url: HttpUrl;
  /** Where every redirect on the way was permanent and none gave up encryption; null else. */
  readonly movedTo: HttpUrl | null;
  readonly warnings: readonly Warning[];
}

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
const PERMANENT = [301, 308];

/** @throws FeedmillError `too-many-redirects`, `address-refused`, and what `exchange` throws */
export async function followRedirects(
  start: Target,
  sent: Sent,
  circumstances: Circumstances,
): Promise<Arrival> {
  const way = [start.url];
  let target = start;
  let permanent = true;
  let atHome = true;
  for (;;) {
    const headers = atHome ? { ...sent.toAll, ...sent.toOwnOrigin } : sent.toAll;
    const answer = await exchange(target, headers, circumstances);
    const location = REDIRECTS.includes(answer.status) ? header(answer.headers, 'location') : null;
    if (location === null) return arrive(way, permanent, answer);
    target = readTarget(asWritten(location), target.url);
    refuseCircle(way, target.url);
    way.push(target.url);
    permanent &&= PERMANENT.includes(answer.status);
    atHome &&= originOf(target.url) === originOf(start.url);
  }
}

function arrive(way: readonly HttpUrl[], permanent: boolean, answer: Answer): Arrival {
  const url = way.at(-1);
  const first = way[0];
  if (url === undefined || first === undefined) throw new Error('a way without a beginning');
  const downgraded = way.some((step, at) => step.startsWith('http:') && way[at - 1]?.startsWith('https:'));
  const moved = permanent && !downgraded && way.length > 1;
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) =>
    warnings.push({ code, message, where: shownAddress(first) });
  if (downgraded) warn('redirect-to-http', `is redirected from https to http, to ${shownAddress(url)}`);
  if (moved && new URL(url).hostname !== new URL(first).hostname)
    warn(
      'moved-elsewhere',
      `moved for good to another host, ${shownAddress(url)}; check that it is still the same publisher`,
    );
  return { ...answer, url, movedTo: moved ? url : null, warnings };
}

/** Servers that write addresses in bare UTF-8 are read as browsers read them. */
function asWritten(location: string): string {
  const bytes = Buffer.from(location, 'latin1');
  return isUtf8(bytes) ? bytes.toString() : location;
}

function refuseCircle(way: readonly HttpUrl[], next: HttpUrl): void {
  if (way.includes(next))
    throw new FeedmillError(
      'too-many-redirects',
      `The redirects go in a circle, over ${shownAddress(next)}. Open the address in a browser: it may need cookies or a login, which are not used here.`,
    );
  if (way.length > MAX_REDIRECTS)
    throw new FeedmillError(
      'too-many-redirects',
      `There are more than ${MAX_REDIRECTS} redirects. Give the address at which they end.`,
    );
}

function originOf(url: HttpUrl): string {
  return new URL(url).origin;
}
