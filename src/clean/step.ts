/**
 * What a step is: one small named improvement of an item (ARCHITECTURE.md, "Steps").
 * A step reads only its two arguments and returns the same object when it has nothing to do; the runner keeps the trail.
 */
import type { Item } from '../model/item.ts';
import type { EpochMs } from '../model/time.ts';

export interface StepContext {
  readonly sourceType: 'archive' | 'feed' | 'page';
  /** Address of the source: the base of relative addresses where the item has none. Null for archives. */
  readonly url: string | null;
  /** When the item came. */
  readonly now: EpochMs;
}

/** The item is kept out, and why, for people. */
export interface Drop {
  readonly drop: string;
}

export interface Step {
  /** Lower case with underscores, as in the YAML file and in the trail. */
  readonly name: string;
  /** What it is for, in one sentence. */
  readonly purpose: string;
  /** Runs once more after the sanitiser, which may have left it more to do. Such a step must have nothing to do twice. */
  readonly again?: true;
  apply(item: Item, context: StepContext): Item | Drop;
}
