/**
 * Addresses that may be shown and dialled: absolute, http or https, of bearable length.
 */

declare const httpUrlBrand: unique symbol;

/** An absolute http(s) URL in the form in which the WHATWG parser writes it. */
export type HttpUrl = string & { readonly [httpUrlBrand]: true };

/** Longest address that is kept. Browsers and servers differ; 8 KB is what common servers accept in a request line. */
export const MAX_URL_LENGTH = 8192;

/** Reads an address as a browser would, relative to `base` where one is given; null where it is no http(s) address. */
export function parseHttpUrl(text: string, base?: string): HttpUrl | null {
  if (text.length > MAX_URL_LENGTH) return null;
  const url = URL.parse(text.trim(), base);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '')
    return null;
  return url.href.length > MAX_URL_LENGTH ? null : (url.href as HttpUrl);
}
