/**
 * Looks into, and writes to, a database beside the port: for comparing whole tables, and for what no method does yet.
 */
import { sql } from 'kysely';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { connect, type Connection } from '../../src/store/sqlite-driver.ts';
import { migrate } from '../../src/store/migrations/migrations.ts';
import type { TestStore } from './contract/check.ts';

/** A store in memory, whose connection the test keeps. */
export async function openInMemory(): Promise<TestStore> {
  const connection = connect(':memory:', { readOnly: false, isNew: true });
  await migrate(connection.db);
  return {
    store: createSqliteStore({ reader: connection, writer: connection }),
    ...peephole(() => connection),
  };
}

/** The second half of a TestStore. */
export function peephole(connection: () => Connection): Pick<TestStore, 'dump' | 'star'> {
  return {
    dump: () => dumpTables(connection()),
    star: async (seq) => {
      const { db } = connection();
      await sql`INSERT INTO users (name, created) VALUES ('Wu', 0)`.execute(db);
      await sql`INSERT INTO user_items (user, seq, read, starred, changed) VALUES (1, ${seq}, NULL, 1, 0)`.execute(
        db,
      );
    },
  };
}

/** Every row of every table, the counters of AUTOINCREMENT included. */
export async function dumpTables({ db }: Connection): Promise<Record<string, unknown[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`.execute(db);
  const dump: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    const { rows } = await sql`SELECT * FROM ${sql.table(name)}`.execute(db);
    dump[name] = rows.map((row) => ({ ...(row as object) }));
  }
  return dump;
}
