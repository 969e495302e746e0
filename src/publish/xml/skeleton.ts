/**
 * The only user of the package `feed`. It is handed no publisher's text at all: every text is put aside, a short mark
 * stands in its place, and what `feed` writes is a skeleton of our own making. That is why nothing in an item can break
 * a feed, and why a skeleton may be completed by looking at its tags (atom.ts, rss.ts) before the texts are put back.
 *
 * What `feed` 6 does and does not: ARCHITECTURE.md, "What was learned about the libraries".
 */
import { Feed, type FeedOptions, type Item as FeedItem } from 'feed';
import { type EpochMs, toRfc3339 } from '../../model/time.ts';
import type { PublishableItem } from '../publishable-item.ts';
import type { PublicationView } from '../publication-view.ts';
import { xmlAttributeValue, xmlCdata, xmlText } from './xml-writer.ts';

/** A feed whose texts are marks. */
export interface Skeleton {
  readonly xml: string;
  /** What belongs in the place of each mark, as XML. */
  readonly texts: readonly string[];
}

// Private-use characters: an address never holds them bare, and no text reaches the skeleton.
const MARK = /(?:<!\[CDATA\[)?\uE000(\d+)\uE001(?:\]\]>)?/g;

/** Has `feed` write a publication as Atom 1.0 or RSS 2.0, as far as it can say it. */
export function writeSkeleton(
  format: 'atom' | 'rss',
  view: PublicationView,
  items: readonly PublishableItem[],
): Skeleton {
  const texts: string[] = [];
  const aside = (xml: string) => `\uE000${texts.push(xml) - 1}\uE001`;
  const feed = new Feed(feedOptions(format, view, aside));
  for (const item of items) feed.addItem(feedItem(format, item, aside));
  return { xml: format === 'atom' ? feed.atom1() : feed.rss2(), texts };
}

/** Puts the texts back, whole and escaped once. */
export function fillSkeleton(skeleton: Skeleton): string {
  return skeleton.xml.replace(MARK, (_mark, index: string) => skeleton.texts[Number(index)] ?? '');
}

type PutAside = (xml: string) => string;

function feedOptions(format: 'atom' | 'rss', view: PublicationView, aside: PutAside): FeedOptions {
  const { publication, urls } = view;
  return {
    id: `urn:feedmill:feed:${encodeURIComponent(publication.name)}`,
    title: aside(xmlText(publication.title)),
    link: urls.page,
    feed: selfUrl(format, view),
    updated: feedDate(view.updated),
    generator: 'Feedmill',
    ...feedDescription(format, view, aside),
    ...(publication.icon === null ? {} : iconOptions(publication.icon, aside)),
    ...(format === 'atom' ? { author: { name: aside(xmlText(publication.title)) } } : {}),
  };
}

/** RSS cannot do without a description; there the title stands in for it. */
function feedDescription(format: 'atom' | 'rss', { publication }: PublicationView, aside: PutAside) {
  const text =
    publication.description === '' && format === 'rss' ? publication.title : publication.description;
  return text === '' ? {} : { description: aside(xmlText(text)) };
}

function iconOptions(icon: string, aside: PutAside) {
  return { image: aside(xmlText(icon)), favicon: aside(xmlText(icon)) };
}

function feedItem(format: 'atom' | 'rss', item: PublishableItem, aside: PutAside): FeedItem {
  const enclosure = format === 'rss' ? item.enclosures[0] : undefined;
  const description = format === 'atom' ? atomSummary(item) : rssDescription(item);
  return {
    id: item.urn,
    title: item.title === '' ? '' : aside(xmlText(item.title)),
    link: item.link,
    date: item.updated,
    ...(item.published === null ? {} : { published: item.published }),
    ...(description === null ? {} : { description: aside(description) }),
    ...(item.contentHtml === null ? {} : { content: aside(xmlCdata(item.contentHtml)) }),
    ...(item.rights === null ? {} : { copyright: aside(xmlText(item.rights)) }),
    author: feedAuthors(format, item, aside),
    category: item.categories.map((category) =>
      format === 'atom' ? { term: aside(xmlAttributeValue(category)) } : { name: aside(xmlText(category)) },
    ),
    ...(enclosure === undefined
      ? {}
      : {
          enclosure: { url: enclosure.url, type: enclosure.mediaType, length: enclosure.bytes ?? 0 },
        }),
  };
}

/** RSS wants one address for mail in `author`; everybody is named in `dc:creator` (rss.ts). */
function feedAuthors(format: 'atom' | 'rss', item: PublishableItem, aside: PutAside) {
  const reachable = item.authors.filter((author) => author.email !== null).slice(0, 1);
  return (format === 'atom' ? item.authors : reachable).map((author) => ({
    name: aside(xmlText(author.name)),
    ...(author.email === null ? {} : { email: aside(xmlText(author.email)) }),
    ...(author.url === null ? {} : { link: author.url }),
  }));
}

function atomSummary(item: PublishableItem): string | null {
  return item.summary === null ? null : xmlText(item.summary);
}

/** A description is HTML, so a plain summary is escaped for HTML and once more for XML. RSS wants one where there is no title. */
function rssDescription(item: PublishableItem): string | null {
  if (item.summary !== null) return xmlText(xmlText(item.summary));
  return item.title === '' && item.contentHtml !== null ? xmlCdata(item.contentHtml) : null;
}

function selfUrl(format: 'atom' | 'rss', { archive, urls }: PublicationView): string {
  return archive.page === null ? urls.formats[format] : urls.archivePage(archive.page);
}

/** A year of four digits, as both formats want it. */
function feedDate(moment: EpochMs): Date {
  return new Date(toRfc3339(moment));
}
