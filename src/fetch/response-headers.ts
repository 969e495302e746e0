/**
 * What a server says beside the body, read with distrust: validators are kept as they came or not at all, times are
 * counted by the server's own clock and held within bounds.
 *
 * @see RFC 9110 section 8.8 and 10.2.3, RFC 9111 section 4.2 and 5
 */
import type { Validators } from '../model/fetch.ts';

/** As undici gives them: names in lower case. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

const MINUTE_MS = 60_000;
/** Nobody is believed to want to be left alone for longer. */
const WEEK_MS = 7 * 86_400_000;
const MAX_VALIDATOR_LENGTH = 1024;

/** The first value of a header; null where there is none, or nothing in it. */
export function header(headers: ResponseHeaders, name: string): string | null {
  const value = headers[name];
  const first = (Array.isArray(value) ? value[0] : value)?.trim();
  return first === undefined || first === '' ? null : first;
}

/** Of the body; `text/xml` of `Text/XML; charset=utf-8`. */
export function mediaTypeOf(headers: ResponseHeaders): string | null {
  const type = header(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  return type === '' ? null : type;
}

/** Kept to the letter, so that the server knows them again; what could not be sent back is dropped. */
export function validatorsOf(headers: ResponseHeaders): Validators {
  return {
    etag: sendable(header(headers, 'etag')),
    lastModified: sendable(header(headers, 'last-modified')),
  };
}

function sendable(value: string | null): string | null {
  return value !== null && value.length <= MAX_VALIDATOR_LENGTH && /^[\t\x20-\x7e\x80-\xff]+$/.test(value)
    ? value
    : null;
}

/** How long the answer stays fresh, by Cache-Control or else Expires; null where it does not say, or says "not at all". */
export function freshForMs(headers: ResponseHeaders, now: number): number | null {
  const control = Array.of(headers['cache-control'] ?? [])
    .flat()
    .join(',');
  if (/\bno-(cache|store)\b/i.test(control)) return null;
  const maxAge = /\bmax-age\s*=\s*"?(\d+)/i.exec(control)?.[1];
  const expires = header(headers, 'expires');
  const left =
    maxAge !== undefined
      ? (Number(maxAge) - Number(/^\d+$/.exec(header(headers, 'age') ?? '')?.[0] ?? 0)) * 1000
      : expires === null
        ? 0
        : Date.parse(expires) - serverTime(headers, now);
  return left > 0 ? Math.min(left, WEEK_MS) : null;
}

/** From Retry-After, between a minute and a week; null where it is absent or makes no sense. */
export function retryAfterMs(headers: ResponseHeaders, now: number): number | null {
  const value = header(headers, 'retry-after') ?? '';
  const wait = /^\d+$/.test(value)
    ? Number(value) * 1000
    : /^[a-z]{3,9},? .*\d{4}/i.test(value)
      ? Date.parse(value) - serverTime(headers, now)
      : Number.NaN;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, MINUTE_MS), WEEK_MS);
}

/** By the server's clock where it tells it: both of its times are wrong by the same amount then. */
function serverTime(headers: ResponseHeaders, now: number): number {
  const told = Date.parse(header(headers, 'date') ?? '');
  return Number.isNaN(told) ? now : told;
}
