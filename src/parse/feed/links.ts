/**
 * Where the links of a channel or item lead: `link` of RSS, `atom:link` with its relations (RFC 4287 section 4.2.7),
 * which feeds of every dialect carry, and a guid that is an address.
 */
import { allOf, attributeOf, type FeedElement, resolveAddress } from './xml/element.ts';

/** The `atom:link` elements of one relation; without `rel` a link is an `alternate`. */
export function linksOf(parent: FeedElement, relation: string): FeedElement[] {
  return allOf(parent, 'atom:link', 'link').filter((link) => {
    const href = attributeOf(link, 'href');
    const rel = attributeOf(link, 'rel')?.toLowerCase() ?? (href === null ? null : 'alternate');
    return href !== null && rel?.replace('http://www.iana.org/assignments/relation/', '') === relation;
  });
}

/** The address of the first link of a relation. */
export function linkTo(parent: FeedElement, ...relations: readonly string[]): string | null {
  for (const relation of relations) {
    const link = linksOf(parent, relation)[0];
    if (link !== undefined) return resolveAddress(attributeOf(link, 'href') ?? '', link.base);
  }
  return null;
}

/** The page that the channel or item is about: of several alternates the one for people. */
export function pageLink(parent: FeedElement, relation = 'alternate'): string | null {
  const links = linksOf(parent, relation);
  const html = links.find((link) =>
    /^(?:text\/html|application\/xhtml\+xml)/i.test(attributeOf(link, 'type') ?? ''),
  );
  const untyped = links.find((link) => attributeOf(link, 'type') === null);
  const link = html ?? untyped ?? links[0];
  return link === undefined ? null : resolveAddress(attributeOf(link, 'href') ?? '', link.base);
}

/** A `link` of RSS written as Atom writes it: who does so means it beside one that is written as text. */
export function hrefLink(parent: FeedElement): string | null {
  const link = linksOf(parent, 'alternate').find(({ name }) => name === 'link');
  return link === undefined ? null : resolveAddress(attributeOf(link, 'href') ?? '', link.base);
}

/** The text of a `link` of RSS as an address; null where it has none. */
export function addressOf(element: FeedElement | null | undefined): string | null {
  const text = element?.text.trim() ?? '';
  return element === null || element === undefined || text === '' ? null : resolveAddress(text, element.base);
}

/** Whether a text is an address of the web, and may be followed where a feed gives no link. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text);
}
