/**
 * Runs the steps over one item and makes it a clean one: the only maker of CleanItem.
 * It compares before and after each step and keeps the trail, so that no step can forget to; it sanitises last, always, so
 * that no configuration can remove that; keys and fingerprint are taken from what the steps left.
 */
import { hash } from 'node:crypto';
import { sanitise } from '../html/sanitise.ts';
import { textOfHtml } from '../html/text.ts';
import { canonicalUrl } from '../model/canonical-url.ts';
import { itemKeys } from '../model/item-key.ts';
import type { CleanItem, Item, SafeHtml } from '../model/item.ts';
import type { TrailEntry } from '../model/trail.ts';
import type { Warning } from '../model/warning.ts';
import type { Drop, Step, StepContext } from './step.ts';
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

/** Taking away what is left empty may bring markup together that is left empty then: each round has less to do. */
const MAX_ROUNDS = 4;

/** One item through all the steps, in their order. */
export function cleanItem(item: Item, steps: readonly Step[], context: CleanContext): Cleaned {
  const trail: TrailEntry[] = [];
  const stepped = runSteps(item, steps, context, trail);
  if ('drop' in stepped) return { kind: 'dropped', reason: stepped.drop };
  const contentHtml = sanitiseStepped(stepped, steps, context, trail);
  const contentText = textOfHtml(contentHtml);
  const { rawText, sourceNumber, raw, rawHash, warnings } = context;
  const keys = itemKeys({ ...stepped, text: rawText, sourceNumber });
  if (keys.length === 0 && isNothing(stepped)) return { kind: 'dropped', reason: NOTHING };
  const clean = { ...stepped, contentHtml, contentText, keys, raw, rawHash, trail, warnings };
  return { kind: 'clean', item: { ...clean, fingerprint: fingerprintOf(clean) } };
}

function runSteps(
  item: Item,
  steps: readonly Step[],
  context: StepContext,
  trail: TrailEntry[],
): Item | Drop {
  let current = item;
  for (const step of steps) {
    const next = step.apply(current, context);
    if ('drop' in next) return { drop: `${step.name}: ${next.drop}` };
    note(trail, step, current, next);
    current = next;
  }
  return current;
}

/** The content sanitised; some steps have another look at what is left, on the tree that is in memory anyway. */
function sanitiseStepped(
  stepped: Item,
  steps: readonly Step[],
  context: StepContext,
  trail: TrailEntry[],
): SafeHtml {
  const again = steps.filter((step) => step.again === true);
  let before = stepped;
  for (let round = 1; ; round += 1) {
    const contentHtml = sanitise(before.contentHtml);
    const safe = { ...before, contentHtml };
    note(trail, SANITISER, before, safe);
    if (round === MAX_ROUNDS) return contentHtml;
    const next = runSteps(safe, again, context, trail);
    if ('drop' in next || next.contentHtml === contentHtml) return contentHtml;
    before = next;
  }
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
  // A counter or a token that is another one at every look is no news: addresses count as they are recognised.
  const address = url === null ? null : (canonicalUrl(url) ?? url);
  const media = enclosures.map((enclosure) => ({ ...enclosure, url: enclosure.url.split('?', 1)[0] }));
  const seen = [title, address, contentHtml, summary, authors, categories, media, image, language, rights];
  return hash('sha256', JSON.stringify(seen));
}
