/**
 * Renders a publication as Atom 1.0: the package `feed` writes what it can, this file adds what it cannot say.
 * Ids are `urn:feedmill:…` for ever; `published` stands only where the publisher told it; a future date is written as it is.
 * @see https://www.rfc-editor.org/rfc/rfc4287 and, for the archive pages, https://www.rfc-editor.org/rfc/rfc5005#section-4
 */
import { feedLanguage } from './feed-language.ts';
import { type PublishableItem, mediaTypeOf, publishableItems } from './publishable-item.ts';
import type { PublicationView } from './publication-view.ts';
import { type Skeleton, fillSkeleton, writeSkeleton } from './xml/skeleton.ts';
import { xmlElement } from './xml/xml-writer.ts';

const ATOM = 'http://www.w3.org/2005/Atom';
const FEED_HISTORY = 'http://purl.org/syndication/history/1.0';
const MEDIA = 'http://search.yahoo.com/mrss/';

/** The feed, or the archive page that `view.archive.page` names. */
export function renderAtom(view: PublicationView): string {
  const items = publishableItems(view);
  return fillSkeleton(completeAtom(writeSkeleton('atom', view, items), view, items));
}

function completeAtom(
  skeleton: Skeleton,
  view: PublicationView,
  items: readonly PublishableItem[],
): Skeleton {
  const [head = '', ...entries] = skeleton.xml.split('<entry>');
  const completed = entries.map((entry, index) => completeEntry(entry, items[index]));
  const xml = (completeHead(head, view) + completed.join(''))
    .replaceAll('<title type="html">', '<title>')
    .replaceAll('<summary type="html">', '<summary>');
  return { xml, texts: skeleton.texts };
}

function completeHead(head: string, view: PublicationView): string {
  const root = xmlElement(
    'feed',
    { xmlns: ATOM, 'xmlns:fh': FEED_HISTORY, 'xmlns:media': MEDIA, 'xml:lang': feedLanguage(view) },
    '',
  ).replace('</feed>', '');
  return head
    .replace(/<feed [^>]*>/, () => root)
    .replace('</updated>', (end) => end + indented(1, feedLinks(view)));
}

/** A complete feed would say fh:complete; ours says where its older items are (RFC 5005 section 4). */
function feedLinks({ archive, urls }: PublicationView): string[] {
  const page = (rel: string, number: number | null) =>
    number === null ? [] : [atomLink(rel, urls.archivePage(number))];
  return [
    ...page('prev-archive', archive.previousPage),
    ...page('next-archive', archive.nextPage),
    ...(archive.page === null ? [] : [atomLink('current', urls.formats.atom), '<fh:archive/>']),
  ];
}

function atomLink(rel: string, href: string): string {
  return xmlElement('link', { rel, type: 'application/atom+xml', href });
}

function completeEntry(entry: string, item: PublishableItem | undefined): string {
  if (item === undefined) return `<entry>${entry}`;
  const start =
    item.language === null
      ? '<entry>'
      : xmlElement('entry', { 'xml:lang': item.language }, '').replace('</entry>', '');
  return start + entry.replace(/\n *<\/entry>/, (end) => indented(2, entryExtras(item)) + end);
}

function entryExtras(item: PublishableItem): string[] {
  const enclosures = item.enclosures.map((enclosure) =>
    xmlElement('link', {
      rel: 'enclosure',
      type: enclosure.mediaType,
      length: enclosure.bytes,
      title: enclosure.title,
      href: enclosure.url,
    }),
  );
  const replies =
    item.commentsUrl === null
      ? []
      : [xmlElement('link', { rel: 'replies', type: 'text/html', href: item.commentsUrl })];
  return [...enclosures, ...replies, ...mediaElements(item)];
}

/** The picture of an item, in the words of Media RSS, which readers understand in both formats. */
export function mediaElements({ image }: PublishableItem): string[] {
  if (image === null) return [];
  const type = mediaTypeOf(image, null);
  return [
    xmlElement('media:content', {
      url: image,
      medium: 'image',
      type: type.startsWith('image/') ? type : null,
    }),
    xmlElement('media:thumbnail', { url: image }),
  ];
}

function indented(depth: number, elements: readonly string[]): string {
  return elements.map((element) => `\n${'    '.repeat(depth)}${element}`).join('');
}
