/**
 * Tells when the configuration file was saved with other content. Editors truncate and write, write in two halves, rename over the
 * file or delete it and put it back: so its directory is watched, not the file, it is looked at now and then in any case (network
 * drives tell nothing), and it counts as saved once it was left alone for a while.
 */
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** What is in force now: only other content is told. Default: what is in the file now. */
  readonly current?: Uint8Array;
  /** How long the file must have been left alone. Default 1,000 ms: editors were seen to pause for 500 ms in the middle of a file. */
  readonly settleMs?: number;
  /** How often the file is looked at when nothing is heard. Default 2,000 ms. */
  readonly pollMs?: number;
}

/** Shortest time between two looks: the database may lie in the same directory and change many times a second. */
const PAUSE_MS = 50;

/**
 * Watches `file` until the signal aborts, and then resolves. Calls `onSaved` with the new bytes, one call at a time;
 * what it throws ends the watching and is thrown here. A file that is not there, or cannot be read, is waited for.
 */
export async function watchConfig(
  file: string,
  onSaved: (bytes: Uint8Array) => void | Promise<void>,
  options: WatchOptions,
): Promise<void> {
  const { signal, settleMs = 1000, pollMs = 2000 } = options;
  const path = resolve(file);
  const bell = new EventTarget();
  const watcher = watchDirectory(path, bell);
  try {
    let seen = options.current === undefined ? await lookAt(path) : '';
    let current: Uint8Array = options.current ?? (await readFile(path).catch(() => new Uint8Array()));
    while (!signal.aborted) {
      const look = await lookAt(path);
      if (look === seen) {
        await heard(bell, pollMs, signal);
        await pause(PAUSE_MS, signal);
        continue;
      }
      seen = look;
      const bytes = await readSettled(path, settleMs, signal);
      if (bytes === null || Buffer.compare(bytes, current) === 0) continue;
      current = bytes;
      await onSaved(bytes);
    }
  } finally {
    watcher?.close();
  }
}

/** Null where the system cannot watch: the file is looked at every `pollMs` in any case. */
function watchDirectory(path: string, bell: EventTarget): FSWatcher | null {
  const ring = () => bell.dispatchEvent(new Event('ring'));
  try {
    return watch(dirname(path), { persistent: false }, ring).on('error', ring);
  } catch {
    return null;
  }
}

/** A text that is another one whenever the file may be another one; empty where there is none. */
async function lookAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found === null ? '' : `${found.dev} ${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
}

/** The content, once it stayed the same for `settleMs`; null where there is none. */
async function readSettled(path: string, settleMs: number, signal: AbortSignal): Promise<Buffer | null> {
  let before: Buffer | null = null;
  let look = '';
  for (;;) {
    const now = await lookAt(path);
    const bytes = await readFile(path).catch(() => null);
    if (signal.aborted || bytes === null) return null;
    if (before !== null && now === look && bytes.equals(before)) return bytes;
    before = bytes;
    look = now;
    await pause(settleMs, signal);
  }
}

/** Resolves when the bell rings, when the time is over, or when the signal aborts. */
async function heard(bell: EventTarget, ms: number, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  await Promise.race([
    new Promise((ring) => bell.addEventListener('ring', ring, { once: true, signal: done.signal })),
    pause(ms, AbortSignal.any([signal, done.signal])),
  ]);
  done.abort();
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
