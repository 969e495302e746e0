/**
 * Reads JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1). Every field is checked; one that is not what it should be is
 * left out, and so is an item that is no object.
 */
import { escapeHtml } from '../../html/escape.ts';
import type { RawFeed, RawItem } from '../../model/item.ts';
import { emptyRawItem, locatorOf } from '../raw-item.ts';
import { isWebAddress } from './links.ts';
import type { RawPerson } from './people.ts';
import { resolveInHtml } from './xml/content.ts';
import { resolveAddress } from './xml/element.ts';

type Json = Readonly<Record<string, unknown>>;

/** Null where the JSON is no JSON Feed. */
export function readJsonFeed(json: unknown, url: string): RawFeed | null {
  const feed = objectOf(json);
  if (feed === null || !isFeed(feed)) return null;
  const authors = authorsOf(feed, url);
  const items = objects(feed['items']);
  if (items.length === 0 && list(feed['items']).length > 0) return null;
  return {
    title: string(feed['title']),
    url: address(feed['home_page_url'], url),
    language: string(feed['language']),
    items: items.map((item) => readItem(item, { url, authors, language: string(feed['language']) })),
    warnings: [],
    about: {
      format: 'JSON Feed',
      description: string(feed['description']),
      rights: null,
      generator: null,
      updated: null,
      authors,
      categories: [],
      icon: address(feed['favicon'], url),
      image: address(feed['icon'], url),
      feedUrl: address(feed['feed_url'], url),
      hubs: objects(feed['hubs']).flatMap((hub) => address(hub['url'], url) ?? []),
      nextUrl: address(feed['next_url'], url),
      ttlMinutes: null,
      skipHours: [],
      skipDays: [],
    },
  };
}

function isFeed(feed: Json): boolean {
  const version = string(feed['version']) ?? '';
  const isNamed = /jsonfeed\.org\/version\//i.test(version);
  // Some generators write another version, or none.
  if (!Array.isArray(feed['items'])) return isNamed && feed['items'] === undefined;
  return isNamed || 'title' in feed || 'version' in feed;
}

interface Around {
  readonly url: string;
  readonly authors: readonly RawPerson[];
  readonly language: string | null;
}

function readItem(item: Json, { url: base, authors: feedAuthors, language }: Around): RawItem {
  const head = headOf(item, base);
  const authors = authorsOf(item, base);
  return {
    ...emptyRawItem(locatorOf(head)),
    ...head,
    authors: authors.length > 0 ? authors : feedAuthors,
    categories: list(item['tags']).filter((tag) => typeof tag === 'string'),
    enclosures: enclosuresOf(item['attachments'], base),
    image: address(item['image'], base) ?? address(item['banner_image'], base),
    language: string(item['language']) ?? language,
    published: string(item['date_published']),
    updated: string(item['date_modified']),
  };
}

function headOf(item: Json, base: string) {
  const guid = idOf(item['id']);
  const own = address(item['url'], base) ?? address(item['external_url'], base);
  const url = own ?? (guid !== null && isWebAddress(guid) ? guid : null);
  const html = string(item['content_html']);
  const summary = string(item['summary']);
  return {
    guid,
    url,
    title: string(item['title']),
    contentHtml: html === null ? null : resolveInHtml(html, url ?? base),
    contentText: string(item['content_text']),
    summaryHtml: summary === null ? null : escapeHtml(summary),
  };
}

function enclosuresOf(value: unknown, base: string): RawItem['enclosures'] {
  return objects(value).flatMap((attachment) => {
    const url = address(attachment['url'], base);
    if (url === null) return [];
    return [
      {
        url,
        mediaType: string(attachment['mime_type']),
        bytes: idOf(attachment['size_in_bytes']),
        seconds: idOf(attachment['duration_in_seconds']),
        title: string(attachment['title']),
      },
    ];
  });
}

/** `authors` of 1.1 and the one `author` of 1, each once. */
function authorsOf(parent: Json, base: string): RawPerson[] {
  const byName = new Map<string, RawPerson>();
  for (const author of [...objects(parent['authors']), ...objects([parent['author']])]) {
    const person = { name: string(author['name']), url: address(author['url'], base), email: null };
    const key = person.name ?? person.url;
    if (key !== null && !byName.has(key)) byName.set(key, person);
  }
  return [...byName.values()];
}

/** Ids should be texts; numbers are taken as they are written. */
function idOf(value: unknown): string | null {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : string(value);
}

function address(value: unknown, base: string): string | null {
  const text = string(value);
  return text === null ? null : resolveAddress(text, base);
}

function string(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function objectOf(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** As many as of other feeds. */
function objects(value: unknown): Json[] {
  return list(value)
    .slice(0, 10_000)
    .map(objectOf)
    .filter((entry) => entry !== null);
}
