/**
 * What fetching sources learns: their state, their icons, and an index by arrival for what is kept for a time only.
 */
import { sql, type Kysely } from 'kysely';

/** Makes the tables of fetching. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `CREATE TABLE source_states (
    source INTEGER PRIMARY KEY REFERENCES sources,
    read_as TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT,
    moved_to TEXT,
    next_fetch INTEGER,
    last_change INTEGER,
    failures INTEGER NOT NULL,
    gone_answers INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    bytes INTEGER,
    title TEXT,
    site_url TEXT,
    icon_url TEXT,
    publisher_interval INTEGER,
    skip_hours TEXT NOT NULL,
    skip_days TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE icons (
    hash TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE source_icons (
    source INTEGER PRIMARY KEY REFERENCES sources,
    icon TEXT REFERENCES icons,
    looked INTEGER NOT NULL
  ) STRICT`,
  // Up to which number items are old enough to go.
  `CREATE INDEX items_by_arrival ON items (crawled)`,
  // The newest words of a source: SQLite keeps the numbers of an index in order.
  `CREATE INDEX origins_by_source ON origins (source)`,
];
