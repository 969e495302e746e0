/**
 * Reads an archive directory and tells what changed since it was last read. Files of the same size and time are not
 * opened; a bad file is one event with its reason and never stops the others (product.md section 5).
 * What was read before is asked for in chunks, so 100,000 files cost constant memory, and a scan that was killed
 * goes on where the caller's records end.
 */
import { hash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeenFile, SourceDocument } from '../model/source.ts';
import type { Warning } from '../model/warning.ts';
import { decodeFile } from '../decode/decode-file.ts';
import { looksBinary } from '../decode/guess-encoding.ts';
import { nameMatcher, nameWarnings, sharedLabels } from './file-name.ts';
import { readAtRest, statByName } from './read-file.ts';
import { walkDirectory } from './walk.ts';
import { type Reason, type WantedName, wantedNames } from './wanted-names.ts';

export type ScanEvent =
  /** A new or changed file. */
  | {
      readonly kind: 'document';
      readonly document: Extract<SourceDocument, { kind: 'archive' }>;
      readonly file: SeenFile;
    }
  /** A file, or a directory below, that brings nothing; its warnings say why. Told once, until something changes. */
  | { readonly kind: 'rejected'; readonly file: SeenFile }
  /** Only the record needs refreshing: same bytes under another time, or a complaint that no longer holds. */
  | { readonly kind: 'touched'; readonly file: SeenFile }
  | { readonly kind: 'unchanged'; readonly count: number };

export interface ScanOptions {
  /** Absolute path. */
  readonly directory: string;
  /** Glob over the path inside the directory, with `/`; case does not count. */
  readonly match?: string;
  /** What is on record of these paths: at most `CHUNK_NAMES` (walk.ts) of them a call. */
  readonly lookUp: (paths: readonly string[]) => Promise<ReadonlyMap<string, SeenFile>>;
  readonly signal?: AbortSignal | undefined;
}

/** What `match` is where nobody says otherwise. */
export const DEFAULT_MATCH = '**/*.txt';

/** @throws `unreadable` where the directory itself cannot be listed; the signal's reason when aborted */
export async function* scanArchive(options: ScanOptions): AsyncGenerator<ScanEvent> {
  const matches = nameMatcher(options.match ?? DEFAULT_MATCH);
  let root: string | null = null;
  for await (const found of walkDirectory(options.directory)) {
    options.signal?.throwIfAborted();
    root ??= await realpath(options.directory);
    const wanted = await wantedNames(found, root, matches);
    if (wanted.length > 0) yield* scanChunk(wanted, { root, ...options });
  }
}

interface ChunkScan extends ScanOptions {
  readonly root: string;
}

async function* scanChunk(wanted: readonly WantedName[], scan: ChunkScan): AsyncGenerator<ScanEvent> {
  const known = await scan.lookUp(wanted.map(({ path }) => path));
  const files = wanted.filter(({ kind }) => kind === 'file').map(({ path }) => path);
  let unchanged = 0;

  for (const name of wanted) {
    const event = name.kind === 'file' ? null : judgeRecord(name, known.get(name.path));
    if (event === 'unchanged') unchanged += 1;
    else if (event !== null) yield event;
  }

  const changed = await changedFiles(files, known, scan.root);
  const labels = changed.length > 0 ? sharedLabels(files) : new Map<string, string>();
  unchanged += files.length - changed.length;
  for (const path of changed) {
    scan.signal?.throwIfAborted();
    const event = await readChanged(path, { known: known.get(path), sharer: labels.get(path) }, scan);
    if (event === 'unchanged') unchanged += 1;
    else if (event !== 'gone') yield event;
  }
  if (unchanged > 0) yield { kind: 'unchanged', count: unchanged };
}

/** A name that is refused for what it is, or a directory about which there may be a complaint on record. */
function judgeRecord(
  name: Exclude<WantedName, { kind: 'file' }>,
  known: SeenFile | undefined,
): ScanEvent | 'unchanged' | null {
  if (name.kind === 'refused') return reject(unread(name.path), name.reason, known);
  if (known === undefined || known.warnings.length === 0) return null;
  return { kind: 'touched', file: { ...known, warnings: [], outcome: 'read' } };
}

async function changedFiles(
  paths: readonly string[],
  known: ReadonlyMap<string, SeenFile>,
  root: string,
): Promise<string[]> {
  const unchanged = await Promise.all(paths.map((path) => isUnchanged(join(root, path), known.get(path))));
  return paths.filter((_, index) => unchanged[index] !== true);
}

/** What was never read (permissions, size, still growing) is tried again: it may be mended without a new time. */
async function isUnchanged(path: string, known: SeenFile | undefined): Promise<boolean> {
  if (known === undefined || known.hash === '') return false;
  const stats = await statByName(path);
  return stats !== null && known.bytes === stats.size && known.modified === stats.mtimeMs;
}

async function readChanged(
  path: string,
  { known, sharer }: { known: SeenFile | undefined; sharer: string | undefined },
  { root, signal }: ChunkScan,
): Promise<ScanEvent | 'unchanged' | 'gone'> {
  const outcome = await readAtRest(join(root, path), signal);
  if (outcome.kind === 'gone') return 'gone';
  if (outcome.kind === 'refused') return reject(unread(path), outcome.reason, known);

  const { bytes, modified } = outcome;
  const read = { path, bytes: bytes.length, modified, hash: hash('sha256', bytes) };
  if (read.hash === known?.hash) return { kind: 'touched', file: { ...known, ...read } };
  if (looksBinary(bytes)) return reject(read, BINARY, known);

  const { text, warnings: decoding } = decodeFile(bytes, path);
  const warnings = [...nameWarnings(path), ...sharedLabel(path, sharer), ...decoding];
  return {
    kind: 'document',
    document: { kind: 'archive', locator: path, text, warnings },
    file: { ...read, warnings, outcome: 'read' },
  };
}

const BINARY: Reason = { code: 'binary-file', message: 'file is binary, not text' };

function sharedLabel(path: string, sharer: string | undefined): Warning[] {
  if (sharer === undefined) return [];
  return [
    { code: 'label-shared', message: `${sharer} has the same sixteen digits in its name`, where: path },
  ];
}

type FileState = Omit<SeenFile, 'warnings' | 'outcome'>;

function unread(path: string): FileState {
  return { path, bytes: 0, modified: 0, hash: '' };
}

function reject(state: FileState, reason: Reason, known: SeenFile | undefined): ScanEvent | 'unchanged' {
  const same =
    known?.outcome === 'rejected' &&
    known.hash === state.hash &&
    known.warnings[0]?.message === reason.message;
  if (same) return 'unchanged';
  const warnings = [{ ...reason, where: state.path }];
  return { kind: 'rejected', file: { ...state, warnings, outcome: 'rejected' } };
}
