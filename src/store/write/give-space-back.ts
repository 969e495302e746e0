/**
 * Gives the space of what was removed back to the disk: SQLite moves pages from the end of the file into the holes,
 * some at a time, because each statement holds up the process until it is done.
 */
import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../schema.ts';

/** Pages of 4 KB a statement. */
const PAGES = 100;

/** A database that was made without holes in mind (before 0.2) keeps them, and fills them again. @returns bytes given back */
export async function giveSpaceBack(db: Kysely<Tables>): Promise<number> {
  const size = await readNumber(db, 'page_size');
  const before = await readNumber(db, 'freelist_count');
  let left = before;
  for (;;) {
    await sql.raw(`PRAGMA incremental_vacuum(${PAGES})`).execute(db);
    const now = await readNumber(db, 'freelist_count');
    if (now >= left) return (before - now) * size;
    left = now;
    await setImmediate();
  }
}

async function readNumber(db: Kysely<Tables>, pragma: 'page_size' | 'freelist_count'): Promise<number> {
  const { rows } = await sql.raw<Record<string, number>>(`PRAGMA ${pragma}`).execute(db);
  return rows[0]?.[pragma] ?? 0;
}
