/**
 * The last gate before a feed: each item is looked at once more, whatever the store says.
 * Promises: what passes holds only http(s) addresses, dates that every format can write and characters that XML allows.
 * A bad part is left out; an item without a usable id is left out whole. One bad item never spoils a feed.
 */
import { mapUrls } from '../html/rewrite.ts';
import type { Author, Enclosure, StoredItem } from '../model/item.ts';
import type { Publication } from '../model/publication.ts';
import { type EpochMs, epochMs, toRfc3339 } from '../model/time.ts';
import { type HttpUrl, parseHttpUrl } from '../model/url.ts';
import { excerptOf } from './excerpt.ts';
import type { PublicationView } from './publication-view.ts';
import { xmlCharacters } from './xml/xml-writer.ts';

/** An item as every feed format can say it. */
export interface PublishableItem {
  /** `urn:feedmill:<id>`, for ever. */
  readonly urn: string;
  /** Plain text; may be empty. */
  readonly title: string;
  /** The publisher's page, else ours. */
  readonly link: string;
  /** Null in a publication that offers summaries only. */
  readonly contentHtml: string | null;
  /** Plain text. */
  readonly summary: string | null;
  readonly authors: readonly PublishableAuthor[];
  readonly categories: readonly string[];
  readonly enclosures: readonly PublishableEnclosure[];
  readonly image: HttpUrl | null;
  readonly language: string | null;
  readonly rights: string | null;
  readonly published: Date | null;
  readonly updated: Date;
  readonly commentsUrl: HttpUrl | null;
}

export interface PublishableAuthor {
  readonly name: string;
  readonly url: HttpUrl | null;
  readonly email: string | null;
}

export interface PublishableEnclosure extends Enclosure {
  readonly mediaType: string;
}

const ID = /^[0-9a-f]{16}$/;
const LANGUAGE = /^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/i;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i;
const EMAIL = /^[^\s@<>()]+@[^\s@<>()]+$/;

/** What is told of a file whose type nobody named, by its ending. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
};

/** The items of a view that may be published, in their order. */
export function publishableItems(view: PublicationView): PublishableItem[] {
  return view.items.filter((item) => ID.test(item.id)).map((item) => publishable(item, view));
}

/** The media type an address seems to have; `application/octet-stream` where its ending says nothing. */
export function mediaTypeOf(url: HttpUrl, said: string | null): string {
  const type = said?.split(';')[0]?.trim() ?? '';
  if (MEDIA_TYPE.test(type)) return type.toLowerCase();
  const ending = /\.([a-z0-9]{2,4})$/i.exec(new URL(url).pathname)?.[1] ?? '';
  return MEDIA_TYPES[ending.toLowerCase()] ?? 'application/octet-stream';
}

/** A language tag in the form of BCP 47, or null. */
export function languageTag(language: string | null): string | null {
  return language !== null && LANGUAGE.test(language) ? language : null;
}

function publishable(item: StoredItem, view: PublicationView): PublishableItem {
  const { publication } = view;
  const full = publication.content === 'full';
  const summary = full ? item.summary : excerptOf(item);
  return {
    urn: `urn:feedmill:${item.id}`,
    title: oneLine(item.title),
    link: checkedUrl(item.url) ?? view.urls.item(item.id),
    contentHtml: full ? xmlCharacters(contentOf(item, publication)) : null,
    summary: summary === null || summary === '' ? null : xmlCharacters(summary),
    authors: item.authors.flatMap(publishableAuthor),
    categories: [...new Set(item.categories.map(oneLine))].filter((category) => category !== ''),
    enclosures: item.enclosures.flatMap(publishableEnclosure),
    image: publication.images === 'none' ? null : checkedUrl(item.image),
    language: languageTag(item.language),
    rights: item.rights === null || item.rights === '' ? null : xmlCharacters(item.rights),
    published: writableDate(item.published),
    updated: writableDate(item.updated) ?? writableDate(item.crawled) ?? new Date(0),
    commentsUrl: checkedUrl(item.commentsUrl),
  };
}

/** Without pictures also means without players, which show one before they play; enclosures still lead to them. */
function contentOf(item: StoredItem, { images }: Publication): string {
  return images === 'none'
    ? mapUrls(item.contentHtml, (url, attribute) => (attribute === 'href' ? url : null))
    : item.contentHtml;
}

function publishableAuthor(author: Author): PublishableAuthor[] {
  const url = checkedUrl(author.url);
  const email = author.email !== null && EMAIL.test(author.email) ? oneLine(author.email) : null;
  const named = author.name === null ? '' : oneLine(author.name);
  const name = named !== '' ? named : (email ?? (url === null ? '' : new URL(url).hostname));
  return name === '' ? [] : [{ name, url, email }];
}

function publishableEnclosure(enclosure: Enclosure): PublishableEnclosure[] {
  const url = checkedUrl(enclosure.url);
  if (url === null) return [];
  return [
    {
      url,
      mediaType: mediaTypeOf(url, enclosure.mediaType),
      bytes: wholeNumber(enclosure.bytes),
      seconds: wholeNumber(enclosure.seconds),
      title: enclosure.title === null ? null : oneLine(enclosure.title),
    },
  ];
}

function checkedUrl(url: string | null): HttpUrl | null {
  return url === null ? null : parseHttpUrl(url);
}

function wholeNumber(value: number | null): number | null {
  return value !== null && Number.isFinite(value) && value >= 0 ? Math.round(value) : null;
}

/** A `Date` whose year has four digits; null for what no `Date` can hold. */
function writableDate(moment: EpochMs | null): Date | null {
  const whole = moment === null ? null : epochMs(moment);
  return whole === null ? null : new Date(toRfc3339(whole));
}

function oneLine(text: string): string {
  return xmlCharacters(text).replace(/\s+/g, ' ').trim();
}
