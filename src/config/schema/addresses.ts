/**
 * How addresses are read: of sources, of this server, of the store, of feeds. Readings as in readings.ts.
 */
import { resolve } from 'node:path';
import type { StoreLocation } from '../../model/config.ts';
import type { HttpUrl } from '../../model/url.ts';
import { parseHttpUrl } from '../../model/url.ts';
import type { Reading } from './readings.ts';

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

/** Where a feed is to be had besides its own addresses. Which addresses are taken is for feed-paths.ts to say. */
export function readFeedPath(text: string): Reading<string> {
  const wellFormed = /^(\/[A-Za-z0-9._~-]+)+\/?$|^\/$/.test(text) && !/\/\.\.?(\/|$)/.test(text);
  return wellFormed && text.length <= 200
    ? { value: text }
    : { wrong: 'must begin with / and hold letters, digits, . _ ~ - and / only, such as /news.xml' };
}
