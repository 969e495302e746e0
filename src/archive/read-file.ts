/**
 * Reads one archive file, whole or not at all. Its size is judged before a byte is read, links and devices are
 * never opened, and a file that somebody is still writing is left for the next time.
 */
import { constants, type Stats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { isGone } from './walk.ts';
import type { Reason } from './wanted-names.ts';

/** What reading a file came to. */
export type ReadOutcome =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly modified: number }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly reason: Reason };

/** Largest file that is read. The largest article seen has 12 KB; 10 MB still fits a worker's memory several times over. */
const MAX_FILE_BYTES = 10_000_000;

/** A file rests when it was not written to for this long. Editors and copying programs write more often than that. */
const REST_MS = 1000;

/** How often a file that is not at rest is waited for: a log file that grows for ever must not hold up the others. */
const MAX_WAITS = 3;

/** Never throws for what a file, its owner or its writer may do; only for the signal. */
export async function readAtRest(path: string, signal?: AbortSignal): Promise<ReadOutcome> {
  try {
    const settled = await settle(path, signal);
    const reason = settled === 'restless' ? STILL_WRITTEN : refuseState(settled);
    return settled === 'restless' || reason !== null
      ? { kind: 'refused', reason: reason ?? STILL_WRITTEN }
      : await readWhole(path, settled);
  } catch (error) {
    signal?.throwIfAborted();
    return isGone(error) ? { kind: 'gone' } : { kind: 'refused', reason: refuseAccess(error) };
  }
}

/** The file's state by its name, links not followed; null where it cannot be had. */
export async function statByName(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch {
    return null;
  }
}

const STILL_WRITTEN: Reason = {
  code: 'still-written',
  message: 'file is still being written; it is read at the next scan',
};

/** Waits until the file was left alone for `REST_MS`. What is refused anyway is not waited for. */
async function settle(path: string, signal: AbortSignal | undefined): Promise<Stats | 'restless'> {
  let earlier: Stats | null = null;
  for (let waits = 0; ; waits += 1) {
    const now = await lstat(path);
    const age = Date.now() - now.mtimeMs;
    // A time in the future (another machine's clock) says nothing about rest: such a file is watched for one wait.
    const stoodStill = age < 0 && earlier?.mtimeMs === now.mtimeMs && earlier.size === now.size;
    if (age >= REST_MS || stoodStill || now.size > MAX_FILE_BYTES) return now;
    if (waits === MAX_WAITS) return 'restless';
    earlier = now;
    await wait(age < 0 ? REST_MS : REST_MS - age, undefined, { signal });
  }
}

function refuseState(stats: Stats): Reason | null {
  if (!stats.isFile()) return { code: 'not-a-file', message: 'is no longer a file' };
  if (stats.size === 0) return { code: 'empty-file', message: 'file is empty' };
  if (stats.size <= MAX_FILE_BYTES) return null;
  const limit = readable(MAX_FILE_BYTES);
  const size = readable(stats.size) === limit ? `over ${limit}` : readable(stats.size);
  return { code: 'file-too-large', message: `file is ${size}; the limit is ${limit}` };
}

function readable(bytes: number): string {
  return bytes >= 1e9 ? `${Math.round(bytes / 1e9)} GB` : `${Math.round(bytes / 1e6)} MB`;
}

async function readWhole(path: string, expected: Stats): Promise<ReadOutcome> {
  let handle: FileHandle | null = null;
  try {
    // Whatever took the name's place since it was looked at: a link is not followed, a FIFO does not make us wait.
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    // One byte of room more than expected: a file that grew fills it.
    const room = Buffer.allocUnsafe(expected.size + 1);
    const { bytesRead } = await handle.read(room, 0, room.length, 0);
    const after = await handle.stat();
    const same = bytesRead === expected.size && after.isFile() && after.mtimeMs === expected.mtimeMs;
    if (!same) return { kind: 'refused', reason: STILL_WRITTEN };
    return { kind: 'bytes', bytes: room.subarray(0, bytesRead), modified: after.mtimeMs };
  } finally {
    await handle?.close();
  }
}

function refuseAccess(error: unknown): Reason {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'EACCES' || code === 'EPERM')
    return { code: 'permission-denied', message: 'permission denied; allow Feedmill to read the file' };
  return { code: 'file-unreadable', message: `file cannot be read (${code})` };
}
