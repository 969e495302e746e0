/**
 * Opens the database file, or makes it. Promises: a damaged file is named and left as it is, one that a newer Feedmill wrote as well;
 * a new file appears whole or not at all. Who may write is not decided here but by the lock (lock.ts).
 */
import { rename, rm } from 'node:fs/promises';
import { sql } from 'kysely';
import { FeedmillError } from '../model/error.ts';
import { APPLICATION_ID, checkDatabase } from './check-database.ts';
import { makeDirectoryFor, sizeOf } from './database-file.ts';
import { migrate } from './migrations/migrations.ts';
import { connect, type Connection } from './sqlite-driver.ts';
import { createSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

/**
 * @param file absolute path, or `:memory:` for a store that ends with its closing
 * @throws `database-damaged`, `database-newer`, `database-unwritable`, and reading only `not-found`
 */
export async function openStore({
  file,
  readOnly = false,
}: {
  file: string;
  readOnly?: boolean;
}): Promise<Store> {
  if (file === ':memory:') return openInMemory();
  const bytes = await sizeOf(file);
  if (bytes === null) {
    await refuseOrphanedJournal(file);
    if (readOnly)
      throw new FeedmillError(
        'not-found',
        `There is no database at ${file}. Start \`feedmill serve\` once to make it.`,
      );
    await createDatabase(file);
  } else {
    await checkDatabase(file, bytes);
  }
  const reader = connect(file, { readOnly: true });
  if (readOnly) return createSqliteStore({ reader, writer: reader });
  const writer = connect(file, { readOnly: false });
  await migrate(writer.db);
  return createSqliteStore({ reader, writer });
}

async function openInMemory(): Promise<Store> {
  const both = connect(':memory:', { readOnly: false, isNew: true });
  await migrate(both.db);
  return createSqliteStore({ reader: both, writer: both });
}

/** Under another name first: a process that dies in the middle leaves no file that looks like a damaged one. */
async function createDatabase(file: string): Promise<void> {
  await makeDirectoryFor(file);
  const unfinished = `${file}.new`;
  await rm(unfinished, { force: true });
  const connection = connect(unfinished, { readOnly: false, isNew: true });
  await initialise(connection);
  await connection.close();
  await rename(unfinished, file);
}

async function initialise({ db }: Connection): Promise<void> {
  await sql.raw(`PRAGMA application_id = ${APPLICATION_ID}`).execute(db);
  await migrate(db);
}

/** A new database beside the journal of a lost one would be filled with that one's pages. */
async function refuseOrphanedJournal(file: string): Promise<void> {
  if (((await sizeOf(`${file}-wal`)) ?? 0) === 0) return;
  throw new FeedmillError(
    'database-damaged',
    `${file} is missing, but its journal ${file}-wal is there. Put the database back beside it, or move the journal away to start anew.`,
  );
}
