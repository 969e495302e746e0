/** The worker's end of the pool: piscina calls the function named here with what pool.ts posts. */
import type { GrindJob, GrindResult } from './grind.ts';
import { grindDocument } from './grind-document.ts';

/** Grinds a batch of documents; the pool decides how many travel together. */
export function grindBatch(jobs: readonly GrindJob[]): GrindResult[] {
  return jobs.map(grindDocument);
}
