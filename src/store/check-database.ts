/**
 * Looks at a database file before it is used, through a connection that cannot write.
 * A whole check reads the whole file (PRAGMA quick_check), so it is made of files up to 64 MB, a fifth of a second. Of larger ones
 * the start reads what is cheap and breaks first: SQLite itself compares the file's length with the pages it should have,
 * the schema is parsed, and the small tables that everything else hangs on are checked. Damage elsewhere is named when it is met.
 */
import { sql, type Kysely } from 'kysely';
import { FeedmillError } from '../model/error.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import type { Tables } from './schema.ts';
import { connect } from './sqlite-driver.ts';

/** "Fdml": marks a database as Feedmill's own in its header. */
export const APPLICATION_ID = 0x46_64_6d_6c;

const MAX_BYTES_CHECKED_WHOLE = 64 * 1024 * 1024;
const SMALL_TABLES = ['sources', 'publications', 'publication_sources', 'users', 'kysely_migration'];

/** @throws `database-damaged`, `database-newer` */
export async function checkDatabase(file: string, bytes: number): Promise<void> {
  if (bytes === 0) throw damaged(file, 'is empty');
  const connection = connect(file, { readOnly: true });
  const { db } = connection;
  try {
    await checkOwner(db, file);
    await checkPages(db, file, bytes);
    await checkVersion(db, file);
  } finally {
    await connection.close();
  }
}

async function checkOwner(db: Kysely<Tables>, file: string): Promise<void> {
  const { rows } = await sql<{ application_id: number }>`PRAGMA application_id`.execute(db);
  if (rows[0]?.application_id !== APPLICATION_ID) throw damaged(file, 'is not a database of Feedmill');
}

async function checkPages(db: Kysely<Tables>, file: string, bytes: number): Promise<void> {
  const checks =
    bytes <= MAX_BYTES_CHECKED_WHOLE
      ? ['PRAGMA quick_check(1)']
      : SMALL_TABLES.map((table) => `PRAGMA quick_check(${table})`);
  for (const check of checks) {
    const { rows } = await sql.raw<{ quick_check: string }>(check).execute(db);
    const finding = rows[0]?.quick_check;
    if (finding !== 'ok') throw damaged(file, `is damaged (${finding})`);
  }
}

async function checkVersion(db: Kysely<Tables>, file: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(db);
  const unknown = rows.find(({ name }) => !(name in MIGRATIONS));
  if (unknown === undefined) return;
  throw new FeedmillError(
    'database-newer',
    `${file} was written by a newer Feedmill (${unknown.name}). Start that version, or name another place for the database.`,
  );
}

function damaged(file: string, what: string): FeedmillError {
  return new FeedmillError(
    'database-damaged',
    `${file} ${what}. It was left as it is: put a backup in its place, or move it away to start anew.`,
  );
}
