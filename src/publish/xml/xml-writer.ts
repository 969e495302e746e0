/**
 * Writes the small pieces of XML from which feeds and OPML are put together.
 * Promises: whatever the text, the result is well-formed XML 1.0 and reads back as the text that went in, less what XML cannot say.
 * @see https://www.w3.org/TR/xml/#charsets
 */

/** Attributes of an element, in order; those that are null are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | null>>;

const FORBIDDEN = /[[\p{Cc}--[\t\n\x7F-\x9F]]\p{Cs}\p{Noncharacter_Code_Point}]/gv;
const SPECIAL = /[&<>"\t\n]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
};

/** One element; without content it closes itself. `content` is XML already. */
export function xmlElement(name: string, attributes: XmlAttributes, content: string | null = null): string {
  let tag = name;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) tag += ` ${key}="${xmlAttributeValue(String(value))}"`;
  }
  return content === null ? `<${tag}/>` : `<${tag}>${content}</${name}>`;
}

/** Text between tags. */
export function xmlText(text: string): string {
  return xmlCharacters(text).replace(/[&<>]/g, escapeOf);
}

/** Text between double quotes. */
export function xmlAttributeValue(text: string): string {
  return xmlCharacters(text).replace(SPECIAL, escapeOf);
}

/**
 * HTML as a CDATA section. `]]>` becomes `]]&gt;`, which is the same HTML:
 * splitting the section would keep the very characters, but there are readers that take the first section for the whole.
 */
export function xmlCdata(html: string): string {
  return `<![CDATA[${xmlCharacters(html).replaceAll(']]>', ']]&gt;')}]]>`;
}

/** Line ends as XML reads them, and no character that XML 1.0 forbids: controls, lone surrogates, noncharacters. */
export function xmlCharacters(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '');
}

function escapeOf(character: string): string {
  return ESCAPES[character] ?? character;
}
