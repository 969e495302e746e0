/**
 * Grinding in workers that may be killed, so that no document, however hostile, stops or delays the process.
 * Documents travel in batches because a message costs more than a small document; a batch that hangs, grows or dies
 * is taken apart and each of its documents tried alone, so that it costs just the one that did it.
 */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Warning } from '../model/warning.ts';
import type { GrindJob, Grinder, GrindResult } from './grind.ts';

export interface PoolLimits {
  readonly threads: number;
  /** For one document alone; a batch has three times as long. */
  readonly documentMs: number;
  /** Old-generation heap of a worker. Enough for 10 MB of ordinary text, the most that is read; 10 MB of nothing but tags is refused. */
  readonly heapMb: number;
  readonly batch: number;
}

const DEFAULT_LIMITS: PoolLimits = {
  threads: Math.min(4, Math.max(1, availableParallelism() - 1)),
  documentMs: 10_000,
  heapMb: 512,
  batch: 32,
};

/** Workers leave after this long without work: an idle server is a small server. */
const IDLE_MS = 10_000;

/** Starts no worker until the first job comes. */
export function createPool(limits: Partial<PoolLimits> = {}): Grinder {
  const { threads, documentMs, heapMb, batch } = { ...DEFAULT_LIMITS, ...limits };
  const pool = new Piscina<readonly GrindJob[], GrindResult[]>({
    filename: workerFile(),
    name: 'grindBatch',
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });

  const waiting: (() => void)[] = [];
  let free = threads;

  async function grind(jobs: readonly GrindJob[], signal?: AbortSignal): Promise<GrindResult[]> {
    const batches = Array.from({ length: Math.ceil(jobs.length / batch) }, (_, index) =>
      jobs.slice(index * batch, (index + 1) * batch),
    );
    return (await Promise.all(batches.map((part) => grindBatch(part, signal)))).flat();
  }

  async function grindBatch(jobs: readonly GrindJob[], signal?: AbortSignal): Promise<GrindResult[]> {
    const only = jobs.length === 1 ? jobs[0] : undefined;
    await takeTurn();
    const limit = AbortSignal.timeout(only === undefined ? documentMs * 3 : documentMs);
    try {
      return await pool.run(jobs, {
        signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (only !== undefined)
        return [{ kind: 'rejected', reason: describeDeath(only, limit.aborted, error) }];
    } finally {
      giveTurn();
    }
    const alone: GrindResult[] = [];
    for (const job of jobs) alone.push(...(await grindBatch([job], signal)));
    return alone;
  }

  /** A job in piscina's queue would use up its time by waiting: as many are handed over as there are workers. */
  async function takeTurn(): Promise<void> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function giveTurn(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  function describeDeath(job: GrindJob, late: boolean, error: unknown): Warning {
    const cause = late
      ? `took longer than ${documentMs / 1000} s`
      : `ended its worker (${error instanceof Error ? error.message : String(error)})`;
    return {
      code: 'worker-died',
      message: `cleaning this document ${cause}; it was left out and nothing else was touched`,
      where: job.document.locator,
    };
  }

  return { grind, close: () => pool.destroy() };
}

/** The compiled package has worker.js beside pool.js; `rewriteRelativeImportExtensions` leaves this address alone. */
function workerFile(): string {
  return new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url).href;
}
