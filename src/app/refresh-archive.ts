/**
 * Refreshes an archive source: scan, grind, save, a batch at a time, so that 100,000 files pass in constant memory
 * and a kill costs no more than the batches under way.
 */
import type { ScanEvent } from '../archive/scan-archive.ts';
import type { GrindJob, GrindResult } from '../grind/grind.ts';
import type { ArchiveSource, SeenFile, SourceDocument } from '../model/source.ts';
import type { Warning } from '../model/warning.ts';
import type { Progress } from './app.ts';
import { grindSource, type NumberedSource, type Parts } from './parts.ts';
import { inTurn, saveGround } from './save-ground.ts';

/** Large enough that a transaction and a message to a worker pay off, small enough to be kept in memory thrice. */
const BATCH_FILES = 128;
const BATCH_CHARACTERS = 4_000_000;
/** Batches ground or waiting to be saved while the scan goes on. */
const MAX_UNDER_WAY = 3;

export interface ArchiveRefresh {
  readonly added: number;
  readonly changed: number;
  readonly dropped: number;
  /** Files that were read or reported because they were new or other than before. */
  readonly touched: number;
}

export interface RefreshOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (progress: Progress) => void;
  /** Told whenever feeds changed. */
  readonly published: (publications: readonly number[]) => void;
}

interface Batch {
  readonly documents: { document: SourceDocument; file: SeenFile }[];
  readonly files: SeenFile[];
  characters: number;
}

/** @throws FeedmillError `unreadable` where the directory itself cannot be read */
export async function refreshArchive(
  parts: Parts,
  numbered: NumberedSource & { readonly source: ArchiveSource },
  options: RefreshOptions,
): Promise<ArchiveRefresh> {
  const { source, number } = numbered;
  const totals = { added: 0, changed: 0, dropped: 0, touched: 0, done: 0 };
  const underWay: Promise<void>[] = [];
  let saving = Promise.resolve();
  let batch = emptyBatch();

  function send(): void {
    const sent = batch;
    batch = emptyBatch();
    const grinding = grindBatch(parts, numbered, sent, options.signal);
    // Failures are met below, where each batch is awaited in turn; this only keeps the process from seeing them first.
    grinding.catch(() => undefined);
    saving = after(saving, async () => {
      const { results, ...ground } = await grinding;
      const saved = await inTurn(parts.store, () => saveGround(parts, numbered, ground));
      totals.added += saved.added;
      totals.changed += saved.changed;
      totals.dropped += ground.dropped.length;
      totals.touched += sent.files.length + results.length;
      if (saved.publications.length > 0) options.published(saved.publications);
    });
    saving.catch(() => undefined);
    underWay.push(saving);
  }

  const scan = parts.scan({
    directory: source.path,
    match: source.match,
    lookUp: (paths) => parts.store.knownFiles(number, paths),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  for await (const event of scan) {
    totals.done += collect(batch, event);
    options.progress?.({ label: source.key, done: totals.done, total: null });
    if (isFull(batch)) send();
    if (underWay.length >= MAX_UNDER_WAY) await underWay.shift();
  }
  if (batch.documents.length + batch.files.length > 0) send();
  await Promise.all(underWay);
  return totals;
}

/** Batches are saved in the order in which they were read. */
async function after(previous: Promise<void>, work: () => Promise<void>): Promise<void> {
  await previous;
  await work();
}

function emptyBatch(): Batch {
  return { documents: [], files: [], characters: 0 };
}

function isFull(batch: Batch): boolean {
  return batch.documents.length + batch.files.length >= BATCH_FILES || batch.characters >= BATCH_CHARACTERS;
}

/** @returns how many files the event stands for */
function collect(batch: Batch, event: ScanEvent): number {
  if (event.kind === 'unchanged') return event.count;
  if (event.kind === 'document') {
    batch.documents.push(event);
    batch.characters += event.document.kind === 'archive' ? event.document.text.length : 0;
  } else {
    batch.files.push(event.file);
  }
  return 1;
}

async function grindBatch(parts: Parts, numbered: NumberedSource, batch: Batch, signal?: AbortSignal) {
  const source = grindSource(numbered);
  const now = parts.clock();
  const jobs = batch.documents.map(({ document }): GrindJob => ({ source, document, known: {}, now }));
  const results = jobs.length === 0 ? [] : await parts.grinder.grind(jobs, signal);
  const files = batch.documents.map(({ file }, index) => fileAfter(file, results[index]));
  return {
    results,
    changed: results.flatMap((result) => (result.kind === 'ground' ? result.changed : [])),
    dropped: results.flatMap((result) => (result.kind === 'ground' ? result.dropped : [])),
    files: [...files, ...batch.files],
    listed: 'all' as const,
    ambiguous: new Set<never>(),
    ending: null,
  };
}

function fileAfter(file: SeenFile, result: GrindResult | undefined): SeenFile {
  if (result === undefined) return file;
  if (result.kind === 'ground') return { ...file, warnings: unique([...file.warnings, ...result.warnings]) };
  const warnings = [...file.warnings, result.reason];
  // What died may have died of another document's hunger: without a hash the file counts as never read, and is tried again.
  const hash = result.reason.code === 'worker-died' ? '' : file.hash;
  return { ...file, outcome: 'rejected', warnings, hash };
}

function unique(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}
