/**
 * The database as a file among files: its size, and the directory it lies in.
 */
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FeedmillError } from '../model/error.ts';

/** Bytes of a file; null where there is none. @throws `database-unwritable` where something else is, or nobody can tell */
export async function sizeOf(file: string): Promise<number | null> {
  let cause: unknown;
  try {
    const found = await stat(file);
    if (found.isFile()) return found.size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    cause = error;
  }
  throw new FeedmillError(
    'database-unwritable',
    `${file} is no file that Feedmill can reach. Name another place for the database.`,
    { cause },
  );
}

/** Makes the directory of a database file, and sees that it can be written. @throws `database-unwritable` */
export async function makeDirectoryFor(file: string): Promise<void> {
  const directory = dirname(file);
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (error) {
    throw new FeedmillError(
      'database-unwritable',
      `The directory ${directory} cannot be written. Give Feedmill the right to write it, or name another place for the database.`,
      { cause: error },
    );
  }
}
