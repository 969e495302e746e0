/**
 * Writes down what a step changed: one edit per changed place, with a little of what stands around it; at most
 * MAX_EDITS_KEPT of them, the rest counted. Long places are cut in the middle.
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
