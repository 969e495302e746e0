/**
 * Renders a publication as RSS 2.0: the package `feed` writes what it can, this file adds what it cannot say, in the
 * usual name spaces (Dublin Core, Media RSS, Atom). `pubDate` stands only where the publisher told it.
 * @see https://www.rssboard.org/rss-specification and https://www.rssboard.org/rss-profile
 */
import { mediaElements } from './atom.ts';
import { feedLanguage } from './feed-language.ts';
import { type PublishableItem, publishableItems } from './publishable-item.ts';
import type { PublicationView } from './publication-view.ts';
import { type Skeleton, fillSkeleton, writeSkeleton } from './xml/skeleton.ts';
import { xmlElement, xmlText } from './xml/xml-writer.ts';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
};

/** The feed as RSS 2.0. It has no archive pages; those are Atom. */
export function renderRss(view: PublicationView): string {
  const items = publishableItems(view);
  return fillSkeleton(completeRss(writeSkeleton('rss', view, items), view, items));
}

function completeRss(skeleton: Skeleton, view: PublicationView, items: readonly PublishableItem[]): Skeleton {
  const [head = '', ...rest] = skeleton.xml.split('<item>');
  const completed = rest.map((item, index) => completeItem(item, items[index]));
  return { xml: completeHead(head, view) + completed.join(''), texts: skeleton.texts };
}

function completeHead(head: string, view: PublicationView): string {
  const root = xmlElement('rss', { version: '2.0', ...NAMESPACES }, '').replace('</rss>', '');
  const language = feedLanguage(view);
  const added = language === null ? '' : `\n        ${xmlElement('language', {}, xmlText(language))}`;
  return head.replace(/<rss [^>]*>/, () => root).replace('</lastBuildDate>', (end) => end + added);
}

function completeItem(text: string, item: PublishableItem | undefined): string {
  if (item === undefined) return `<item>${text}`;
  const dated = item.published === null ? text.replace(/\n *<pubDate>[^<]*<\/pubDate>/, '') : text;
  const added = itemExtras(item).map((element) => `\n            ${element}`);
  return `<item>${dated.replace(/\n *<\/item>/, (end) => added.join('') + end)}`;
}

function itemExtras(item: PublishableItem): string[] {
  return [
    ...item.authors.flatMap((author) => textElement('dc:creator', author.name)),
    ...textElement('dc:language', item.language),
    ...textElement('dc:rights', item.rights),
    ...textElement('comments', item.commentsUrl),
    ...textElement('atom:updated', item.updated.toISOString()),
    ...item.enclosures.slice(1).map((enclosure) =>
      xmlElement('media:content', {
        url: enclosure.url,
        type: enclosure.mediaType,
        fileSize: enclosure.bytes,
        duration: enclosure.seconds,
      }),
    ),
    ...mediaElements(item),
  ];
}

function textElement(name: string, value: string | null): string[] {
  return value === null ? [] : [xmlElement(name, {}, xmlText(value))];
}
