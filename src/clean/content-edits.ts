/**
 * Finds what is different between two states of an item's HTML, tag by tag and text by text, so that an edit shows whole
 * tags. It runs after every step that changed an item, hence the short cuts.
 */
import { diffArrays } from 'diff';
import type { Edit } from '../model/trail.ts';
import { cut, MAX_EDIT_LENGTH, whole } from './cut.ts';

/** Characters of text around a changed place, and the longest tag shown there. */
const CONTEXT = 12;
const MAX_TAG = 40;
/** Unchanged characters between two places that are told as one. */
const MAX_GAP = 120;
/** Beyond so many differences the rest is told as one: comparing costs their square. */
const MAX_DIFFERENCES = 400;

/** The changed places of an item's content, from its beginning to its end. */
export function contentEdits(before: string, after: string): Edit[] {
  const was = tokensOf(before);
  const is = tokensOf(after);
  const head = was.findIndex((token, at) => token !== is[at]);
  const same = head === -1 ? was.length : head;
  let tail = 0;
  const shorter = Math.min(was.length, is.length) - same;
  while (tail < shorter && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1;
  const wasMiddle = was.slice(same, was.length - tail);
  const isMiddle = is.slice(same, is.length - tail);
  const parts = pairs(wasMiddle, isMiddle) ?? differences(wasMiddle, isMiddle);
  const places = joined(placesOf(parts, was.slice(0, same).join('').length));
  return places.map((place) => editAt(before, after, place));
}

/** The result of one step is what the next one begins with, so the last tokens are kept. */
let last: { readonly html: string; readonly tokens: readonly string[] } = { html: '', tokens: [] };

/** Whole tags, and the text between them. */
function tokensOf(html: string): readonly string[] {
  if (last.html === html) return last.tokens;
  const tokens: string[] = [];
  for (let at = 0; at < html.length;) {
    const isTag = html[at] === '<';
    const found = isTag ? html.indexOf('>', at) + 1 : html.indexOf('<', at);
    const end = found <= 0 ? html.length : found;
    tokens.push(html.slice(at, end));
    at = end;
  }
  last = { html, tokens };
  return tokens;
}

interface Part {
  readonly value: readonly string[];
  readonly removed: boolean;
  readonly added: boolean;
}

/** The cheap case: the same tags in the same order, some with other attributes, and texts between them. Null in all others. */
function pairs(was: readonly string[], is: readonly string[]): Part[] | null {
  if (was.length !== is.length) return null;
  const parts: Part[] = [];
  for (const [at, token] of was.entries()) {
    const other = is[at] ?? '';
    if (token === other) parts.push({ value: [token], removed: false, added: false });
    else if (TAG_NAME.exec(token)?.[0] !== TAG_NAME.exec(other)?.[0]) return null;
    else
      parts.push(
        { value: [token], removed: true, added: false },
        { value: [other], removed: false, added: true },
      );
  }
  return parts;
}

const TAG_NAME = /^<\/?[^\s>]+/;

function differences(was: readonly string[], is: readonly string[]): readonly Part[] {
  return (
    diffArrays([...was], [...is], { maxEditLength: MAX_DIFFERENCES }) ?? [
      { value: was, removed: true, added: false },
      { value: is, removed: false, added: true },
    ]
  );
}

/** A changed place, as offsets into the one and the other string. */
interface Place {
  readonly was: Range;
  readonly is: Range;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What was taken away and what was put right there is one place. */
function placesOf(parts: readonly Part[], start: number): Place[] {
  const places: Place[] = [];
  let was = { from: start, to: start };
  let is = { from: start, to: start };
  for (const { value, removed, added } of [...parts, { value: [], removed: false, added: false }]) {
    const length = value.reduce((sum, token) => sum + token.length, 0);
    if (removed) was.to += length;
    else if (added) is.to += length;
    else {
      if (was.from < was.to || is.from < is.to) places.push({ was, is });
      was = { from: was.to + length, to: was.to + length };
      is = { from: is.to + length, to: is.to + length };
    }
  }
  return places;
}

/** Places with hardly anything between them are told as one: the new tags around a caption, say. */
function joined(places: readonly Place[]): Place[] {
  const result: Place[] = [];
  for (const place of places) {
    const before = result.at(-1);
    const near = before !== undefined && place.was.from - before.was.to <= MAX_GAP;
    if (near && place.was.to - before.was.from <= MAX_EDIT_LENGTH) {
      result.pop();
      result.push({
        was: { from: before.was.from, to: place.was.to },
        is: { from: before.is.from, to: place.is.to },
      });
    } else result.push(place);
  }
  return result;
}

function editAt(before: string, after: string, { was, is }: Place): Edit {
  const isTag = before[was.from] === '<' || after[is.from] === '<';
  const same = isTag ? 0 : commonStart(before.slice(was.from, was.to), after.slice(is.from, is.to));
  return {
    field: 'contentHtml',
    before: around(before, was.from + same, was.to),
    after: around(after, is.from + same, is.to),
  };
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** With a short tag on either side of it, or some characters of the text there. */
function around(text: string, from: number, to: number): string {
  return cut(`${contextBefore(text, from)}${text.slice(from, to)}${contextAfter(text, to)}`);
}

function contextBefore(text: string, end: number): string {
  if (text[end - 1] !== '>') {
    return whole(text.slice(Math.max(text.lastIndexOf('>', end - 1) + 1, end - CONTEXT), end));
  }
  const start = text.lastIndexOf('<', end - 1);
  return end - start > MAX_TAG ? '' : text.slice(start, end);
}

function contextAfter(text: string, start: number): string {
  if (text[start] !== '<') {
    const tag = text.indexOf('<', start);
    return whole(text.slice(start, tag === -1 ? start + CONTEXT : Math.min(tag, start + CONTEXT)));
  }
  const end = text.indexOf('>', start) + 1;
  return end - start > MAX_TAG ? '' : text.slice(start, end);
}
