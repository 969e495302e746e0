/**
 * Cleans stored items anew, from the raw text that is kept, after the configuration or the program changed.
 * In the background, a slice at a time; no revision, no moved `updated` (product.md section 4).
 */
import { decideChanges } from '../dedupe/decide-changes.ts';
import type { GrindJob, GrindResult } from '../grind/grind.ts';
import type { CleanedAnew, StaleOrigin } from '../store/store.ts';
import { grindSource, type NumberedSource, type Parts } from './parts.ts';
import { inTurn, lookUp } from './save-ground.ts';

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
    const ground = await grindSlice(parts, byNumber, stale, options.signal);
    const saved = await inTurn(parts.store, async () => {
      options.signal.throwIfAborted();
      return saveSlice(parts, ground);
    });
    if (saved.publications.length > 0) options.published(saved.publications);
    cleaned += stale.length;
  }
  return cleaned;
}

/** Dropped texts that are items now are decided one by one: two of them may be the same item. */
async function saveSlice(parts: Parts, ground: readonly GroundOrigin[]): Promise<{ publications: number[] }> {
  const { store, cleanerVersion, clock } = parts;
  const stored = ground.filter(({ stale }) => stale.seq !== null);
  const results = await Promise.all(stored.map((one) => judge(parts, one)));
  const saved = [await store.saveCleanedAnew(results, cleanerVersion, clock())];
  for (const one of ground.filter(({ stale }) => stale.seq === null)) {
    saved.push(await store.saveCleanedAnew([await judge(parts, one)], cleanerVersion, clock()));
  }
  return { publications: saved.flatMap(({ publications }) => publications) };
}

interface GroundOrigin {
  readonly stale: StaleOrigin;
  /** Null where its source is no longer declared. */
  readonly numbered: NumberedSource | null;
  readonly result: GrindResult | undefined;
}

async function grindSlice(
  parts: Parts,
  sources: ReadonlyMap<number, NumberedSource>,
  slice: readonly StaleOrigin[],
  signal: AbortSignal,
): Promise<GroundOrigin[]> {
  const pairs = slice.map((stale) => ({ stale, numbered: sources.get(stale.sourceNumber) ?? null }));
  const jobs = pairs.map(({ stale: { locator, raw, lastSeen: now }, numbered }): GrindJob | null => {
    // As of the day it came: a rule about age must not find everything old that is cleaned anew years later.
    const document = { kind: 'stored', locator, raw } as const;
    return numbered === null ? null : { source: grindSource(numbered), document, known: {}, now };
  });
  const results = (
    await parts.grinder.grind(
      jobs.filter((job) => job !== null),
      signal,
    )
  ).values();
  return pairs.map((pair) => ({
    ...pair,
    result: pair.numbered === null ? undefined : results.next().value,
  }));
}

async function judge(parts: Parts, { stale, numbered, result }: GroundOrigin): Promise<CleanedAnew> {
  const { origin, seq } = stale;
  if (numbered === null) return { origin, kind: 'kept' };
  const { number, source } = numbered;
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
    ambiguous: new Set(),
    sourceNumber: number,
    sourceKey: source.key,
    now: parts.clock(),
  });
  const [change] = decision.changes;
  return change === undefined ? { origin, kind: 'kept' } : { origin, kind: 'revived', change };
}
