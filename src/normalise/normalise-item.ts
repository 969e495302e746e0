/**
 * Turns what a document said about one item into what we mean: absolute http(s) addresses, UTC times or null, a title
 * in plain text, a body in HTML. What was said and cannot be meant becomes null and a warning, never a guess.
 */
import type { Author, Item, RawItem } from '../model/item.ts';
import { epochMs, type EpochMs, toRfc3339 } from '../model/time.ts';
import { type HttpUrl, MAX_URL_LENGTH, parseHttpUrl } from '../model/url.ts';
import type { Warning } from '../model/warning.ts';
import { cutText, MAX_TITLE_LENGTH, plainLine } from './plain-title.ts';
import { plainText } from './plain-text.ts';
import { type TypesetText, typesetText } from './typeset/typeset-text.ts';

/** What an item's source says of all its items. */
export interface ItemSource {
  readonly type: 'archive' | 'feed' | 'page';
  /** Base of relative addresses; null for archives. */
  readonly url: string | null;
  readonly timezone: string | null;
}

export interface NormalisedItem {
  readonly item: Item;
  readonly warnings: readonly Warning[];
}

/** @param now only to tell a date in the future, which is kept and reported */
export function normaliseItem(raw: RawItem, source: ItemSource, now: EpochMs): NormalisedItem {
  const notes = new Notes(raw.locator);
  const base = source.url ?? undefined;
  const body = bodyOf(raw);
  const published = publishedOf(raw, notes);
  if (published !== null && published > now + A_DAY) notes.add(...futureDate(published));
  const item: Item = {
    locator: raw.locator,
    guid: raw.guid,
    url: itemUrl(raw.url, base, notes),
    title: itemTitle(raw, body.title, notes),
    contentHtml: body.html,
    summary: raw.summaryHtml === null ? null : plainText(raw.summaryHtml),
    authors: [...raw.authors, ...creditedTo(body.credit)].map((author) => normaliseAuthor(author, base)),
    categories: raw.categories.map(plainLine).filter((category) => category !== ''),
    enclosures: raw.enclosures.flatMap((enclosure) => normaliseEnclosure(enclosure, base)),
    image: optionalUrl(raw.image, base),
    language: raw.language,
    rights: raw.rights === null ? null : plainLine(raw.rights),
    published,
    updated: readDate(raw.updated, notes),
    archived: raw.archived,
    commentsUrl: optionalUrl(raw.commentsUrl, base),
    exported: raw.exported,
  };
  return { item, warnings: notes.warnings };
}

/** Clocks of publishers are hours off, and zones are misread; a date within a day is not worth a word. */
const A_DAY = 86_400_000;

/** Gathers what was odd about one item. */
class Notes {
  readonly warnings: Warning[] = [];
  readonly #where: string;

  constructor(where: string) {
    this.#where = where;
  }

  add(code: string, message: string): void {
    this.warnings.push({ code, message, where: this.#where });
  }
}

function bodyOf(raw: RawItem): TypesetText {
  if (raw.contentHtml === null && raw.contentText !== null) return typesetText(raw.contentText);
  return { html: raw.contentHtml ?? raw.summaryHtml ?? '', title: '', credit: null };
}

function creditedTo(name: string | null): RawItem['authors'] {
  return name === null ? [] : [{ name, url: null, email: null }];
}

function normaliseAuthor({ name, url, email }: RawItem['authors'][number], base: string | undefined): Author {
  return { name: name === null ? null : plainLine(name), url: optionalUrl(url, base), email };
}

function itemUrl(url: string | null, base: string | undefined, notes: Notes): HttpUrl | null {
  if (url === null) return null;
  const parsed = parseHttpUrl(url, base);
  if (parsed === null) notes.add(...refusedUrl(url, base));
  return parsed;
}

function refusedUrl(url: string, base: string | undefined): [code: string, message: string] {
  if (url.length > MAX_URL_LENGTH) return ['url-too-long', `URL longer than ${MAX_URL_LENGTH}; left out`];
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return ['url-invalid', 'URL cannot be read; left out'];
  if (scheme !== undefined) return ['url-scheme', `scheme ${scheme}: not allowed; URL left out`];
  return [
    'url-relative',
    base === undefined ? 'URL is not absolute; left out' : 'URL cannot be read; left out',
  ];
}

function optionalUrl(url: string | null, base: string | undefined): HttpUrl | null {
  return url === null ? null : parseHttpUrl(url, base);
}

function itemTitle(raw: RawItem, derived: string, notes: Notes): string {
  if (raw.title === null) return derived;
  const title = plainLine(raw.titleType === 'html' ? plainText(raw.title) : raw.title);
  if (title.length > MAX_TITLE_LENGTH)
    notes.add('title-cut', `title of ${title.length} characters cut to ${MAX_TITLE_LENGTH}`);
  return cutText(title, MAX_TITLE_LENGTH);
}

function normaliseEnclosure(enclosure: RawItem['enclosures'][number], base: string | undefined) {
  const url = parseHttpUrl(enclosure.url, base);
  if (url === null) return [];
  const { mediaType, title } = enclosure;
  return [
    { url, mediaType, title, bytes: wholeNumber(enclosure.bytes), seconds: wholeNumber(enclosure.seconds) },
  ];
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The publisher's word; for an archive file without one, the moment of archiving, until a dateline says better. */
function publishedOf(raw: RawItem, notes: Notes): EpochMs | null {
  return raw.exported === null ? (readDate(raw.published, notes) ?? raw.archived) : raw.exported.published;
}

/** ISO 8601 and RFC 822 with a zone. Anything else is not guessed at. */
function readDate(text: string | null, notes: Notes): EpochMs | null {
  if (text === null) return null;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d|GMT|UTC?)$/i.test(text.trim());
  const moment = hasZone ? epochMs(Date.parse(text.trim())) : null;
  if (moment === null) notes.add('date-unreadable', 'a date cannot be read; treated as unknown');
  return moment;
}

function futureDate(moment: EpochMs): [code: string, message: string] {
  const day = toRfc3339(moment).slice(0, 10);
  return ['date-in-future', `date is in the future (${day}); kept, but not used for ordering above now`];
}
