/**
 * Writes down what a step changed: one edit per changed place, with a little of what stands around it.
 * Content is compared tag by tag and text by text, so that an edit shows whole tags; long places are cut in the middle.
 */
import { diffArrays } from 'diff';
import type { Item } from '../model/item.ts';
import { toRfc3339 } from '../model/time.ts';
import type { Edit, TrailEntry } from '../model/trail.ts';

export const MAX_EDITS_KEPT = 20;
/** Characters of a changed place that are kept on each side. */
export const MAX_EDIT_LENGTH = 300;

/** How far around a changed place a tag, or some words, may be looked for. */
const CONTEXT = 80;
/** Unchanged characters between two places that are told as one. */
const MAX_GAP = 120;
/** Beyond so many differences the rest is told as one: comparing costs their square. */
const MAX_DIFFERENCES = 400;

/** The entry for a step that made `after` of `before`; null where nothing that a reader or a feed sees is different. */
export function trailEntry(
  step: { readonly name: string; readonly purpose: string },
  before: Item,
  after: Item,
): TrailEntry | null {
  const edits = FIELDS.flatMap((field) => fieldEdits(field, before, after));
  if (edits.length === 0) return null;
  const kept = edits.slice(0, MAX_EDITS_KEPT);
  return { step: step.name, purpose: step.purpose, edits: kept, more: edits.length - kept.length };
}

const FIELDS = [
  'title',
  'url',
  'guid',
  'published',
  'updated',
  'language',
  'rights',
  'summary',
  'image',
  'authors',
  'categories',
  'enclosures',
  'commentsUrl',
  'contentHtml',
] as const satisfies readonly (keyof Item)[];

function fieldEdits(field: (typeof FIELDS)[number], before: Item, after: Item): Edit[] {
  if (before[field] === after[field]) return [];
  if (field === 'contentHtml') return contentEdits(before.contentHtml, after.contentHtml);
  const was = written(field, before);
  const is = written(field, after);
  return was === is ? [] : [{ field, before: cut(was), after: cut(is) }];
}

function written(field: (typeof FIELDS)[number], item: Item): string {
  const value = item[field];
  if (value === null) return '';
  if (field === 'published' || field === 'updated') {
    const moment = item[field];
    return moment === null ? '' : toRfc3339(moment);
  }
  if (field === 'categories') return item.categories.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The changed places of the content, from its beginning to its end. */
function contentEdits(before: string, after: string): Edit[] {
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
  return joined(placesOf(parts, was.slice(0, same).join('').length)).map((place) =>
    editAt(before, after, place),
  );
}

/** Whole tags, and the text between them. */
function tokensOf(html: string): string[] {
  return html.match(/<[^>]*>|[^<]+|</g) ?? [];
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

function differences(was: string[], is: string[]): readonly Part[] {
  return (
    diffArrays(was, is, { maxEditLength: MAX_DIFFERENCES }) ?? [
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

/** With a tag, or some characters, on both sides. */
function around(text: string, from: number, to: number): string {
  const before = /(?:<[^<>]*>|[^<>]{0,12})$/.exec(text.slice(Math.max(0, from - CONTEXT), from))?.[0] ?? '';
  const after = /^(?:<[^<>]*>|[^<>]{0,12})/.exec(text.slice(to, to + CONTEXT))?.[0] ?? '';
  return cut(`${whole(before)}${text.slice(from, to)}${whole(after)}`);
}

/** At most MAX_EDIT_LENGTH characters: the beginning and the end. */
function cut(text: string): string {
  if (text.length <= MAX_EDIT_LENGTH) return text;
  const half = MAX_EDIT_LENGTH / 2;
  return `${whole(text.slice(0, half))} … ${whole(text.slice(-half))}`;
}

/** Without the halves of characters that cutting left at the ends. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
