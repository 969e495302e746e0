/**
 * SQLite for Kysely, on node:sqlite; the one home of that module.
 * Promises: WAL, a busy timeout of 5 s, foreign keys; transactions take the write lock at their start, so that none fails half-way;
 * statements are prepared once; SQLite's errors come out as FeedmillError where a person can mend them.
 */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type SqliteStatement,
} from 'kysely';
import { FeedmillError, type ErrorCode } from '../model/error.ts';
import type { Tables } from './schema.ts';

/** An open connection. */
export interface Connection {
  readonly db: Kysely<Tables>;
  /** Waits for the running transaction, then closes. */
  close(): Promise<void>;
}

/** The same query with another number of values is another statement: some must go again. */
const MAX_STATEMENTS = 200;
const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens one connection; `:memory:` is a database of its own. Only one that `isNew` can be made so that it gives space back.
 * @throws `database-unwritable` where the file cannot be opened, `database-damaged` where it is no database
 */
export function connect(file: string, options: { readOnly: boolean; isNew?: boolean }): Connection {
  const database = explained(file, () => {
    const opened = new DatabaseSync(file, { readOnly: options.readOnly, timeout: BUSY_TIMEOUT_MS });
    if (options.isNew === true) opened.exec('PRAGMA auto_vacuum = INCREMENTAL');
    if (!options.readOnly) opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    return opened;
  });
  const shim = { prepare: preparer(database, file), close: () => database.close() };
  const db = new Kysely<Tables>({
    dialect: {
      createDriver: () => new ImmediateDriver({ database: shim }),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new TransactionalAdapter(),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    },
  });
  return {
    db,
    close: async () => {
      await db.connection().execute(async () => undefined);
      await db.destroy();
    },
  };
}

/**
 * Locks a side file until it is released or the process dies; null where another process has it.
 * @throws `database-unwritable` where the file cannot be made
 */
export function lockExclusively(file: string): { release(): void } | null {
  return explained(file, () => {
    const database = new DatabaseSync(file, { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (primaryCode(error) === SQLITE_BUSY) return null;
      throw error;
    }
    return { release: () => database.close() };
  });
}

/** A deferred transaction that reads first and writes then can be refused in the middle; this one waits at its start. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** SQLite's schema changes are transactional, whatever Kysely's adapter says: a migration is whole or did not happen. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function preparer(database: DatabaseSync, file: string): (sql: string) => SqliteStatement {
  const prepared = new Map<string, SqliteStatement>();
  return (sql) => {
    const statement = prepared.get(sql) ?? explained(file, () => prepare(database, file, sql));
    prepared.delete(sql);
    prepared.set(sql, statement);
    const [oldest] = prepared.keys();
    if (prepared.size > MAX_STATEMENTS && oldest !== undefined) prepared.delete(oldest);
    return statement;
  };
}

function prepare(database: DatabaseSync, file: string, sql: string): SqliteStatement {
  const statement = database.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => explained(file, () => statement.all(...asInput(parameters))),
    run: (parameters) => explained(file, () => statement.run(...asInput(parameters))),
    iterate: (parameters) => statement.iterate(...asInput(parameters)),
  };
}

/** Kysely has checked the values against the columns of schema.ts, which are all of types that SQLite takes. */
function asInput(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[];
}

const SQLITE_BUSY = 5;

/** What the primary result code means to a person. @see https://sqlite.org/rescode.html */
const EXPLANATIONS: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  [SQLITE_BUSY]: ['database-in-use', 'is held by another process. Stop it, or try again'],
  8: ['database-unwritable', 'cannot be written. Give Feedmill the right to write it and its directory'],
  10: ['write-failed', 'could not be read or written. Look after the disk, then start again'],
  11: [
    'database-damaged',
    'is damaged. It was left as it is: put a backup in its place, or move it away to start anew',
  ],
  13: ['write-failed', 'could not grow, the disk is full. Make room, then start again'],
  14: [
    'database-unwritable',
    'cannot be opened. Give Feedmill the right to read and write it and its directory',
  ],
  26: [
    'database-damaged',
    'is not a database. It was left as it is: put a backup in its place, or move it away to start anew',
  ],
};

function explained<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const explanation = EXPLANATIONS[primaryCode(error) ?? 0];
    if (explanation === undefined || !(error instanceof Error)) throw error;
    const [code, advice] = explanation;
    throw new FeedmillError(code, `${file} ${advice} (SQLite: ${error.message}).`, { cause: error });
  }
}

function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}
