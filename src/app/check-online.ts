/**
 * Asks every feed and page once and says what it found there, or what is wrong and how to mend it. Stores nothing.
 * Of a page source the first page alone is asked for: this is a look at the door, and no visit.
 */
import type { GrindResult } from '../grind/grind.ts';
import type { Source } from '../model/source.ts';
import type { EpochMs } from '../model/time.ts';
import type { OnlineAnswer } from './app.ts';
import { asTheyEnd } from './fetching/as-they-end.ts';
import { readAfresh } from './fetching/read-afresh.ts';
import type { FetchedSource } from './fetching/source-state.ts';
import type { Fetching } from './parts.ts';
import { refreshCode } from './refresh-feed.ts';
import { AT_A_TIME } from './rounds.ts';

/** One answer a source that is fetched, as they come. Rejects only when aborted. */
export function checkOnline(
  parts: Fetching,
  sources: readonly Source[],
  signal: AbortSignal | undefined,
): AsyncIterable<OnlineAnswer> {
  const asked = sources.filter((source) => source.type !== 'archive');
  return asTheyEnd(
    asked.map((source) => () => ask(parts, source, signal)),
    AT_A_TIME,
  );
}

async function ask(
  parts: Fetching,
  source: FetchedSource,
  signal: AbortSignal | undefined,
): Promise<OnlineAnswer> {
  const answer = { source: source.key, address: source.url, found: null, error: null, warnings: [] };
  const read = await readAfresh(parts, firstPageOf(source), signal);
  if ('error' in read) return { ...answer, error: read.error };
  const { document, result } = read;
  if (result.kind === 'rejected') {
    const { code, message } = result.reason;
    return { ...answer, error: { code: refreshCode(code), message } };
  }
  const found = { ...describe(result, source), movedTo: document.movedTo };
  return { ...answer, found, warnings: result.warnings };
}

function firstPageOf(source: FetchedSource): FetchedSource {
  return source.type === 'page' ? { ...source, select: { ...source.select, pages: 1 } } : source;
}

function describe(
  { changed, dropped, feed }: Extract<GrindResult, { kind: 'ground' }>,
  source: FetchedSource,
) {
  const dates = changed.flatMap(({ published }) => published ?? []);
  return {
    format: feed?.format ?? source.type,
    title: feed?.title ?? null,
    items: changed.length,
    dropped: dropped.length,
    newest: dates.reduce<EpochMs | null>(
      (newest, at) => (newest === null || at > newest ? at : newest),
      null,
    ),
  };
}
