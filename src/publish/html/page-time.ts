/** Times on pages: for machines as RFC 3339, for people in the language of the item and the zone of the server. */
import { escapeHtml } from '../../html/escape.ts';
import { type EpochMs, epochMs, toRfc3339 } from '../../model/time.ts';

/** The plain forms of BCP 47, which Intl never refuses. */
const PLAIN_TAG = /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?=-|$)/i;
const MAX_FORMATS_KEPT = 200;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A `<time>` element; empty for what no date can hold. */
export function timeElement(moment: EpochMs, language: string | null, timezone: string): string {
  const whole = epochMs(moment);
  if (whole === null) return '';
  const shown = formatOf(language, timezone).format(whole);
  return `<time datetime="${toRfc3339(whole)}">${escapeHtml(shown)}</time>`;
}

/** Making a format takes far longer than using it. */
function formatOf(language: string | null, timezone: string): Intl.DateTimeFormat {
  const tag = PLAIN_TAG.exec(language ?? '')?.[0] ?? 'en';
  const key = `${tag} ${timezone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  if (formats.size >= MAX_FORMATS_KEPT) formats.clear();
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: timezone });
  formats.set(key, format);
  return format;
}
