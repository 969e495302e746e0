/**
 * Refreshing sources: the only place that knows the order of the river. One report and one line of log a source,
 * whatever happened; a source that fails keeps no other one waiting. Two refreshes of one source never overlap.
 */
import { FeedmillError, REFRESH_ERROR_CODES, type RefreshErrorCode } from '../model/error.ts';
import type { Warning } from '../model/warning.ts';
import type { Progress, RefreshReport } from './app.ts';
import { type TakeTurn, takeTurns } from './in-turn.ts';
import type { NumberedSource, Parts } from './parts.ts';
import { notYet } from './preview.ts';
import { type ArchiveRefresh, refreshArchive } from './refresh-archive.ts';

/** Files whose warnings are told: more than a person reads. The rest is counted. */
const MAX_FILES_TOLD = 200;

export interface RefreshOneOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

/** Refreshes one source, after whatever is under way with it. Rejects only when aborted. */
export type RefreshOne = (numbered: NumberedSource, options: RefreshOneOptions) => Promise<RefreshReport>;

/** Refreshes single sources, each in its turn. */
export function refresher(parts: Parts, published: (publications: readonly number[]) => void): RefreshOne {
  const turns = new Map<number, TakeTurn>();

  function refreshOne(numbered: NumberedSource, options: RefreshOneOptions): Promise<RefreshReport> {
    const takeTurn = turns.get(numbered.number) ?? takeTurns();
    turns.set(numbered.number, takeTurn);
    return takeTurn(() => attempt(numbered, options));
  }

  async function attempt(numbered: NumberedSource, options: RefreshOneOptions): Promise<RefreshReport> {
    const started = performance.now();
    const report = await perform(numbered, options);
    const { source, warnings, ...fields } = report;
    const ms = Math.round(performance.now() - started);
    parts.log.info({ source, ...fields, warnings: warnings.length, ms }, 'refresh');
    return report;
  }

  async function perform(numbered: NumberedSource, options: RefreshOneOptions): Promise<RefreshReport> {
    const { source, number } = numbered;
    try {
      if (source.type !== 'archive') throw notYet(source);
      const result = await refreshArchive(parts, { ...numbered, source }, { ...options, published });
      const warnings = tellWarnings(await parts.store.listFileWarnings(number, MAX_FILES_TOLD));
      await parts.store.saveEnding({ sourceNumber: number, at: parts.clock(), error: null, warnings });
      return reportOf(source.key, result, warnings);
    } catch (error) {
      options.signal?.throwIfAborted();
      const told = tell(error);
      if (told.code === 'unexpected')
        parts.log.error({ source: source.key, error }, 'refresh failed unexpectedly');
      await parts.store.saveEnding({ sourceNumber: number, at: parts.clock(), error: told, warnings: [] });
      return { ...NOTHING, source: source.key, outcome: 'failed', error: told };
    }
  }

  return refreshOne;
}

const NOTHING = { added: 0, changed: 0, dropped: 0, warnings: [], error: null };

function reportOf(source: string, result: ArchiveRefresh, warnings: readonly Warning[]): RefreshReport {
  const { added, changed, dropped, touched } = result;
  return {
    source,
    outcome: touched === 0 ? 'unchanged' : 'refreshed',
    added,
    changed,
    dropped,
    warnings,
    error: null,
  };
}

function tellWarnings({ warnings, more }: { warnings: Warning[]; more: number }): Warning[] {
  const rest: Warning = {
    code: 'more-warnings',
    message: `and ${more} more files with warnings`,
    where: null,
  };
  return more > 0 ? [...warnings, rest] : warnings;
}

function tell(error: unknown): { code: RefreshErrorCode; message: string } {
  if (error instanceof FeedmillError) {
    const code = REFRESH_ERROR_CODES.find((known) => known === error.code);
    if (code !== undefined) return { code, message: error.message };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message: `${reason}; what was stored before is untouched` };
}
