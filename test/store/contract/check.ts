/**
 * What a part of the contract is written with: a store of its own for each test, and a look past the port.
 */
import { setImmediate } from 'node:timers/promises';
import type { Store } from '../../../src/store/store.ts';

export interface TestStore {
  readonly store: Store;
  /** Every row of every table, for comparing. */
  readonly dump: () => Promise<unknown>;
  /** Stars an item for a person, which no method of the port does yet. */
  readonly star: (seq: number) => Promise<void>;
}

/** Declares a test of one promise. */
export type Check = (promise: string, work: (opened: TestStore) => Promise<void>) => void;

/** How often others had their turn while something was under way. */
export async function countTurns(work: Promise<unknown>): Promise<number> {
  const state = { isDone: false, turns: 0 };
  void work.finally(() => (state.isDone = true));
  while (!state.isDone) {
    await setImmediate();
    state.turns += 1;
  }
  return state.turns;
}

/** Rows of a database without their null prototype, which strict comparison would tell apart. */
export function plain<T>(value: T): T {
  return structuredClone(value);
}
