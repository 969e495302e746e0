/**
 * No fragment is nested deeper than MAX_DEPTH: cheerio's methods recurse, and the tokenizer's stack of open elements
 * costs a move of the whole stack per tag (120,000 open tags took ten seconds). Tags that would open deeper are taken out,
 * the text between them stays.
 */
import { CLOSES_PARENT, RAW_TEXT_ELEMENTS, VOID_ELEMENTS } from './elements.ts';

/** Real articles stay below 40. */
export const MAX_DEPTH = 256;

/** The fragment without the tags that open too deep; itself where there are none. */
export function capNesting(html: string): string {
  if (!hasManyTags(html)) return html;
  const open: string[] = [];
  const overflow = new Map<string, number>();
  let kept = '';
  let from = 0;
  for (const tag of tagsOf(html)) {
    if (tag.closing ? mayClose(tag.name, open, overflow) : mayOpen(tag.name, open, overflow)) continue;
    kept += html.slice(from, tag.start);
    from = tag.end;
  }
  return from === 0 ? html : kept + html.slice(from);
}

function hasManyTags(html: string): boolean {
  let count = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    count += 1;
    if (count > MAX_DEPTH) return true;
  }
  return false;
}

function mayOpen(name: string, open: string[], overflow: Map<string, number>): boolean {
  if (VOID_ELEMENTS.has(name)) return true;
  const closes = CLOSES_PARENT.get(name);
  if (closes !== undefined) {
    for (let top = open.at(-1); top !== undefined && closes.has(top); top = open.at(-1)) open.pop();
  }
  if (open.length >= MAX_DEPTH) {
    overflow.set(name, (overflow.get(name) ?? 0) + 1);
    return false;
  }
  open.push(name);
  return true;
}

/** An end tag without its start is taken out too: looking for the start would cost the whole stack each time. */
function mayClose(name: string, open: string[], overflow: Map<string, number>): boolean {
  const cut = overflow.get(name) ?? 0;
  if (cut > 0) {
    overflow.set(name, cut - 1);
    return false;
  }
  if (VOID_ELEMENTS.has(name)) return true;
  const at = open.lastIndexOf(name);
  if (at === -1) return name === 'p';
  open.length = at;
  return true;
}

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly start: number;
  readonly end: number;
}

const TAG_START = /<(?:(\/?)([a-z][^\s/>]*)|!--|[!?])/giy;

function* tagsOf(html: string): Generator<Tag> {
  let at = html.indexOf('<');
  while (at !== -1) {
    TAG_START.lastIndex = at;
    const found = TAG_START.exec(html);
    let next = at + 1;
    if (found !== null && found[2] === undefined) {
      next = after(html, found[0] === '<!--' ? '-->' : '>', at + found[0].length);
    } else if (found !== null) {
      const name = (found[2] ?? '').toLowerCase();
      const closing = found[1] === '/';
      next = endOfTag(html, at + found[0].length);
      yield { name, closing, start: at, end: next };
      if (!closing && (RAW_TEXT_ELEMENTS.has(name) || name === 'title'))
        next = endOfRawText(html, name, next);
    }
    at = html.indexOf('<', next);
  }
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at === -1 ? html.length : at + mark.length;
}

function endOfRawText(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}`, 'gi');
  end.lastIndex = from;
  return end.exec(html)?.index ?? html.length;
}

const NAME_END = /[\s/>=]/g;
const VALUE_START = /\s*=\s*/y;
const BARE_END = /[\s>]/g;

/** Where the tag ends whose name ended at `from`: quotes count only around values, as the standard says. */
function endOfTag(html: string, from: number): number {
  let at = from;
  while (at < html.length) {
    const char = html[at] ?? '';
    if (char === '>') return at + 1;
    if (char === '/' || /\s/.test(char)) at += 1;
    else at = endOfAttribute(html, at);
  }
  return at;
}

function endOfAttribute(html: string, from: number): number {
  const name = search(NAME_END, html, from + 1);
  VALUE_START.lastIndex = name;
  const sign = VALUE_START.exec(html);
  if (sign === null) return name;
  const value = name + sign[0].length;
  const quote = html[value];
  if (quote === '"' || quote === "'") return after(html, quote, value + 1);
  return search(BARE_END, html, value);
}

function search(pattern: RegExp, html: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? html.length;
}
