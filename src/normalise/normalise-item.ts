/**
 * Turns what a document said about one item into what we mean: absolute http(s) addresses, UTC times or null, a title
 * in plain text, a body in HTML. What was said and cannot be meant becomes null and a warning, never a guess.
 */
import type { Item, RawItem } from '../model/item.ts';
import { type EpochMs, toRfc3339 } from '../model/time.ts';
import { type HttpUrl, MAX_URL_LENGTH, parseHttpUrl } from '../model/url.ts';
import type { Warning } from '../model/warning.ts';
import { normaliseAuthors } from './authors.ts';
import { bodyOf } from './body.ts';
import { parseDate } from './date/parse-date.ts';
import { normaliseEnclosures } from './enclosures.ts';
import { languageTag } from './language-tag.ts';
import { plainText, plainTitle } from './plain-text.ts';
import { cutText, MAX_TITLE_LENGTH, plainLine } from './plain-title.ts';

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

/** @param now only to tell a date in the future: one that is near is kept and reported, one beyond a year is not believed */
export function normaliseItem(raw: RawItem, source: ItemSource, now: EpochMs): NormalisedItem {
  const notes = new Notes(raw.locator);
  const base = source.url ?? undefined;
  const body = bodyOf(raw, source.type);
  const enclosures = normaliseEnclosures(raw.enclosures, base);
  const dates = datesOf(raw, source, { now, notes });
  const item: Item = {
    locator: raw.locator,
    guid: raw.guid,
    url: itemUrl(raw.url, base, notes),
    title: itemTitle(raw, body.title, notes),
    contentHtml: body.html,
    summary: raw.summaryHtml === null ? null : plainText(raw.summaryHtml),
    authors: normaliseAuthors([...raw.authors, ...creditedTo(body.credit)], base),
    categories: raw.categories.map(plainLine).filter((category) => category !== ''),
    enclosures,
    image: optionalUrl(raw.image, base) ?? pictureAmong(enclosures),
    language: languageTag(raw.language),
    rights: raw.rights === null ? null : plainLine(raw.rights),
    ...dates,
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

function creditedTo(name: string | null): RawItem['authors'] {
  return name === null ? [] : [{ name, url: null, email: null }];
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
  const title = plainLine(raw.titleType === 'html' ? plainTitle(raw.title) : raw.title);
  if (title.length > MAX_TITLE_LENGTH)
    notes.add('title-cut', `title of ${title.length} characters cut to ${MAX_TITLE_LENGTH}`);
  return cutText(title, MAX_TITLE_LENGTH);
}

function pictureAmong(enclosures: Item['enclosures']): HttpUrl | null {
  return enclosures.find(({ mediaType }) => mediaType?.startsWith('image/') === true)?.url ?? null;
}

interface Dating {
  readonly now: EpochMs;
  readonly notes: Notes;
}

/**
 * The publisher's word; for an archive file without one, the moment of archiving, until a dateline says better.
 * Atom demands `updated` only: where it stands alone, it is when the item came out.
 */
function datesOf(raw: RawItem, source: ItemSource, dating: Dating): Pick<Item, 'published' | 'updated'> {
  const updated = readDate(raw.updated, source, dating);
  const said = readDate(raw.published, source, dating) ?? (raw.published === null ? updated : null);
  const published = raw.exported === null ? (said ?? raw.archived) : raw.exported.published;
  if (published !== null && published > dating.now + A_DAY) dating.notes.add(...futureDate(published));
  return { published, updated };
}

function readDate(text: string | null, { timezone }: ItemSource, { now, notes }: Dating): EpochMs | null {
  if (text === null || text.trim() === '') return null;
  const moment = parseDate(text, { timezone, now });
  if (moment === null)
    notes.add(
      'date-unreadable',
      `a date cannot be read or believed (${cutText(plainLine(text), 40)}); treated as unknown`,
    );
  return moment;
}

function futureDate(moment: EpochMs): [code: string, message: string] {
  const day = toRfc3339(moment).slice(0, 10);
  return ['date-in-future', `date is in the future (${day}); kept, but not used for ordering above now`];
}
