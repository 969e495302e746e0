/**
 * What the pre-pass keeps of one element of a feed: its name in one spelling, its attributes, its text, its place.
 * Names are lower case with a fixed prefix for each known namespace: `title` of RSS, `atom:title`, `dc:creator`.
 */

export interface FeedElement {
  readonly name: string;
  /** As written, entities decoded. */
  readonly attributes: Record<string, string>;
  /** xml:lang in force. */
  language: string | null;
  /** The base in force: xml:base, else where the document came from. */
  base: string;
  /** Decoded text; with `isMarkup`, what stood inside as HTML in document order. */
  text: string;
  isMarkup: boolean;
  readonly children: FeedElement[];
}

/** An element that says nothing yet, in the language and with the base of the one around it. */
export function makeElement(name: string, outer: Pick<FeedElement, 'language' | 'base'>): FeedElement {
  const { language, base } = outer;
  return { name, attributes: {}, language, base, text: '', isMarkup: false, children: [] };
}

/** The first element of the first of these names that says anything, in text or in children. */
export function firstOf(parent: FeedElement, names: readonly string[]): FeedElement | null {
  for (const name of names) {
    for (const child of parent.children) {
      if (child.name === name && (child.children.length > 0 || isSaying(child.text))) return child;
    }
  }
  return null;
}

/** All elements of these names, in document order. */
export function allOf(parent: FeedElement, ...names: readonly string[]): FeedElement[] {
  return parent.children.filter((child) => names.includes(child.name));
}

/** The trimmed text of the first element of the first of these names that has any. */
export function textOf(parent: FeedElement, ...names: readonly string[]): string | null {
  const text = firstOf(parent, names)?.text.trim();
  return text === undefined || text === '' ? null : text;
}

/** An attribute, trimmed; null where it is absent or empty. */
export function attributeOf(element: FeedElement, name: string): string | null {
  const value = element.attributes[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

/** An address as an absolute one, by the base in force; as written where it cannot be one. */
export function resolveAddress(address: string, base: string): string {
  const written = address.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(written)) return written;
  return URL.parse(written, base)?.href ?? written;
}

function isSaying(text: string): boolean {
  return text !== '' && /\S/.test(text);
}
