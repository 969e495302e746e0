/**
 * How the texts of the configuration are read: durations, sizes, addresses, networks, header names. Each gives the value or what
 * is wrong, in words that follow the key (`must be …`) and never hold the text itself, which may be a secret.
 */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { StoreLocation } from '../../model/config.ts';
import type { HttpUrl } from '../../model/url.ts';
import { parseHttpUrl } from '../../model/url.ts';
import { cronComplaint } from './cron-line.ts';

export type Reading<T> = { readonly value: T } | { readonly wrong: string };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: HOUR_MS,
  d: DAY_MS,
};
const UNIT_BYTES: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** `90s 15m 2h 7d`, more than nothing and at most `longestMs`, in milliseconds. */
export function readDuration(text: string, longestMs: number): Reading<number> {
  const match = /^(\d{1,6})(s|m|h|d)$/.exec(text);
  const value = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ''] ?? Number.NaN);
  if (value > 0 && value <= longestMs) return { value };
  const longest = longestMs >= DAY_MS ? `${longestMs / DAY_MS}d` : `${longestMs / HOUR_MS}h`;
  return { wrong: `must be a duration such as 90s, 15m, 2h or 7d, at most ${longest}` };
}

/** `512KB 10MB`, in bytes; 1 KB is 1,024 of them. */
export function readSize(text: string): Reading<number> {
  const match = /^(\d{1,6})(B|KB|MB|GB)$/.exec(text);
  const value = Number(match?.[1]) * (UNIT_BYTES[match?.[2] ?? ''] ?? Number.NaN);
  return value >= 1024 && value <= 1024 ** 3
    ? { value }
    : { wrong: 'must be a size such as 512KB or 10MB, from 1KB to 1GB' };
}

/** A cron line with five fields. */
export function readCron(text: string): Reading<string> {
  const wrong = cronComplaint(text);
  return wrong === null ? { value: text.trim().split(/\s+/).join(' ') } : { wrong };
}

/** An http or https address without user and password, which would be shown wherever the address is. */
export function readHttpUrl(text: string): Reading<HttpUrl> {
  const value = parseHttpUrl(text);
  if (value === null) {
    const quotes = /^[“”‘’„«]/.test(text) ? '. The quotes around it are typographic ones: use " or none' : '';
    return { wrong: `must be an http or https address such as https://example.org/feed.xml${quotes}` };
  }
  const { username, password } = new URL(value);
  return username === '' && password === ''
    ? { value }
    : { wrong: 'must be an address without user and password' };
}

/** The address of a source. */
export function readSourceUrl(text: string): Reading<HttpUrl> {
  const read = readHttpUrl(text);
  return 'wrong' in read && parseHttpUrl(text) !== null
    ? { wrong: `${read.wrong} (write those under auth, as {user: …, password: …})` }
    : read;
}

/** The address that people reach the server under; without the closing slash. */
export function readBaseUrl(text: string): Reading<string> {
  const read = readHttpUrl(text);
  if ('wrong' in read) return read;
  const url = new URL(read.value);
  return url.search === '' && url.hash === ''
    ? { value: read.value.replace(/\/+$/, '') }
    : { wrong: 'must be an address without ? and #, such as https://feeds.example.org' };
}

/** The address of an HTTP proxy; this one may hold user and password. */
export function readProxyUrl(text: string): Reading<string> {
  const value = parseHttpUrl(text);
  return value === null
    ? { wrong: 'must be the http or https address of a proxy, such as http://proxy.example:3128' }
    : { value };
}

/** `sqlite:PATH`, relative to `directory`, or `postgres://…`. */
export function readStoreUrl(text: string, directory: string): Reading<StoreLocation> {
  const path = /^sqlite:((?!\/\/)|(?=\/\/\/))(.+)$/s.exec(text)?.[2];
  if (path !== undefined) {
    return { value: { kind: 'sqlite', file: path === ':memory:' ? path : resolve(directory, path) } };
  }
  const url = /^postgres(ql)?:\/\//.test(text) ? URL.parse(text) : null;
  return url !== null && url.hostname !== ''
    ? { value: { kind: 'postgres', url: text } }
    : { wrong: 'must be sqlite:PATH, such as sqlite:../data/feedmill.db, or postgres://user@host/database' };
}

/** A network as CIDR. A single address is the network of that address alone. */
export function readNetwork(text: string): Reading<string> {
  const [, address = '', prefix] = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return bits !== -1 && Number(prefix ?? 0) <= bits
    ? { value: `${address}/${prefix ?? bits}` }
    : { wrong: 'must be a network such as 192.168.1.0/24 or fd00::/8' };
}

/** What Express takes as `trust proxy` in text: names of ranges and networks, separated by commas. */
export function readTrustedProxies(text: string): Reading<string> {
  const parts = text.split(',').map((part) => part.trim());
  return parts.every(
    (part) => /^(loopback|linklocal|uniquelocal)$/.test(part) || 'value' in readNetwork(part),
  )
    ? { value: parts.join(',') }
    : { wrong: WRONG_TRUST_PROXY };
}

/** Said of everything that is no setting of `trust_proxy`. */
export const WRONG_TRUST_PROXY =
  'must be true, false, how many proxies stand in front, or their networks, such as "loopback, 10.0.0.0/8"';

/** BCP 47, by its form. */
export function readLanguage(text: string): Reading<string> {
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(text)
    ? { value: text }
    : { wrong: 'must be a language tag such as en, de-AT or zh-Hant' };
}

/** The name of a machine, in its lower-case form, without scheme and path. */
export function readHost(text: string): Reading<string> {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text)
    ? { value: text.toLowerCase() }
    : { wrong: 'must be the name of a host alone, such as images.example.org' };
}

/** What `listen` takes: a name or an address. */
export function readListenHost(text: string): Reading<string> {
  return isIP(text) !== 0 || 'value' in readHost(text)
    ? { value: text }
    : { wrong: 'must be a name or address to listen on, such as 127.0.0.1, ::1 or 0.0.0.0' };
}

/** Where a feed is to be had besides its own addresses. Which addresses are taken is for feed-paths.ts to say. */
export function readFeedPath(text: string): Reading<string> {
  const wellFormed = /^(\/[A-Za-z0-9._~-]+)+\/?$|^\/$/.test(text) && !/\/\.\.?(\/|$)/.test(text);
  return wellFormed && text.length <= 200
    ? { value: text }
    : { wrong: 'must begin with / and hold letters, digits, . _ ~ - and / only, such as /news.xml' };
}

/** The value of an HTTP header: printable, on one line. */
export function readHeaderValue(text: string): Reading<string> {
  return /^[\t\u0020-\u007e\u00a0-\u00ff]+$/.test(text)
    ? { value: text.trim() }
    : { wrong: 'must be text that an HTTP header can hold: one line, Latin characters' };
}
