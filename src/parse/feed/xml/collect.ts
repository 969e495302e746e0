/**
 * The pre-pass that always runs over an XML feed, streaming: makes of any dialect, whole or broken, a channel and its
 * items with everything in one spelling. Illegal characters go, bare `&` is mended, namespaces get fixed prefixes,
 * xml:base and xml:lang are inherited, inline markup becomes HTML text, Atom 0.3 and RDF become what the others are.
 * Depth and sizes are limited: the tree of a hostile document is refused, what is merely broken is read as far as it goes.
 */
import { Parser } from 'htmlparser2';
import { escapeHtml } from '../../../html/escape.ts';
import { type DecodeText, decodeWith, mendControls } from './decode-entities.ts';
import { takeDoctype } from './doctype.ts';
import { type FeedElement, makeElement, resolveAddress } from './element.ts';
import {
  CONTAINERS,
  ITEMS,
  MAY_HOLD_MARKUP,
  MAY_HOLD_TAGS,
  NEXT_FIELD,
  ODD_ROOT,
  ROOTS,
  TAGS,
} from './feed-names.ts';
import { MarkupWriter } from './inline-markup.ts';
import { adoptRoot, canonicalName, innerScope, type NamespaceScope, rootScope } from './namespaces.ts';

/** A feed, taken apart. */
export interface CollectedFeed {
  /** Holds what stands beside the items, in whatever containers it stood. */
  readonly channel: FeedElement;
  readonly isFeed: boolean;
  /** Name of the first element, for a message; null where there is none. */
  readonly root: string | null;
  readonly items: readonly FeedElement[];
  /** Elements that were never closed, or closed in the wrong order. */
  readonly unclosed: number;
  /** Items beyond the limit, left out. */
  readonly cut: number;
  /** Why reading was given up; null where it was not. */
  readonly refused: string | null;
}

/** Elements within elements, markup of texts aside. The deepest of real feeds has 9. */
const MAX_DEPTH = 256;
/** Elements that the tokenizer holds open, those of markup too: its cost grows with their square. */
const MAX_OPEN = 10_000;
/** Items of one document. Whole archives in one feed have a few thousand. */
const MAX_ITEMS = 10_000;
/** So much is read at once; a refusal takes effect between two pieces. */
const PIECE = 1 << 18;

/** @param url where the document came from: the outermost base */
export function collectFeed(source: string, url: string): CollectedFeed {
  const { text, entities, refused } = takeDoctype(legalText(source));
  const collector = new Collector(url, (onRefused) => decodeWith(entities, refused, onRefused));
  const parser = new Parser(collector, { xmlMode: true, decodeEntities: false });
  for (let at = 0; at < text.length && collector.refused === null; at += PIECE) {
    parser.write(text.slice(at, at + PIECE));
  }
  collector.unclosed += collector.openElements;
  if (collector.refused === null) parser.end();
  return collector;
}

/** Without characters that no XML may hold. */
function legalText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  // One look at every feed, for what is in hardly any; the flag `u` would cost and change nothing.
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  if (!/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u0080-\u009F\uFFFE\uFFFF]/.test(whole)) return whole;
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  return mendControls(whole).replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
}

interface Frame {
  readonly kind: 'container' | 'item' | 'field' | 'ignored';
  readonly element: FeedElement;
  readonly scope: NamespaceScope;
  /** Closed by what can only come after it; its own closing tag is still to come, or never comes. */
  isClosed: boolean;
}

class Collector implements CollectedFeed {
  readonly channel: FeedElement;
  readonly items: FeedElement[] = [];
  root: string | null = null;
  isFeed = false;
  unclosed = 0;
  cut = 0;
  refused: string | null = null;
  /** As the tokenizer has it: one for each element that is open in the text. */
  readonly #open: (Frame | MarkupWriter)[] = [];
  /** Those of them that we hold open. */
  readonly #frames: Frame[];
  readonly #decode: DecodeText;
  #markup: MarkupWriter | null = null;
  #pending = '';
  #isCdata = false;
  /** Of the tag that is being read. */
  #hasAttributes = false;
  #declares = false;

