/**
 * Keeps long work from holding up the process: node:sqlite is synchronous, and so is everything between two of its statements.
 * The store promises 50 ms at most (architecture.md A.5); a slice is shorter, because one statement may come on top of it.
 */
import { setImmediate } from 'node:timers/promises';

const SLICE_MS = 15;

/** Gives a function to be awaited between two pieces of work: it lets others run when the slice is used up. */
export function paceWork(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < SLICE_MS) return;
    await setImmediate();
    began = performance.now();
  };
}

/** The list in pieces of at most `size`, for statements whose parameters are counted. */
export function* inSlices<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
