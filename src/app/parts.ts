/**
 * What the use cases are handed by main.ts: everything with an effect, as types only.
 * The one file of app/ that knows the shapes of the other rooms' doors.
 */
import type { scanArchive } from '../archive/scan-archive.ts';
import type { Grinder, GrindSource } from '../grind/grind.ts';
import type { FetchSettings } from '../model/config.ts';
import type { Fetcher } from '../model/fetch.ts';
import type { Source } from '../model/source.ts';
import type { EpochMs } from '../model/time.ts';
import type { Store } from '../store/store.ts';

/** One event a line: fields for machines, a fixed name for people. No secrets, no bodies. */
export interface Log {
  info(fields: Record<string, unknown>, event: string): void;
  warn(fields: Record<string, unknown>, event: string): void;
  error(fields: Record<string, unknown>, event: string): void;
}

export interface Parts {
  readonly store: Store;
  readonly grinder: Grinder;
  /** Version of the cleaner that the grinder runs; stored items made by another are cleaned anew. */
  readonly cleanerVersion: number;
  readonly scan: typeof scanArchive;
  /** Made anew when the settings change. */
  readonly openFetcher: (settings: FetchSettings) => Fetcher;
  readonly clock: () => EpochMs;
  /** Milliseconds since some moment; never set, never jumps. */
  readonly stopwatch: () => number;
  readonly log: Log;
  /** Whether the store was opened for reading only: nothing is declared, and nothing cleaned anew. */
  readonly readOnly: boolean;
  /** Of the package. */
  readonly version: string;
}

/** What fetching needs besides, as the configuration in force has it. */
export interface Fetching extends Parts {
  readonly fetcher: () => Fetcher;
  /** In which cron lines are meant. */
  readonly timezone: () => string;
}

/** A declared source with the number that the store gave it. */
export interface NumberedSource {
  readonly number: number;
  readonly source: Source;
  readonly pipelineHash: string;
}

/** What a worker is told of a source. */
export function grindSource({ number, source }: Pick<NumberedSource, 'number' | 'source'>): GrindSource {
  return {
    number,
    key: source.key,
    type: source.type,
    url: source.type === 'archive' ? null : source.url,
    timezone: source.timezone,
    rules: source.rules,
    select: source.type === 'page' ? source.select : null,
  };
}
