/**
 * What belongs to an item besides its text: enclosures of RSS, Atom and Media RSS, and the picture that stands for it
 * (Media RSS 1.5.1, iTunes). Media RSS may wrap anything in groups.
 */
import type { RawItem } from '../../model/item.ts';
import { linksOf } from './links.ts';
import { allOf, attributeOf, type FeedElement, resolveAddress, textOf } from './xml/element.ts';

type RawEnclosure = RawItem['enclosures'][number];

/** Each address once, in document order. */
export function enclosuresOf(item: FeedElement): RawEnclosure[] {
  const seconds = textOf(item, 'itunes:duration');
  const found = [
    ...allOf(item, 'enclosure').map((element) => enclosure(element, 'url', 'length', seconds)),
    ...linksOf(item, 'enclosure').map((element) => enclosure(element, 'href', 'length', seconds)),
    ...mediaElements(item, 'media:content').map((element) => enclosure(element, 'url', 'filesize', null)),
  ].filter((it) => it !== null);
  const byUrl = new Map<string, RawEnclosure>();
  for (const one of found) if (!byUrl.has(one.url)) byUrl.set(one.url, one);
  return [...byUrl.values()];
}

/** The picture that the publisher names for the item, or encloses. */
export function imageOf(item: FeedElement, enclosures: readonly RawEnclosure[]): string | null {
  const named = [
    ...mediaElements(item, 'media:thumbnail'),
    ...allOf(item, 'itunes:image', 'googleplay:image', 'image', 'itunes:link'),
  ];
  for (const element of named) {
    const url = pictureAddress(element);
    if (url !== null) return resolveAddress(url, element.base);
  }
  return enclosures.find(({ mediaType, url }) => isPicture(mediaType, url))?.url ?? null;
}

function pictureAddress(element: FeedElement): string | null {
  const attribute = attributeOf(element, 'href') ?? attributeOf(element, 'url');
  return attribute ?? textOf(element, 'url') ?? (element.text.trim() || null);
}

function isPicture(mediaType: string | null, url: string): boolean {
  if (mediaType !== null) return /^image(?:\/|$)/i.test(mediaType);
  return /\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)/i.test(url);
}

const WRAPPERS: ReadonlySet<string> = new Set(['media:group', 'media:content']);

/** Elements of the item and of its groups, however deep those are wrapped. */
export function mediaElements(item: FeedElement, name: string): FeedElement[] {
  const found: FeedElement[] = [];
  for (const child of item.children) {
    if (child.name === name) found.push(child);
    if (child.name === name || WRAPPERS.has(child.name)) found.push(...mediaElements(child, name));
  }
  return found;
}

function enclosure(
  element: FeedElement,
  address: string,
  length: string,
  duration: string | null,
): RawEnclosure | null {
  const url = attributeOf(element, address) ?? attributeOf(element, 'url');
  if (url === null) return null;
  return {
    url: resolveAddress(url, element.base),
    mediaType: attributeOf(element, 'type') ?? attributeOf(element, 'medium'),
    bytes: attributeOf(element, length),
    seconds: attributeOf(element, 'duration') ?? duration,
    title: attributeOf(element, 'title') ?? textOf(element, 'media:title'),
  };
}
