/**
 * Runs the steps over one item and makes it a clean one: the only maker of CleanItem.
 * It compares before and after each step and keeps the trail, so that no step can forget to; it sanitises last, always, so
 * that no configuration can remove that; keys and fingerprint are taken from what the steps left.
 */
import { createHash } from 'node:crypto';
import { sanitise } from '../html/sanitise.ts';
import { textOfHtml } from '../html/text.ts';
import { itemKeys } from '../model/item-key.ts';
import type { CleanItem, Item } from '../model/item.ts';
import type { TrailEntry } from '../model/trail.ts';
import type { Warning } from '../model/warning.ts';
import type { Step, StepContext } from './step.ts';
import { trailEntry } from './trail.ts';

export interface CleanContext extends StepContext {
  /** The raw item as JSON, and its SHA-256 (hex). */
  readonly raw: string;
  readonly rawHash: string;
  /** The item's text as the document had it, by which it is recognised where it has no address: no rule can change it. */
  readonly rawText: string;
  readonly sourceNumber: number;
  /** What was odd about the item before it came here. */
  readonly warnings: readonly Warning[];
}

export type Cleaned =
  | { readonly kind: 'clean'; readonly item: CleanItem }
  /** A step, or its own emptiness, keeps it out; why, for people. */
  | { readonly kind: 'dropped'; readonly reason: string };

const SANITISER = { name: 'sanitise', purpose: 'Leaves only what is safe to show.' };

/** One item through all the steps, in their order. */
export function cleanItem(item: Item, steps: readonly Step[], context: CleanContext): Cleaned {
  const trail: TrailEntry[] = [];
  let current = item;
  for (const step of steps) {
    const next = step.apply(current, context);
    if ('drop' in next) return { kind: 'dropped', reason: `${step.name}: ${next.drop}` };
    note(trail, step, current, next);
    current = next;
  }
  const contentHtml = sanitise(current.contentHtml);
  note(trail, SANITISER, current, { ...current, contentHtml });
  const contentText = textOfHtml(contentHtml);
  const { rawText, sourceNumber } = context;
  const keys = itemKeys({ ...current, text: rawText, sourceNumber });
  if (keys.length === 0 && isNothing(current)) return { kind: 'dropped', reason: NOTHING };
  const { raw, rawHash, warnings } = context;
  const clean = { ...current, contentHtml, contentText, keys, raw, rawHash, trail, warnings };
  return { kind: 'clean', item: { ...clean, fingerprint: fingerprintOf(clean) } };
}

function note(trail: TrailEntry[], step: Pick<Step, 'name' | 'purpose'>, before: Item, after: Item): void {
  if (before === after) return;
  const made = trailEntry(step, before, after);
  if (made !== null) trail.push(made);
}

const NOTHING = 'The item has neither address, guid, title, text nor enclosure.';

function isNothing({ title, summary, enclosures }: Item): boolean {
  return title === '' && (summary ?? '') === '' && enclosures.length === 0;
}

/** Over what a reader sees. Dates are not in it: a publisher that moves them tells nobody anything. */
function fingerprintOf(item: Omit<CleanItem, 'fingerprint'>): string {
  const { title, url, contentHtml, summary, authors, categories, enclosures, image, language, rights } = item;
  const seen = [title, url, contentHtml, summary, authors, categories, enclosures, image, language, rights];
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}
