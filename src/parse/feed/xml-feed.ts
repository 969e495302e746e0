/**
 * Reads a feed in XML, of any dialect and in any state: the pre-pass takes it apart (xml/collect.ts), rss-parser reads
 * the skeleton (xml/skeleton.ts), and here the two become a raw feed.
 */
import { textOfHtml } from '../../html/text.ts';
import type { RawFeed, RawFeedInfo } from '../../model/item.ts';
import type { FetchedSource } from './fetched-source.ts';
import type { Warning } from '../../model/warning.ts';
import { categoriesOf, readItem } from './item-fields.ts';
import { addressOf, hrefLink, linksOf, linkTo, pageLink } from './links.ts';
import { peopleOf } from './people.ts';
import { type CollectedFeed, collectFeed } from './xml/collect.ts';
import { htmlOf } from './xml/content.ts';
import { allOf, attributeOf, type FeedElement, firstOf, resolveAddress, textOf } from './xml/element.ts';
import { type ChannelField, readSkeleton, type Said } from './xml/skeleton.ts';
import { readTimetable } from './timetable.ts';

/** A feed that was read; or that the document is none, with the name of its first element; or why it was refused. */
export type ReadXml =
  | RawFeed
  | { readonly refused: string }
  | { readonly noFeed: true; readonly root: string | null };

/** @param text a document that begins like XML, or holds it somewhere */
export function readXmlFeed({ text, url }: FetchedSource): ReadXml {
  const collected = collectFeed(text, url);
  const { isFeed, root, refused } = collected;
  if (refused !== null) return { refused };
  return isFeed ? readCollected(collected) : { noFeed: true, root };
}

/** What was taken apart, as a raw feed. */
export function readCollected(collected: CollectedFeed): RawFeed {
  const { channel, items } = collected;
  const skeleton = readSkeleton(channel, items);
  const about = { format: formatOf(collected), ...aboutOf(channel, skeleton.channel) };
  const language = skeleton.channel.language?.text.trim() || channel.language;
  const site = hrefLink(channel) ?? addressOf(skeleton.channel.link) ?? pageLink(channel);
  const inherited = { language, authors: about.authors };
  return {
    title: plainOf(skeleton.channel.title),
    url: site,
    language,
    items: items.map((item, index) => readItem(item, skeleton.items[index] ?? {}, inherited)),
    warnings: warningsOf(collected),
    about,
  };
}

function formatOf({ root }: CollectedFeed): RawFeedInfo['format'] {
  if (/^(?:atom:|feed$)/.test(root ?? '')) return 'Atom';
  return /^(?:rdf:)?rdf$/.test(root ?? '') ? 'RDF' : 'RSS';
}

function aboutOf(channel: FeedElement, said: Said<ChannelField>): Omit<RawFeedInfo, 'format'> {
  return {
    description: plainOf(said.description),
    rights: plainOf(said.copyright) ?? licenseOf(channel),
    generator: generatorOf(channel),
    updated: textOf(
      channel,
      'atom:updated',
      'lastbuilddate',
      'dcterms:modified',
      'pubdate',
      'atom:published',
      'dc:date',
    ),
    authors: peopleOf(channel, [
      'atom:author',
      'author',
      'managingeditor',
      'dc:creator',
      'dc:author',
      'itunes:author',
      'webmaster',
      'dc:publisher',
      'itunes:owner',
    ]),
    categories: categoriesOf(channel),
    icon: addressOf(firstOf(channel, ['atom:icon', 'webfeeds:icon', 'icon'])),
    image: imageOf(channel),
    feedUrl: linkTo(channel, 'self'),
    hubs: linksOf(channel, 'hub').map((link) => resolveAddress(attributeOf(link, 'href') ?? '', link.base)),
    nextUrl: linkTo(channel, 'next'),
    ...readTimetable(channel),
  };
}

/** A feed's own words are shown in lists and state, never as markup. */
function plainOf(element: FeedElement | undefined): string | null {
  const html = htmlOf(element);
  return html === null ? null : textOfHtml(html);
}

function licenseOf(channel: FeedElement): string | null {
  const license = allOf(channel, 'cc:license')[0];
  return license === undefined ? null : (attributeOf(license, 'rdf:resource') ?? addressOf(license));
}

function generatorOf(channel: FeedElement): string | null {
  const element = allOf(channel, 'atom:generator', 'generator', 'admin:generatoragent')[0];
  if (element === undefined) return null;
  return element.text.trim() || attributeOf(element, 'rdf:resource');
}

function imageOf(channel: FeedElement): string | null {
  for (const element of allOf(
    channel,
    'image',
    'atom:logo',
    'itunes:image',
    'googleplay:image',
    'webfeeds:logo',
    'media:thumbnail',
    'media:content',
  )) {
    const nested = firstOf(element, ['url']);
    const address =
      addressOf(nested) ??
      attributeOf(element, 'href') ??
      attributeOf(element, 'url') ??
      addressOf(element) ??
      attributeOf(element, 'rdf:resource');
    if (address !== null) return resolveAddress(address, element.base);
  }
  return null;
}

function warningsOf({ unclosed, cut, items }: CollectedFeed): Warning[] {
  const warnings: Warning[] = [];
  if (unclosed > 0) {
    warnings.push({
      code: 'feed-broken',
      message: `the feed ends early or leaves ${unclosed} elements open; ${items.length} items were read`,
      where: null,
    });
  }
  if (cut > 0) {
    warnings.push({
      code: 'items-cut',
      message: `the feed lists more than ${items.length} items; ${cut} after those were left out`,
      where: null,
    });
  }
  return warnings;
}
