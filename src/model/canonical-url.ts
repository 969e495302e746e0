/**
 * The canonical form of an address, by which items are recognised (never shown, never dialled).
 * The rule is product.md section 4 over RFC 3986 section 6.2; test/model/canonical-url.test.ts fixes it row by row.
 */
import { isTrackingParam } from './tracking-params.ts';

declare const canonicalUrlBrand: unique symbol;

/** An address in canonical form: `https://host/path?query`. */
export type CanonicalUrl = string & { readonly [canonicalUrlBrand]: true };

/** Anything that may not stand bare in path or query: neither unreserved nor reserved (RFC 3986 section 2), nor an escape. */
const NOT_BARE = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/gu;
const UNRESERVED = /[A-Za-z0-9\-._~]/;
const DEFAULT_PORTS = new Set(['80', '443', '']);

/**
 * The canonical form of an http(s) address; null for anything else.
 * Scheme https, host in lower-case ASCII without a leading `www.`, no user, default port, fragment or tracking parameter;
 * escapes of unreserved characters decoded, the others in upper case; reserved characters stay as they were found.
 */
export function canonicalUrl(text: string): CanonicalUrl | null {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '')
    return null;
  const host = url.hostname.replace(/^www\.(?=.*\.)/, '');
  const port = DEFAULT_PORTS.has(url.port) ? '' : `:${url.port}`;
  const query = withoutTracking(queryAsFound(text));
  return `https://${host}${port}${normaliseEscapes(url.pathname)}${query === '' ? '' : `?${query}`}` as CanonicalUrl;
}

/** The query as the publisher wrote it: the WHATWG parser would escape the apostrophe, a reserved character. */
function queryAsFound(text: string): string {
  const beforeFragment =
    text
      .trim()
      .replace(/[\t\n\r]/g, '')
      .split('#', 1)[0] ?? '';
  const mark = beforeFragment.indexOf('?');
  return mark < 0 ? '' : beforeFragment.slice(mark + 1);
}

function withoutTracking(query: string): string {
  if (query === '') return '';
  const kept = query.split('&').filter((pair) => !isTrackingParam(decodeName(pair)));
  return normaliseEscapes(kept.join('&'));
}

function decodeName(pair: string): string {
  return normaliseEscapes(pair.split('=', 1)[0] ?? '');
}

function normaliseEscapes(text: string): string {
  return text
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25')
    .replace(/%[0-9A-Fa-f]{2}/g, (escape) => {
      const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
      return UNRESERVED.test(character) ? character : escape.toUpperCase();
    })
    .replace(NOT_BARE, escapeAsUtf8);
}

function escapeAsUtf8(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
