/**
 * Which addresses may stand in safe HTML: http and https, mailto in links, small raster pictures as data in img.
 * Everything that a browser would have to guess at (control characters, backslashes, spaces) is written out first.
 */
import { parseHttpUrl } from '../model/url.ts';

/** What the address is for: a click, a picture's own `src`, or anything else that is loaded. */
export type AddressUse = 'link' | 'picture' | 'media';

/** Longest `data:` picture that is kept, in characters: a logo or a blurred preview, not a photograph. */
export const MAX_DATA_PICTURE = 100 * 1024;

const PLAIN_HTTP = /^https?:\/\/[^\s\\<>"^`{|}\p{Cc}]+$/u;
const DATA_PICTURE = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/]+=*$/i;
const OWN_PATH = /^\/(?![/\\])[^\s\\\p{Cc}]*$/u;

/** The address as it may be written, or null. Harmless spellings come back unchanged. */
export function safeAddress(text: string, use: AddressUse): string | null {
  const trimmed = text.trim();
  if (/^https?:/i.test(trimmed)) {
    const url = parseHttpUrl(trimmed);
    return url !== null && PLAIN_HTTP.test(trimmed) ? trimmed : url;
  }
  if (use === 'picture' && trimmed.length <= MAX_DATA_PICTURE && DATA_PICTURE.test(trimmed)) return trimmed;
  if (use === 'link' && /^mailto:[^\s\p{Cc}]+$/iu.test(trimmed)) return trimmed;
  return null;
}

/** Whether this is a path on our own server, such as `/items/…`: one slash, then no second. */
export function isOwnPath(text: string): boolean {
  return OWN_PATH.test(text);
}
