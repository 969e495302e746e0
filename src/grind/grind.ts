/**
 * The one pure call from document to clean items: parse, normalise, clean. No clock, no log, no database,
 * so it can run in a worker that may be killed (grind/pool.ts).
 */
import type { CleanItem, ItemKey, RawFeedInfo } from '../model/item.ts';
import type { DroppedItem } from '../model/item-change.ts';
import type { Rule } from '../model/rule.ts';
import type { PageSource, SourceDocument } from '../model/source.ts';
import type { EpochMs } from '../model/time.ts';
import type { Warning } from '../model/warning.ts';

/** What grinding needs to know of a source: plain data that can be posted to a worker. */
export interface GrindSource {
  readonly number: number;
  readonly key: string;
  readonly type: 'archive' | 'feed' | 'page';
  /** Base for relative addresses where the document names none; null for archives. */
  readonly url: string | null;
  readonly timezone: string | null;
  readonly rules: readonly Rule[];
  /** Selectors of a page source. */
  readonly select: PageSource['select'] | null;
}

export interface GrindJob {
  readonly source: GrindSource;
  readonly document: SourceDocument;
  /** Hashes of the raw items that are known by locator: what did not change is not cleaned. */
  readonly known: Readonly<Record<string, string>>;
  readonly now: EpochMs;
}

export type GrindResult =
  | {
      readonly kind: 'ground';
      readonly changed: readonly CleanItem[];
      readonly dropped: readonly DroppedItem[];
      /** Locators of items whose raw text is the known one. */
      readonly unchanged: readonly string[];
      readonly warnings: readonly Warning[];
      /** Addresses that the document gives to items of several guids, and guids that it gives to several addresses: they tell nobody apart. */
      readonly ambiguous: readonly ItemKey[];
      /** Title, home page and the rest that the document says of its source; null for archives. */
      readonly feed: (RawFeedInfo & { readonly title: string | null; readonly url: string | null }) | null;
    }
  /** The document holds no item at all, and why: a web page among article files, say. */
  | { readonly kind: 'rejected'; readonly reason: Warning };

/** Runs jobs somewhere else, in order. A job that dies, hangs or grows is answered alone; the others are not touched. */
export interface Grinder {
  /** Never rejects for a bad document: a job that killed its worker is `rejected` with code `worker-died`. */
  grind(jobs: readonly GrindJob[], signal?: AbortSignal): Promise<GrindResult[]>;
  close(): Promise<void>;
}
