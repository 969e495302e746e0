/**
 * Where a request goes, read from an address as it stands in a feed, a configuration or a redirect: http and https
 * only, ports of web servers only, credentials taken out. What the host resolves to is judged later.
 */
import { unescape } from 'node:querystring';
import { FeedmillError } from '../model/error.ts';
import { parseHttpUrl, type HttpUrl } from '../model/url.ts';

export interface Target {
  /** Without user and password. */
  readonly url: HttpUrl;
  readonly user: string;
  readonly password: string;
}

/** Ports above 1023 on which other services listen that can be made to act by a request of HTTP. */
const FOREIGN_PORTS = [
  1080, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061,
  5432, 5672, 5900, 5984, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 8086, 8500, 9042,
  9092, 9200, 9300, 10080, 10250, 11211, 27017, 27018,
];

/**
 * @param base the address that redirected here
 * @throws FeedmillError `address-refused`, where nothing may be fetched from there
 */
export function readTarget(text: string, base?: HttpUrl): Target {
  const url = URL.parse(parseHttpUrl(text.trim().replace(/^feed:(?=\/\/)/i, 'http:'), base) ?? '');
  if (url === null)
    throw new FeedmillError(
      'address-refused',
      `${JSON.stringify(shownAddress(text))} is no http or https address. Give the address of a feed or page on the web.`,
    );
  if (!isPortOfTheWeb(url.port))
    throw new FeedmillError(
      'address-refused',
      `Port ${url.port} of ${url.hostname} does not belong to a web server. Give an address on port 80, 443, or one above 1023 that no other service uses.`,
    );
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  const bare = parseHttpUrl(url.href);
  if (bare === null) throw new Error(`no address without its credentials: ${url.host}`);
  return { url: bare, user: unescape(username), password: unescape(password) };
}

function isPortOfTheWeb(port: string): boolean {
  const number = Number(port);
  return port === '' || number === 80 || number === 443 || (number > 1023 && !FOREIGN_PORTS.includes(number));
}

/** For messages: without credentials and query, either of which may hold a secret. */
export function shownAddress(text: string): string {
  return text
    .replace(/^([a-z+.-]*:?\/\/)[^/?#]*@/i, '$1')
    .replace(/[?#].*/s, '')
    .slice(0, 200);
}
