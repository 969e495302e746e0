/** Makes a raw item of what a feed in XML says of one: the best of all that says the same thing, nothing judged. */
import type { RawItem } from '../../model/item.ts';
import { emptyRawItem, locatorOf } from '../raw-item.ts';
import { addressOf, hrefLink, isWebAddress, pageLink } from './links.ts';
import { enclosuresOf, imageOf, mediaElements } from './media.ts';
import { peopleOf, type RawPerson } from './people.ts';
import { htmlOf, rawTextOf, resolveInHtml, typeOf } from './xml/content.ts';
import { allOf, attributeOf, type FeedElement, resolveAddress, textOf } from './xml/element.ts';
import type { ItemField, Said } from './xml/skeleton.ts';

/** What items take from their feed where they say nothing themselves. */
export interface Inherited {
  readonly language: string | null;
  readonly authors: readonly RawPerson[];
}

export function readItem(item: FeedElement, said: Said<ItemField>, inherited: Inherited): RawItem {
  const guid = guidOf(item, said.guid);
  const enclosures = enclosuresOf(item);
  // Where nothing better is said, an item without a page is what it encloses.
  const url = urlOf(item, said, guid) ?? enclosures[0]?.url ?? null;
  const authors = authorsOf(item);
  const head = { guid, url, ...titleOf(said.title), ...bodyOf(item, said) };
  return {
    ...emptyRawItem(locatorOf(head)),
    ...head,
    authors: authors.length > 0 ? authors : inherited.authors,
    categories: categoriesOf(item),
    enclosures,
    image: imageOf(item, enclosures),
    language: languageOf(item, said) ?? inherited.language,
    rights: rightsOf(item),
    published: textOf(
      item,
      'pubdate',
      'atom:published',
      'dc:date',
      'dcterms:issued',
      'dcterms:created',
      'atom:created',
      'dcterms:date',
      'date',
      'published',
    ),
    updated: textOf(item, 'atom:updated', 'dcterms:modified', 'lastbuilddate', 'updated'),
    commentsUrl: addressOf(said.comments) ?? pageLink(item, 'replies'),
  };
}

function guidOf(item: FeedElement, element: FeedElement | undefined): string | null {
  const text = element?.text.trim() ?? '';
  if (element === undefined || text === '') {
    return attributeOf(item, 'rdf:about') ?? (attributeOf(item, 'about') || null);
  }
  const isAddress = element.name === 'atom:id' || (element.name === 'guid' && isPermaLink(element));
  return isAddress && /^[./?]/.test(text) ? resolveAddress(text, element.base) : text;
}

function isPermaLink(guid: FeedElement): boolean {
  return attributeOf(guid, 'isPermaLink')?.toLowerCase() !== 'false';
}

function urlOf(item: FeedElement, said: Said<ItemField>, guid: string | null): string | null {
  return linkOf(item, said) ?? contentSource(item) ?? permaLink(said.guid, guid);
}

/** Of FeedBurner's two links RSS readers take the publisher's own, Atom readers the one that Atom names. */
function linkOf(item: FeedElement, said: Said<ItemField>): string | null {
  const text = addressOf(said.link);
  return item.name === 'atom:entry' ? (pageLink(item) ?? text) : (hrefLink(item) ?? text ?? pageLink(item));
}

function contentSource(item: FeedElement): string | null {
  const content = allOf(item, 'atom:content')[0];
  const source = content === undefined ? null : attributeOf(content, 'src');
  return source === null || content === undefined ? null : resolveAddress(source, content.base);
}

function permaLink(element: FeedElement | undefined, guid: string | null): string | null {
  if (guid === null || !isWebAddress(guid)) return null;
  return element?.name === 'guid' && !isPermaLink(element) ? null : guid;
}

function titleOf(element: FeedElement | undefined): Pick<RawItem, 'title' | 'titleType'> {
  if (element === undefined) return { title: null, titleType: 'text' };
  const titleType = typeOf(element);
  const text = rawTextOf(element).trim();
  const title = titleType === 'html' && !element.isMarkup ? resolveInHtml(text, element.base) : text;
  return { title: title === '' ? null : title, titleType };
}

/** A description beside a content is a summary; alone it is all the text there is. */
function bodyOf(item: FeedElement, said: Said<ItemField>): Pick<RawItem, 'contentHtml' | 'summaryHtml'> {
  const content = htmlOf(said['content:encoded']);
  const summary = htmlOf(said.description) ?? htmlOf(mediaElements(item, 'media:description')[0]);
  if (content === null && said.description?.name !== 'atom:summary') {
    return { contentHtml: summary, summaryHtml: null };
  }
  return { contentHtml: content, summaryHtml: summary === content ? null : summary };
}

const AUTHORS = ['author', 'atom:author', 'dc:creator', 'dc:author', 'dcterms:creator'];
const OTHER_AUTHORS = [
  'itunes:author',
  'googleplay:author',
  'dc:contributor',
  'atom:contributor',
  'dc:publisher',
];

function authorsOf(item: FeedElement): RawPerson[] {
  const authors = peopleOf(item, AUTHORS);
  if (authors.length > 0) return authors;
  const others = peopleOf(item, OTHER_AUTHORS);
  if (others.length > 0) return others;
  const source = allOf(item, 'atom:source')[0];
  return source === undefined ? [] : peopleOf(source, AUTHORS);
}

/** Each once; keywords are lists. */
export function categoriesOf(parent: FeedElement): string[] {
  const named = parent.children.flatMap((element) => {
    if (element.name === 'atom:category') {
      return [attributeOf(element, 'label') ?? attributeOf(element, 'term') ?? element.text];
    }
    if (element.name === 'itunes:category') return itunesCategories(element);
    if (element.name === 'itunes:keywords' || element.name === 'media:keywords')
      return element.text.split(',');
    if (element.name === 'media:category') return [attributeOf(element, 'label') ?? element.text];
    const isPlain = ['category', 'dc:subject'].includes(element.name);
    return isPlain ? [element.text.trim() || (attributeOf(element, 'term') ?? '')] : [];
  });
  return [...new Set(named.map((name) => name.trim()).filter((name) => name !== ''))];
}

function itunesCategories(element: FeedElement): string[] {
  return [
    attributeOf(element, 'text') ?? element.text,
    ...allOf(element, 'itunes:category').map((inner) => attributeOf(inner, 'text') ?? inner.text),
  ];
}

/** Of the text, if it says; the title of an item may be in another language. */
function languageOf(item: FeedElement, said: Said<ItemField>): string | null {
  const text = said['content:encoded'] ?? said.description;
  return text?.language ?? textOf(item, 'dc:language', 'language') ?? item.language;
}

function rightsOf(parent: FeedElement): string | null {
  const license = allOf(parent, 'cc:license')[0];
  return (
    textOf(
      parent,
      'atom:rights',
      'copyright',
      'dc:rights',
      'dcterms:rights',
      'media:copyright',
      'cc:license',
    ) ?? (license === undefined ? null : attributeOf(license, 'rdf:resource'))
  );
}
