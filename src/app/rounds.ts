/**
 * What Feedmill does by itself as time goes by: refreshes what is due, looks for icons, lets go what is old.
 * Nothing here rejects: a failure is logged, and the next round comes.
 */
import type { EpochMs } from '../model/time.ts';
import { asTheyEnd } from './fetching/as-they-end.ts';
import { isDue } from './fetching/next-fetch.ts';
import { type NumberedFetched } from './fetching/read-pages.ts';
import { lookForIcon } from './fetching/site-icon.ts';
import { readAsOf } from './fetching/source-state.ts';
import type { RefreshReport } from './app.ts';
import type { Fetching, NumberedSource } from './parts.ts';
import { removeExpired } from './retention.ts';

/** Refreshes under way at a time: more than the network's own limit, so that slow hosts do not hold up the rest. */
export const AT_A_TIME = 64;
const TIDY_EVERY_MS = 3_600_000;
/** How long a clock must have run like a stopwatch before it is believed about what is old; and how far they may differ. */
const TRUST_AFTER_MS = 3_600_000;
const MAX_DRIFT_MS = 60_000;

export interface Rounds {
  refreshDue(options: { starting: boolean }): Promise<void>;
  /** Resolves when everything begun has ended. */
  settled(): Promise<void>;
}

interface World {
  readonly sources: () => readonly NumberedSource[];
  readonly refreshOne: (numbered: NumberedSource) => Promise<RefreshReport>;
  /** Told when items were removed. */
  readonly removed: () => void;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** Rounds of one application. Its start is the moment of this call. */
export function createRounds(parts: Fetching, world: World): Rounds {
  const since = parts.clock();
  const underWay = new Set<number>();
  const begun = new Set<Promise<void>>();
  const watch = watchClock(parts);
  let tidied: number | null = null;

  async function refreshDue({ starting }: { starting: boolean }): Promise<void> {
    const due = [
      ...(starting ? world.sources().filter(isArchive) : []),
      ...(await dueNow(parts, world.sources(), { since, underWay })),
    ];
    for (const { number } of due) underWay.add(number);
    const refreshes = hostsInTurn(due).map((numbered) => () => refreshAndLook(numbered));
    for await (const number of asTheyEnd(refreshes, AT_A_TIME)) underWay.delete(number);
    await tidy();
  }

  async function refreshAndLook(numbered: NumberedSource): Promise<number> {
    await guarded('refresh', async () => {
      const { outcome } = await world.refreshOne(numbered);
      const isThere = outcome === 'refreshed' || outcome === 'unchanged';
      if (isThere && isFetched(numbered))
        void remember(guarded('icon', () => lookForIcon(parts, numbered, world.signal)));
    });
    return numbered.number;
  }

  async function tidy(): Promise<void> {
    const now = parts.clock();
    if (!watch.isTrusted(now)) return;
    if (tidied !== null && Math.abs(now - tidied) < TIDY_EVERY_MS) return;
    tidied = now;
    await guarded('retention', async () => {
      const removed = await removeExpired(parts, world.sources(), world.signal);
      if (removed === 0) return;
      parts.log.info({ removed }, 'retention');
      world.removed();
    });
  }

  async function guarded(what: string, work: () => Promise<void>): Promise<void> {
    try {
      if (!world.signal.aborted) await work();
    } catch (error) {
      if (!world.signal.aborted)
        parts.log.error({ what, error }, 'background work failed; it is tried again');
    }
  }

  function remember(work: Promise<void>): Promise<void> {
    begun.add(work);
    return work.finally(() => begun.delete(work));
  }

  return {
    refreshDue: ({ starting }) => remember(guarded('round', () => refreshDue({ starting }))),
    settled: async () => {
      while (begun.size > 0) await Promise.all(begun);
    },
  };
}

async function dueNow(
  { store, clock }: Fetching,
  sources: readonly NumberedSource[],
  { since, underWay }: { since: EpochMs; underWay: ReadonlySet<number> },
): Promise<NumberedFetched[]> {
  const times = new Map((await store.listDueTimes()).map((time) => [time.sourceNumber, time]));
  const now = clock();
  return sources.filter(isFetched).filter(({ number, source }) => {
    if (underWay.has(number)) return false;
    const time = times.get(number);
    const isKnown = time?.readAs === readAsOf(source);
    return !isKnown || isDue(time, { now, since, key: source.key });
  });
}

/** One source of each host, then a second of each: a host that hangs holds up its own sources, and the last of the others. */
function hostsInTurn(sources: readonly NumberedSource[]): NumberedSource[] {
  const turns = new Map<string, number>();
  return sources
    .map((numbered) => {
      const { source } = numbered;
      const host = source.type === 'archive' ? source.key : new URL(source.url).host;
      const turn = turns.get(host) ?? 0;
      turns.set(host, turn + 1);
      return { numbered, turn };
    })
    .toSorted((one, other) => one.turn - other.turn)
    .map(({ numbered }) => numbered);
}

/** A clock that jumps must not make old what is new: nothing is let go before clock and stopwatch agreed for a while. */
function watchClock({ clock, stopwatch: read }: Fetching): { isTrusted(now: EpochMs): boolean } {
  let since = { clock: clock(), stopwatch: read() };
  return {
    isTrusted(now) {
      const stopwatch = read();
      const passed = now - since.clock;
      if (Math.abs(passed - (stopwatch - since.stopwatch)) > MAX_DRIFT_MS) since = { clock: now, stopwatch };
      return stopwatch - since.stopwatch >= TRUST_AFTER_MS;
    },
  };
}

function isArchive({ source }: NumberedSource): boolean {
  return source.type === 'archive';
}

function isFetched(numbered: NumberedSource): numbered is NumberedFetched {
  return numbered.source.type !== 'archive';
}
