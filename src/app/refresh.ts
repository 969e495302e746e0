/**
 * Refreshing sources: the only place that knows the order of the river. One report and one line of log a source,
 * whatever happened; a source that fails keeps no other one waiting. Two refreshes of one source never overlap.
 */
import { FeedmillError, REFRESH_ERROR_CODES, type RefreshErrorCode } from '../model/error.ts';
import type { ArchiveSource } from '../model/source.ts';
import type { Warning } from '../model/warning.ts';
import type { Progress, RefreshReport } from './app.ts';
import { type TakeTurn, takeTurns } from './in-turn.ts';
import type { Fetching, NumberedSource } from './parts.ts';
import { type ArchiveRefresh, refreshArchive } from './refresh-archive.ts';
import { refreshFeed, saveUnforeseen } from './refresh-feed.ts';

/** Files whose warnings are told: more than a person reads. The rest is counted. */
const MAX_FILES_TOLD = 200;

export interface RefreshOneOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

/** Refreshes one source, after whatever is under way with it. Rejects only when aborted. */
export type RefreshOne = (numbered: NumberedSource, options: RefreshOneOptions) => Promise<RefreshReport>;

/** Refreshes single sources, each in its turn. */
export function refresher(parts: Fetching, published: (publications: readonly number[]) => void): RefreshOne {
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
    const { source } = numbered;
    try {
      if (source.type === 'archive') return await performArchive({ ...numbered, source }, options);
      const refreshed = await refreshFeed(parts, { ...numbered, source }, { ...options, published });
      return { source: source.key, ...refreshed };
    } catch (error) {
      options.signal?.throwIfAborted();
      const told = tell(error);
      if (told.code === 'unexpected')
        parts.log.error({ source: source.key, error }, 'refresh failed unexpectedly');
      await saveFailed(numbered, told);
      return { ...NOTHING, source: source.key, outcome: 'failed', error: told };
    }
  }

  async function performArchive(
    numbered: NumberedSource & { readonly source: ArchiveSource },
    options: RefreshOneOptions,
  ): Promise<RefreshReport> {
    const { number, source } = numbered;
    const result = await refreshArchive(parts, numbered, { ...options, published });
    const warnings = tellWarnings(await parts.store.listFileWarnings(number, MAX_FILES_TOLD));
    const at = parts.clock();
    await parts.store.saveEnding({ sourceNumber: number, at, error: null, warnings, state: null });
    return reportOf(source.key, result, warnings);
  }

  async function saveFailed(
    { source, ...numbered }: NumberedSource,
    error: NonNullable<RefreshReport['error']>,
  ): Promise<void> {
    if (source.type !== 'archive') return saveUnforeseen(parts, { ...numbered, source }, error);
    const ending = { sourceNumber: numbered.number, at: parts.clock(), error, warnings: [], state: null };
    return parts.store.saveEnding(ending);
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
