/**
 * Attached files: absolute addresses, lengths and durations as numbers. What is no number is unknown, never zero.
 * Durations as in Apple's podcast specification (seconds, MM:SS, HH:MM:SS) and ISO 8601 (PT1H2M3S).
 */
import type { Enclosure, RawItem } from '../model/item.ts';
import { parseHttpUrl } from '../model/url.ts';

/** What has no address that can be dialled is left out; what is listed twice stays once. */
export function normaliseEnclosures(
  raw: RawItem['enclosures'],
  base: string | undefined,
): readonly Enclosure[] {
  const byAddress = new Map<string, Enclosure>();
  for (const { url: written, mediaType, bytes, seconds, title } of raw) {
    const url = parseHttpUrl(written, base);
    if (url === null || byAddress.has(url)) continue;
    byAddress.set(url, { url, mediaType, title, bytes: readBytes(bytes), seconds: readSeconds(seconds) });
  }
  return [...byAddress.values()];
}

/** `12,345` and `12345 bytes` occur; `1.2 MB` is no length. */
function readBytes(text: string | null): number | null {
  const [, digits] = /^\s*(\d{1,3}(?:[,.' ]\d{3})+|\d{1,15})\s*(?:bytes?|b)?\s*$/i.exec(text ?? '') ?? [];
  return digits === undefined ? null : Number(digits.replaceAll(/\D/g, ''));
}

function readSeconds(text: string | null): number | null {
  const written = text?.trim() ?? '';
  const clock = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,9})(?:\.\d+)?$/.exec(written);
  const iso = /^PT(?=\d)(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,9})(?:\.\d+)?S)?$/i.exec(written);
  const [, hours = '0', minutes = '0', seconds = '0'] = clock ?? iso ?? [];
  return clock === null && iso === null
    ? null
    : (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
}
