/**
 * Writes down what a step changed: one edit per changed place, with a little of what stands around it. A change that
 * was made in many places, such as an attribute taken from every link, is told once; at most MAX_EDITS_KEPT are told, the
 * rest is counted. Long places are cut in the middle.
 */
import type { Item } from '../model/item.ts';
import { toRfc3339 } from '../model/time.ts';
import type { Edit, TrailEntry } from '../model/trail.ts';
import { contentEdits } from './content-edits.ts';
import { cut } from './cut.ts';

export const MAX_EDITS_KEPT = 20;

/** The entry for a step that made `after` of `before`; null where nothing that a reader or a feed sees is different. */
export function trailEntry(
  step: { readonly name: string; readonly purpose: string },
  before: Item,
  after: Item,
): TrailEntry | null {
  const edits = FIELDS.flatMap((field) => fieldEdits(field, before, after));
  if (edits.length === 0) return null;
  const kept = withoutRepetition(edits).slice(0, MAX_EDITS_KEPT);
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

/** The first edit of each change. */
function withoutRepetition(edits: readonly Edit[]): Edit[] {
  const told = new Set<string>();
  return edits.filter((edit) => told.size < told.add(changeOf(edit)).size);
}

/** What differs, without the places around it. */
function changeOf({ field, before, after }: Edit): string {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [field, before.slice(start, before.length - end), after.slice(start, after.length - end)].join('\n');
}
