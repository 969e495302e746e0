/**
 * Watches an archive directory: one watch per directory, new directories included, many changes told as one.
 * A watch is a convenience on top of the schedule, so nothing that goes wrong here is thrown: what could not be
 * watched comes back as warnings, and its changes are found by the next scheduled scan.
 */
import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warning } from '../model/warning.ts';
import { nameMatcher } from './file-name.ts';
import { DEFAULT_MATCH } from './scan-archive.ts';
import { walkDirectory } from './walk.ts';

/** A change is told when nothing more happened for this long: a copying program's hundred files are one change. */
const QUIET_MS = 300;

/** A change is told after this long in any case, so that an archive under constant writing is read as well. */
const LATEST_MS = 5000;

/** How often it is looked whether the directory itself is still the one that is watched. Its own end is not always reported. */
const ROOT_CHECK_MS = 2000;

/**
 * Resolves when the directory is watched, or is waited for. The watching ends with the signal and keeps no process alive.
 * @param onChange called at most every `QUIET_MS`; must not throw
 * @param match only names that it wants, and directories, count as changes: a database lying beside the files does not
 */
export async function watchArchive(
  directory: string,
  onChange: () => void,
  signal: AbortSignal,
  match: string = DEFAULT_MATCH,
): Promise<readonly Warning[]> {
  const watching = new ArchiveWatch(directory, match, quietly(onChange, signal));
  const warnings = await watching.check();
  const timer = setInterval(() => void watching.check(), ROOT_CHECK_MS);
  timer.unref();
  const end = () => {
    clearInterval(timer);
    watching.close();
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  return warnings;
}

/** Gathers calls: one after `QUIET_MS` of rest, or `LATEST_MS` after the first. */
function quietly(call: () => void, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  return () => {
    if (signal.aborted) return;
    if (timer === undefined) since = performance.now();
    clearTimeout(timer);
    const left = since + LATEST_MS - performance.now();
    timer = setTimeout(
      () => {
        timer = undefined;
        if (!signal.aborted) call();
      },
      Math.max(0, Math.min(QUIET_MS, left)),
    );
    timer.unref();
  };
}

/** Owns the watches. The root's identity tells a directory that was deleted and made again from the one watched. */
class ArchiveWatch {
  readonly #root: string;
  readonly #matches: (path: string) => boolean;
  readonly #changed: () => void;
  readonly #watches = new Map<string, FSWatcher>();
  #rootIdentity: string | null = null;
  #checked = false;
  #closed = false;

  constructor(root: string, match: string, changed: () => void) {
    this.#root = root;
    this.#matches = nameMatcher(match);
    this.#changed = changed;
  }

  /** Sees to it that the directory now at the root's path is the one that is watched. */
  async check(): Promise<Warning[]> {
    const identity = await directoryIdentity(this.#root);
    const isFirst = !this.#checked;
    this.#checked = true;
    if (this.#closed || identity === this.#rootIdentity) return [];
    this.#forget('');
    this.#rootIdentity = identity;
    const warnings = identity === null ? [] : await this.#watchTree('');
    if (!isFirst && identity !== null) this.#changed();
    return warnings;
  }

  close(): void {
    this.#closed = true;
    this.#forget('');
  }

  /** Watches a directory and everything below. @param inside path inside the archive; '' for the root */
  async #watchTree(inside: string): Promise<Warning[]> {
    const warnings = this.#watchOne(inside);
    try {
      for await (const names of walkDirectory(join(this.#root, inside))) {
        const directories = names.filter(({ kind }) => kind === 'directory');
        for (const { path } of directories) warnings.push(...this.#watchOne(under(inside, path)));
      }
    } catch {
      // The directory went while it was walked; its parent, or the next check, tells.
    }
    return warnings;
  }

  #watchOne(inside: string): Warning[] {
    if (this.#closed || this.#watches.has(inside)) return [];
    try {
      const watcher = watch(join(this.#root, inside), { persistent: false });
      watcher.on('change', (_event, name) => void this.#note(inside, name === null ? null : String(name)));
      watcher.on('error', () => this.#lose(inside));
      this.#watches.set(inside, watcher);
      return [];
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      const message = `directory cannot be watched (${reason}); its changes are found by the next scheduled scan`;
      return [{ code: 'not-watched', message, where: inside === '' ? this.#root : inside }];
    }
  }

  /** Something happened to a name in a watched directory. */
  async #note(inside: string, name: string | null): Promise<void> {
    if (name === null) return this.#changed();
    const path = under(inside, name);
    if (this.#matches(path)) this.#changed();
    const isDirectory = (await directoryIdentity(join(this.#root, path))) !== null;
    if (!isDirectory && this.#watches.has(path)) {
      this.#forget(path);
      this.#changed();
    } else if (isDirectory && !this.#watches.has(path) && !name.startsWith('.')) {
      await this.#watchTree(path);
      this.#changed();
    }
  }

  /** A watch broke. The root's is made anew by the next check. */
  #lose(inside: string): void {
    this.#forget(inside);
    if (inside === '') this.#rootIdentity = null;
  }

  #forget(inside: string): void {
    for (const [path, watcher] of this.#watches) {
      if (inside !== '' && path !== inside && !path.startsWith(`${inside}/`)) continue;
      watcher.close();
      this.#watches.delete(path);
    }
  }
}

function under(inside: string, name: string): string {
  return inside === '' ? name : `${inside}/${name}`;
}

/** What tells this directory from another of the same name; null where there is none. File numbers alone are used again. */
async function directoryIdentity(path: string): Promise<string | null> {
  try {
    const stats = await stat(path, { bigint: true });
    return stats.isDirectory() ? `${stats.ino} ${stats.birthtimeNs}` : null;
  } catch {
    return null;
  }
}
