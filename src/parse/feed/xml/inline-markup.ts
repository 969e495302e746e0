/**
 * Writes markup that stands in a feed as elements (XHTML in Atom, unescaped HTML in RSS) as HTML text, in document
 * order. Prefixes go, relative addresses are resolved with the xml:base in force, and what nests too deep is flattened.
 */
import { escapeAttribute, escapeHtml } from '../../../html/escape.ts';
import { resolveAddress } from './element.ts';
import type { DecodeText } from './decode-entities.ts';

/** HTML as deep as this is no reading matter; html/ has the same limit for whole fragments. */
const MAX_MARKUP_DEPTH = 256;

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const ADDRESSES = new Set('href src cite poster action longdesc background data'.split(' '));

/** Gathers the markup inside one element of a feed. */
export class MarkupWriter {
  html = '';
  /** Elements open inside the one that is gathered. */
  depth = 0;
  /** Its element was closed by what can only come after it. */
  isClosed = false;
  readonly #bases: string[];
  readonly #decode: DecodeText;

  /** @param before the text that stood before the first element */
  constructor(before: string, base: string, decode: DecodeText) {
    this.html = before;
    this.#bases = [base];
    this.#decode = decode;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.depth += 1;
    if (this.depth > MAX_MARKUP_DEPTH) return;
    const outer = this.#bases.at(-1) ?? '';
    const own = attributes['xml:base'];
    const base = own === undefined ? outer : resolveAddress(this.#decode(own), outer);
    this.#bases.push(base);
    let tag = `<${localName(name)}`;
    for (const key in attributes) {
      if (key.startsWith('xmlns') || key === 'xml:base' || !/^[a-z][\w:.-]*$/i.test(key)) continue;
      const value = this.#decode(attributes[key] ?? '');
      const isAddress = ADDRESSES.has(key) && value !== '';
      tag += ` ${key}="${escapeAttribute(isAddress ? resolveAddress(value, base) : value)}"`;
    }
    this.html += `${tag}>`;
  }

  close(name: string): void {
    this.depth -= 1;
    if (this.depth >= MAX_MARKUP_DEPTH) return;
    this.#bases.pop();
    const local = localName(name);
    if (!VOID.has(local)) this.html += `</${local}>`;
  }

  text(text: string): void {
    this.html += escapeHtml(text);
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
