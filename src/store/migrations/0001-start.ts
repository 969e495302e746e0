/**
 * The first schema. What a row means is told in ../schema.ts; here stand types, keys, indexes and what each index is for.
 * A migration that was released is never edited: the next change is the next file.
 */
import { sql, type Kysely } from 'kysely';

/** Makes all tables. AUTOINCREMENT, because a number that was given once is never given again, deletions or not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...DECLARED, ...ITEMS, ...ORIGINS, ...PEOPLE])
    await sql.raw(statement).execute(db);
}

const DECLARED = [
  `CREATE TABLE sources (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    address TEXT NOT NULL,
    folder TEXT,
    pipeline_hash TEXT NOT NULL,
    position INTEGER,
    last_attempt INTEGER,
    last_success INTEGER,
    error_code TEXT,
    error_message TEXT,
    warnings TEXT NOT NULL DEFAULT '[]'
  ) STRICT`,
  `CREATE TABLE publications (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    position INTEGER,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    rebuild INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE publication_sources (
    publication INTEGER NOT NULL REFERENCES publications,
    source INTEGER NOT NULL REFERENCES sources,
    PRIMARY KEY (source, publication)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE files (
    source INTEGER NOT NULL REFERENCES sources,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    modified REAL NOT NULL,
    hash TEXT NOT NULL,
    outcome TEXT NOT NULL,
    warnings TEXT,
    PRIMARY KEY (source, path)
  ) STRICT, WITHOUT ROWID`,
  // The few odd files among very many.
  `CREATE INDEX files_with_warnings ON files (source, path) WHERE warnings IS NOT NULL`,
];

const ITEMS = [
  `CREATE TABLE items (
    seq INTEGER PRIMARY KEY AUTOINCREMENT CHECK (seq < 2147483648),
    id TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES sources,
    fingerprint TEXT NOT NULL,
    guid TEXT,
    url TEXT,
    title TEXT NOT NULL,
    summary TEXT,
    authors TEXT NOT NULL,
    categories TEXT NOT NULL,
    enclosures TEXT NOT NULL,
    image TEXT,
    language TEXT,
    rights TEXT,
    comments_url TEXT,
    published INTEGER,
    updated INTEGER NOT NULL,
    archived INTEGER,
    crawled INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    sort INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE item_texts (
    seq INTEGER PRIMARY KEY REFERENCES items ON DELETE CASCADE,
    content_html TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE item_keys (
    key TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX item_keys_by_item ON item_keys (seq)`,
  `CREATE TABLE removed_items (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
  ) STRICT`,
  `CREATE TABLE publication_items (
    publication INTEGER NOT NULL REFERENCES publications,
    seq INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
    sort INTEGER NOT NULL,
    entered INTEGER NOT NULL,
    PRIMARY KEY (publication, seq)
  ) STRICT, WITHOUT ROWID`,
  // The order of a feed, so that no page of it is ever sorted.
  `CREATE INDEX publication_items_in_order ON publication_items (publication, sort, seq)`,
  `CREATE INDEX publication_items_by_item ON publication_items (seq)`,
];

const ORIGINS = [
  `CREATE TABLE origins (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES sources,
    locator TEXT NOT NULL,
    item INTEGER REFERENCES items ON DELETE CASCADE,
    shown INTEGER NOT NULL,
    dropped TEXT,
    raw_hash TEXT NOT NULL,
    pipeline_hash TEXT NOT NULL,
    cleaner_version INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    text_length INTEGER NOT NULL,
    published INTEGER,
    archived INTEGER,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    trail TEXT NOT NULL,
    raw BLOB NOT NULL
  ) STRICT`,
  // Zero for no item: SQLite holds two NULLs to be different.
  `CREATE UNIQUE INDEX origins_by_place ON origins (source, locator, coalesce(item, 0))`,
  `CREATE INDEX origins_by_item ON origins (item)`,
  // A file name is looked for without its directory, by reading this index through.
  `CREATE INDEX origins_by_locator ON origins (locator, source, item)`,
  // Finds stale origins without reading raw texts.
  `CREATE INDEX origins_by_maker ON origins (source, pipeline_hash, cleaner_version)`,
  // Two counts for each source.
  `CREATE INDEX origins_kept ON origins (source, item) WHERE dropped IS NULL`,
  `CREATE INDEX origins_dropped ON origins (source) WHERE dropped IS NOT NULL`,
  `CREATE TABLE revisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
    at INTEGER NOT NULL,
    title TEXT NOT NULL,
    published INTEGER,
    content_html BLOB NOT NULL
  ) STRICT`,
  `CREATE INDEX revisions_by_item ON revisions (item)`,
];

const PEOPLE = [
  `CREATE TABLE users (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE user_items (
    user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    seq INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
    read INTEGER,
    starred INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (user, seq)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX user_items_by_item ON user_items (seq, starred)`,
  `CREATE TABLE user_sources (
    user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    source INTEGER NOT NULL REFERENCES sources,
    read_through INTEGER NOT NULL,
    PRIMARY KEY (user, source)
  ) STRICT, WITHOUT ROWID`,
];
