/**
 * Cleans stored items anew, from the raw text that is kept, after the configuration or the program changed.
 * In the background, a slice at a time; no revision, no moved `updated` (product.md section 4).
 */
import { decideChanges } from '../dedupe/decide-changes.ts';
import type { GrindJob, GrindResult } from '../grind/grind.ts';
import type { CleanedAnew, StaleOrigin } from '../store/store.ts';
import { grindSource, type NumberedSource, type Parts } from './parts.ts';
import { lookUp } from './save-ground.ts';

/** Small enough to leave room for refreshes between two slices. */
const SLICE = 100;

/** @returns how many origins were cleaned; stops between two slices when aborted */
export async function cleanAnew(
  parts: Parts,
  sources: readonly NumberedSource[],
  options: { signal: AbortSignal; published: (publications: readonly number[]) => void },
): Promise<number> {
  const byNumber = new Map(sources.map((numbered) => [numbered.number, numbered]));
  let cleaned = 0;
  while (!options.signal.aborted) {
    const stale = await parts.store.listStale(parts.cleanerVersion, SLICE);
    if (stale.length === 0) break;
    const results = await cleanSlice(parts, byNumber, stale, options.signal);
    const saved = await parts.store.saveCleanedAnew(results, parts.cleanerVersion, parts.clock());
    if (saved.publications.length > 0) options.published(saved.publications);
    cleaned += stale.length;
  }
  return cleaned;
}

async function cleanSlice(
  parts: Parts,
  sources: ReadonlyMap<number, NumberedSource>,
  stale: readonly StaleOrigin[],
  signal: AbortSignal,
): Promise<CleanedAnew[]> {
  const now = parts.clock();
  const known = stale.flatMap((origin) => {
    const numbered = sources.get(origin.sourceNumber);
    return numbered === undefined ? [] : [{ origin, numbered }];
  });
  const jobs = known.map(({ origin, numbered }): GrindJob => ({
    source: grindSource(numbered),
    document: { kind: 'stored', locator: origin.locator, raw: origin.raw },
    known: {},
    now,
  }));
  const results = await parts.grinder.grind(jobs, signal);
  const cleaned: CleanedAnew[] = stale
    .filter((origin) => !sources.has(origin.sourceNumber))
    .map(({ origin }) => ({ origin, kind: 'kept' }));
  for (const [index, { origin, numbered }] of known.entries()) {
    cleaned.push(await judge(parts, numbered, origin, results[index]));
  }
  return cleaned;
}

async function judge(
  parts: Parts,
  { number, source }: NumberedSource,
  { origin, seq }: StaleOrigin,
  result: GrindResult | undefined,
): Promise<CleanedAnew> {
  if (result?.kind !== 'ground') return { origin, kind: 'kept' };
  const [item] = result.changed;
  if (item === undefined) {
    const reason = result.dropped[0]?.reason;
    return reason === undefined ? { origin, kind: 'kept' } : { origin, kind: 'dropped', reason };
  }
  if (seq !== null) return { origin, kind: 'item', item };
  const decision = decideChanges({
    ...(await lookUp(parts, number, source.key, [item])),
    fresh: [item],
    listed: 'all',
    sourceNumber: number,
    sourceKey: source.key,
    now: parts.clock(),
  });
  const [change] = decision.changes;
  return change === undefined ? { origin, kind: 'kept' } : { origin, kind: 'revived', change };
}
