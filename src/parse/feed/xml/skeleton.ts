/**
 * Hands a collected feed to rss-parser: a small well-formed RSS 2.0 document in which every text is a short reference,
 * and what rss-parser makes of it. The one file that knows rss-parser; never its parseURL, and a fresh instance each
 * time (ARCHITECTURE.md; rss-parser's cost is in its elements, so it sees only what it reads itself).
 */
import RssParser from 'rss-parser';
import { type FeedElement, firstOf } from './element.ts';

/** Fields of a channel or item that are read through rss-parser, each with the elements that may say it, best first. */
export type SkeletonFields<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** What a channel or item says: for each field the element that says it. */
export type Said<Field extends string> = Readonly<Partial<Record<Field, FeedElement>>>;

export type ChannelField = 'title' | 'link' | 'description' | 'language' | 'copyright';
export type ItemField = 'title' | 'link' | 'description' | 'content:encoded' | 'guid' | 'comments';

const CHANNEL_FIELDS: SkeletonFields<ChannelField> = {
  title: ['title', 'atom:title', 'dc:title', 'itunes:title', 'media:title'],
  link: ['link'],
  description: [
    'description',
    'atom:subtitle',
    'dc:description',
    'itunes:summary',
    'itunes:subtitle',
    'tagline',
  ],
  language: ['language', 'dc:language', 'atom:language', 'atom:lang'],
  copyright: ['copyright', 'atom:rights', 'dc:rights', 'dcterms:rights', 'media:copyright'],
};

const ITEM_FIELDS: SkeletonFields<ItemField> = {
  title: ['title', 'atom:title', 'dc:title', 'media:title', 'itunes:title'],
  link: ['feedburner:origlink', 'link'],
  description: [
    'description',
    'atom:summary',
    'dc:description',
    'summary',
    'itunes:summary',
    'itunes:subtitle',
  ],
  'content:encoded': [
    'content:encoded',
    'xhtml:body',
    'xhtml:div',
    'atom:content',
    'body',
    'content',
    'fullitem',
  ],
  guid: ['guid', 'atom:id', 'dc:identifier', 'id'],
  comments: ['comments'],
};

export interface ReadSkeleton {
  readonly channel: Said<ChannelField>;
  readonly items: readonly Said<ItemField>[];
}

/** Items come back in the order in which they were given. */
export function readSkeleton(channel: FeedElement, items: readonly FeedElement[]): ReadSkeleton {
  const elements: FeedElement[] = [];
  let xml = `<rss version="2.0"><channel>${writeFields(channel, CHANNEL_FIELDS, elements)}`;
  for (const item of items) xml += `<item>${writeFields(item, ITEM_FIELDS, elements)}</item>`;
  const feed = parseNow(`${xml}</channel></rss>`);
  return {
    channel: saidOf(feed, CHANNEL_FIELDS, elements),
    items: feed.items.map((item) => saidOf(item, ITEM_FIELDS, elements)),
  };
}

function writeFields(parent: FeedElement, fields: SkeletonFields<string>, elements: FeedElement[]): string {
  let xml = '';
  for (const field in fields) {
    const element = firstOf(parent, fields[field] ?? []);
    if (element !== null) xml += `<${field}>${elements.push(element) - 1}</${field}>`;
  }
  return xml;
}

interface Built {
  readonly [field: string]: unknown;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

/**
 * xml2js answers at once; only rss-parser's promise is late. What its builder returns is taken on the way, so that
 * reading a document stays one synchronous call.
 */
function parseNow(xml: string): Built {
  const parser = new RssParser({
    defaultRSS: 2,
    customFields: { item: [['description', 'description', { keepArray: true }]] },
  });
  const build: unknown = Reflect.get(parser, 'buildRSS2');
  let built: unknown = null;
  if (typeof build === 'function') {
    Reflect.set(parser, 'buildRSS2', (document: unknown) => {
      built = Reflect.apply(build, parser, [document]);
      return built;
    });
  }
  void parser.parseString(xml, () => undefined);
  if (!isBuilt(built)) throw new Error('rss-parser does not read the skeleton at once');
  return built;
}

function isBuilt(value: unknown): value is Built {
  return typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items);
}

function saidOf<Field extends string>(
  built: Readonly<Record<string, unknown>>,
  fields: SkeletonFields<Field>,
  elements: readonly FeedElement[],
): Said<Field> {
  const said: Partial<Record<Field, FeedElement>> = {};
  for (const field in fields) {
    const value = built[field];
    const element = elements[Number(Array.isArray(value) ? value[0] : value)];
    if (value !== undefined && element !== undefined) said[field] = element;
  }
  return said;
}
