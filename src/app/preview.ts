/** Reads a source as a refresh would and shows what each step did to each item. Stores nothing. */
import type { GrindResult } from '../grind/grind.ts';
import { FeedmillError } from '../model/error.ts';
import type { Source } from '../model/source.ts';
import type { PreviewedItem } from './app.ts';
import { readAfresh } from './fetching/read-afresh.ts';
import type { FetchedSource } from './fetching/source-state.ts';
import { type Fetching, grindSource } from './parts.ts';

export interface PreviewOptions {
  readonly signal?: AbortSignal;
  readonly limit?: number;
}

/** @throws FeedmillError where the source cannot be read, or fetched */
export async function* preview(
  parts: Fetching,
  source: Source,
  { signal, limit = Number.POSITIVE_INFINITY }: PreviewOptions,
): AsyncIterable<PreviewedItem> {
  if (source.type !== 'archive') {
    yield* previewFetched(parts, source, { signal, limit });
    return;
  }
  const scan = parts.scan({
    directory: source.path,
    match: source.match,
    lookUp: async () => new Map(),
    ...(signal === undefined ? {} : { signal }),
  });
  let shown = 0;
  for await (const event of scan) {
    if (shown >= limit) return;
    if (event.kind === 'rejected') {
      yield { ...NOTHING, locator: event.file.path, outcome: 'rejected', warnings: event.file.warnings };
      shown += 1;
    }
    if (event.kind !== 'document') continue;
    const job = {
      source: grindSource({ source, number: 0 }),
      document: event.document,
      known: {},
      now: parts.clock(),
    };
    for (const result of await parts.grinder.grind([job], signal)) {
      yield* describe(event.document.locator, result);
      shown += 1;
    }
  }
}

async function* previewFetched(
  parts: Fetching,
  source: FetchedSource,
  { signal, limit }: { signal: AbortSignal | undefined; limit: number },
): AsyncIterable<PreviewedItem> {
  const read = await readAfresh(parts, source, signal);
  if ('error' in read) throw new FeedmillError(read.error.code, read.error.message);
  yield* describe(source.url, read.result).slice(0, limit);
}

const NOTHING = { title: '', url: null, reason: null, trail: [], warnings: [], contentHtml: null };

function describe(locator: string, result: GrindResult): PreviewedItem[] {
  if (result.kind === 'rejected') {
    return [
      { ...NOTHING, locator, outcome: 'rejected', reason: result.reason.message, warnings: [result.reason] },
    ];
  }
  return [
    ...result.changed.map((item): PreviewedItem => ({ ...item, outcome: 'kept', reason: null })),
    ...result.dropped.map(({ reason, ...dropped }): PreviewedItem => ({
      ...NOTHING,
      locator: dropped.locator,
      outcome: 'dropped',
      reason,
      warnings: result.warnings,
    })),
  ];
}
