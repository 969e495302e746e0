/**
 * What a text construct of a feed says, as HTML: escaped, in CDATA, as elements, in base64 or as plain text
 * (RFC 4287 section 3.1 and 4.1.3; mode of Atom 0.3). Relative addresses in it are made absolute by the base in force.
 */
import { escapeHtml } from '../../../html/escape.ts';
import { decodePlainText } from './decode-entities.ts';
import { attributeOf, type FeedElement, resolveAddress } from './element.ts';

/** How an element says that its text is to be read. RSS does not say, and means HTML. */
export function typeOf(element: FeedElement): 'text' | 'html' {
  if (element.isMarkup) return 'html';
  const type = attributeOf(element, 'type')?.toLowerCase() ?? null;
  if (!element.name.startsWith('atom:') || element.name === 'atom:info') return 'html';
  if (type === null || type === 'text' || type === 'text/plain') {
    return looksLikeMarkup(element.text) ? 'html' : 'text';
  }
  return 'html';
}

/** The element's text, base64 decoded. Markup or not, as `typeOf` says. */
export function rawTextOf(element: FeedElement): string {
  const { text } = element;
  if (!element.name.startsWith('atom:') || element.isMarkup) return text;
  const type = attributeOf(element, 'type')?.toLowerCase() ?? '';
  const isBase64 =
    attributeOf(element, 'mode') === 'base64' ||
    (type.includes('/') && !/^text\/|[+/]xml$|^application\/(?:xhtml|json)/.test(type));
  return (isBase64 ? fromBase64(text) : null) ?? text;
}

/** The element's text as HTML with absolute addresses; null where it says nothing. */
export function htmlOf(element: FeedElement | null | undefined): string | null {
  if (element === null || element === undefined) return null;
  const text = rawTextOf(element);
  if (!/\S/.test(text)) return null;
  if (typeOf(element) === 'text') return escapeHtml(text);
  return element.isMarkup ? text : resolveInHtml(text, element.base);
}

/** Makes the relative addresses of links and pictures absolute. */
export function resolveInHtml(html: string, base: string): string {
  if (!MAY_BE_RELATIVE.test(html)) return html;
  return html.replaceAll(RELATIVE, (_whole, before: string, quote: string, address: string) => {
    const absolute = resolveAddress(decodePlainText(address), base);
    return `${before}${quote}${absolute.replaceAll('"', '%22').replaceAll("'", '%27').replaceAll('&', '&amp;')}`;
  });
}

/** Tells quickly that there is nothing to do, as nearly always. */
const MAY_BE_RELATIVE = /(?:href|src|poster)\s{0,9}=\s{0,9}["']?(?!https?:|[a-z][a-z0-9+.-]*:|#|["'\s])/i;

/** An address without a scheme in a tag. Fragments stay: they point into the same text. */
const RELATIVE =
  /(<[a-z][^<>]{0,2000}?\s(?:href|src|poster)\s{0,9}=\s{0,9})(["']?)(?![a-z][a-z0-9+.-]*:|#)([^"'\s<>]{1,8000})/gi;

/** Publishers write HTML into what they call text; a tag that is closed somewhere is no accident. */
function looksLikeMarkup(text: string): boolean {
  return text.includes('</') && /<(p|div|a|b|i|em|strong|ul|ol|li|span|h[1-6]|br|img)\b[^<>]*>/i.test(text);
}

function fromBase64(text: string): string | null {
  const packed = text.replaceAll(/\s+/g, '');
  if (!/^[a-z0-9+/]+={0,2}$/i.test(packed)) return null;
  const decoded = Buffer.from(packed, 'base64').toString('utf8');
  return decoded.includes('\u{FFFD}') ? null : decoded;
}
