/**
 * One writing process at a time. The lock is a side file, `<database>.lock`, that SQLite holds open exclusively: a second process is
 * refused at once, and any death frees it, kill -9 included. Beside it `<database>.holder` says who holds it, and how to ask.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { FeedmillError } from '../model/error.ts';
import { makeDirectoryFor } from './database-file.ts';
import { lockExclusively } from './sqlite-driver.ts';

/** Who holds the lock. Address and token are there once it serves: with them a command asks it to do the writing. */
export interface Holder {
  readonly pid: number;
  readonly address?: string;
  /** Lets its bearer command the server; only the user who runs the server can read the file. */
  readonly token?: string;
}

export interface StoreLock {
  /** Writes down how this process can be asked to write. */
  announce(info: { address: string; token: string }): void;
  release(): void;
}

/** The holder writes its name right after it has the lock: half a second is long. */
const PATIENCE = { tries: 10, everyMs: 50 };

/**
 * Takes the lock. `:memory:` is nobody else's and needs none.
 * @throws `database-in-use` naming the holder's pid, `database-unwritable`
 */
export async function lockStore(file: string): Promise<StoreLock> {
  if (file === ':memory:') return { announce: () => undefined, release: () => undefined };
  await makeDirectoryFor(file);
  const lock = lockExclusively(`${file}.lock`);
  if (lock === null) throw inUse(file, await waitForHolder(file));
  writeHolder(file, { pid: process.pid });
  return {
    announce: (info) => writeHolder(file, { pid: process.pid, ...info }),
    release: () => {
      rmSync(holderFile(file), { force: true });
      lock.release();
    },
  };
}

/** Who holds the database now; null where nobody does. */
export function readHolder(file: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(holderFile(file), 'utf8')) as Holder;
    // A killed process leaves its file behind, with a pid that is gone.
    return isAlive(holder.pid) ? holder : null;
  } catch {
    return null;
  }
}

async function waitForHolder(file: string): Promise<Holder | null> {
  for (let tries = 0; tries < PATIENCE.tries; tries += 1) {
    const holder = readHolder(file);
    if (holder !== null) return holder;
    await setTimeout(PATIENCE.everyMs);
  }
  return null;
}

function inUse(file: string, holder: Holder | null): FeedmillError {
  const who = holder === null ? 'another process' : `process ${holder.pid}`;
  const where = holder?.address === undefined ? '' : `, which serves on ${holder.address}`;
  return new FeedmillError(
    'database-in-use',
    `${file} is in use by ${who}${where}. Stop it first, or name another place for the database.`,
  );
}

/** By renaming, so that nobody reads half a file. */
function writeHolder(file: string, holder: Holder): void {
  const unfinished = `${holderFile(file)}.new`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, JSON.stringify(holder), { mode: 0o600 });
  renameSync(unfinished, holderFile(file));
}

function holderFile(file: string): string {
  return `${file}.holder`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
