/** Which elements make up a feed: its root, its containers, its items, and the fields whose text may be markup. */

/** What a document of a feed begins with. */
export const ROOTS: ReadonlySet<string> = new Set(['rss', 'rdf:rdf', 'rdf', 'channel', 'feed', 'atom:feed']);

/** A root whose namespace is unknown, missing, or that of something else. */
export const ODD_ROOT = /^(?:feed|(?!atom:feed$)[a-z?]+:(?:feed|rss|channel)|\?:rdf)$/;

/** Elements that only hold others; what stands in them belongs to the channel. */
export const CONTAINERS: ReadonlySet<string> = new Set([...ROOTS, 'items']);

export const ITEMS: ReadonlySet<string> = new Set(['item', 'entry', 'atom:entry']);

/** Elements whose content may be markup, written as elements. */
export const MAY_HOLD_MARKUP: ReadonlySet<string> = new Set(
  (
    'title description copyright content:encoded content body tagline fullitem xhtml:body xhtml:div dc:title ' +
    'dc:description dc:rights atom:content atom:summary atom:title atom:subtitle atom:rights atom:info ' +
    'media:description media:title itunes:summary itunes:subtitle summary'
  ).split(' '),
);

/** Fields of plain text, and the tags that writers put into them all the same. */
export const MAY_HOLD_TAGS: ReadonlySet<string> = new Set(
  'author managingeditor webmaster guid category dc:creator itunes:author generator link'.split(' '),
);
export const TAGS: ReadonlySet<string> = new Set(
  'a b big br center cite code div em font i p small span strong sub sup u'.split(' '),
);

/** What can only be the next field of an item or channel: an element before it was not closed. */
export const NEXT_FIELD: ReadonlySet<string> = new Set(
  'item entry guid pubdate channel description atom:entry atom:id content:encoded'.split(' '),
);
