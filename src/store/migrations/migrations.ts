/**
 * The list of migrations, in order, and the step that brings a database up to date. Append-only.
 * The names stand in the database: one that is not in this list was written by a newer Feedmill.
 */
import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Tables } from '../schema.ts';
import * as start from './0001-start.ts';
import * as fetching from './0002-fetching.ts';

/** Every migration by the name under which the database remembers it. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-start': start,
  '0002-fetching': fetching,
};

/** Runs what was not yet run, in one transaction: after a crash the database is as it was before. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