  constructor(url: string, makeDecode: (onRefused: (name: string) => void) => DecodeText) {
    this.#decode = makeDecode((name) => {
      this.refused ??= `it uses the entity "${name.slice(0, 40)}", which is declared in a way that is never expanded`;
    });
    this.channel = makeElement('', { language: null, base: url });
    this.#frames = [{ kind: 'container', element: this.channel, scope: rootScope(), isClosed: false }];
  }

  onopentag(written: string, attributes: Record<string, string>): void {
    if (this.refused !== null) return;
    if (this.#open.length > MAX_OPEN) this.refused = `it leaves more than ${MAX_OPEN} elements open`;
    this.#flush();
    const outer = this.#current().scope;
    const declared = this.#declares ? innerScope(outer, attributes) : outer;
    this.#declares = false;
    const isOddRoot = !this.isFeed && ODD_ROOT.test(canonicalName(declared, written));
    const scope = isOddRoot ? adoptRoot(declared, written) : declared;
    const name = canonicalName(scope, written);
    this.#closeUnclosed(name);
    if (this.#markup !== null || this.#beginsMarkup(name)) {
      this.#markup ??= this.#startMarkup();
      this.#open.push(this.#markup);
      this.#markup.open(written, attributes);
      this.#hasAttributes = false;
      return;
    }
    if (this.#frames.length > MAX_DEPTH) this.refused = `its elements are nested more than ${MAX_DEPTH} deep`;
    const frame = this.#enter(name, attributes, scope);
    this.#hasAttributes = false;
    this.#open.push(frame);
    this.#frames.push(frame);
  }

  /** Most elements have none, and asking an object for its keys costs more than the rest of an element. */
  onattribute(name: string): void {
    this.#hasAttributes = true;
    if (name.startsWith('xmlns')) this.#declares = true;
  }

  get openElements(): number {
    return this.#open.length;
  }

  onclosetag(written: string): void {
    if (this.refused !== null) return;
    this.#flush();
    const closing = this.#open.pop();
    if (closing === undefined || closing.isClosed) return;
    if (closing instanceof MarkupWriter) closing.close(written);
    else this.#closeFrame(closing);
  }

  ontext(text: string): void {
    this.#pending += text;
  }

  oncdatastart(): void {
    this.#flush();
    this.#isCdata = true;
  }

  oncdataend(): void {
    this.#flush();
    this.#isCdata = false;
  }

  oncomment(): void {
    this.#flush();
  }

  #current(): Frame {
    const frame = this.#frames.at(-1);
    if (frame === undefined) throw new Error('the outermost frame is never closed');
    return frame;
  }

  /** Text comes in pieces, cut anywhere; an entity is known only when all of it is there. */
  #flush(): void {
    if (this.#pending === '') return;
    const { kind, element } = this.#current();
    const text = this.#pending;
    this.#pending = '';
    if (kind !== 'field') return;
    if (this.#markup !== null) this.#markup.text(this.#isCdata ? text : this.#decode(text));
    else element.text += this.#isCdata ? text : this.#decode(text);
  }

  #beginsMarkup(name: string): boolean {
    const { kind, element } = this.#current();
    if (kind !== 'field') return false;
    if (MAY_HOLD_TAGS.has(element.name)) return TAGS.has(name.replace('xhtml:', ''));
    if (!MAY_HOLD_MARKUP.has(element.name)) return false;
    // A field inside a field of the same name is one that was wrapped twice, not markup.
    return name !== element.name;
  }

  #startMarkup(): MarkupWriter {
    const { element } = this.#current();
    element.isMarkup = true;
    return new MarkupWriter(escapeHtml(element.text), element.base, this.#decode);
  }

  /** A field that can only be the next one says that those before it should have been closed. */
  #closeUnclosed(name: string): void {
    const { kind, element } = this.#current();
    const isItem = ITEMS.has(name);
    // HTML has a `link` too; in a title nobody means it.
    const isNext = NEXT_FIELD.has(name) || (name === 'link' && element.name === 'title');
    if (kind === 'field' && isNext && MAY_HOLD_MARKUP.has(element.name)) {
      this.unclosed += 1;
      this.#closeFrame(this.#current());
    }
    if (!isItem) return;
    const item = this.#frames.findLast((frame) => frame.kind === 'item');
    if (item === undefined || this.#current().kind === 'ignored') return;
    this.unclosed += 1;
    this.#closeFrame(item);
  }

  #closeFrame(closing: Frame): void {
    for (let frame = this.#frames.pop(); frame !== undefined; frame = this.#frames.pop()) {
      frame.isClosed = true;
      if (this.#markup !== null) {
        frame.element.text = this.#markup.html;
        this.#markup.isClosed = true;
        this.#markup = null;
      }
      if (frame === closing) return;
    }
  }

  #enter(name: string, attributes: Readonly<Record<string, string>>, scope: NamespaceScope): Frame {
    const outer = this.#current();
    // An Atom entry may be a document by itself (RFC 4287 section 2).
    this.isFeed ||= ROOTS.has(name) || (this.root === null && name === 'atom:entry');
    this.root ??= name;
    const kind = this.#kindOf(name, outer);
    if (kind === 'ignored') return { kind, element: outer.element, scope, isClosed: false };
    const element = this.#elementOf(name, attributes, outer.element);
    if (kind === 'item') this.#addItem(element);
    else if (kind === 'field') outer.element.children.push(element);
    // What stands in a container belongs to the channel, which takes the container's language and base.
    else return { kind, element: this.#widen(element), scope, isClosed: false };
    return { kind, element, scope, isClosed: false };
  }

  #kindOf(name: string, outer: Frame): Frame['kind'] {
    if (outer.kind === 'ignored' || name.startsWith('?')) return 'ignored';
    if (outer.kind === 'container') {
      if (ITEMS.has(name)) return 'item';
      if (CONTAINERS.has(name) || this.#frames.length === 1) return 'container';
    }
    return 'field';
  }

  #elementOf(name: string, attributes: Readonly<Record<string, string>>, outer: FeedElement): FeedElement {
    const element = makeElement(name, outer);
    if (!this.#hasAttributes) return element;
    for (const key in attributes) {
      if (!key.startsWith('xmlns')) element.attributes[key] = this.#decode(attributes[key] ?? '');
    }
    const { 'xml:base': base, 'xml:lang': language } = element.attributes;
    if (base !== undefined) element.base = resolveAddress(base, outer.base);
    if (language !== undefined)
      element.language = language.trim() === '' ? null : language.trim().replaceAll('_', '-');
    return element;
  }

  /** The container as its children see it, with the channel's list of children. */
  #widen(container: FeedElement): FeedElement {
    const { channel } = this;
    channel.base = container.base;
    channel.language = container.language ?? channel.language;
    Object.assign(channel.attributes, container.attributes);
    return { ...container, children: channel.children };
  }

  #addItem(item: FeedElement): void {
    if (this.items.length < MAX_ITEMS) this.items.push(item);
    else this.cut += 1;
  }
}
