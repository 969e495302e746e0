/**
 * Origins whose item was made by another pipeline or an older cleaner than today's.
 */
import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import type { StaleOrigin } from '../store.ts';
import { decompressText } from '../zstd.ts';

/** Oldest first. */
export async function listStale(
  db: Kysely<Tables>,
  cleanerVersion: number,
  limit: number,
): Promise<StaleOrigin[]> {
  const rows = await db
    .selectFrom('origins')
    .select(['number', 'source', 'item', 'locator', 'raw', 'last_seen'])
    .where('number', 'in', staleQuery(db, cleanerVersion).limit(limit))
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    origin: row.number,
    sourceNumber: row.source,
    seq: row.item,
    locator: row.locator,
    raw: decompressText(row.raw),
    lastSeen: row.last_seen,
  }));
}

/** The cross join keeps the order of the tables: for each source its index entries are read through, and no raw text. */
export function staleQuery(db: Kysely<Tables>, cleanerVersion: number) {
  return db
    .selectFrom('sources')
    .crossJoin('origins')
    .select('origins.number')
    .whereRef('origins.source', '=', 'sources.number')
    .where('sources.position', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('origins.pipeline_hash', '<>', eb.ref('sources.pipeline_hash')),
        eb('origins.cleaner_version', '<', cleanerVersion),
      ]),
    )
    .orderBy('origins.number');
}
