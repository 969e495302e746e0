/**
 * What is declared now, in the order of the declaration, with what is known of it.
 */
import { sql, type Kysely } from 'kysely';
import type { Warning } from '../../model/warning.ts';
import type { Tables } from '../schema.ts';
import type { SourceSummary, StoredPublication } from '../store.ts';

/** The declared sources. An item with several origins in one source counts once. */
export async function listSources(db: Kysely<Tables>): Promise<SourceSummary[]> {
  const rows = await db
    .selectFrom('sources')
    .selectAll()
    .select([
      sql<number>`(SELECT count(*) FROM (SELECT DISTINCT item FROM origins
        WHERE source = sources.number AND dropped IS NULL AND item IS NOT NULL))`.as('items'),
      sql<number>`(SELECT count(*) FROM origins WHERE source = sources.number AND dropped IS NOT NULL)`.as(
        'dropped',
      ),
    ])
    .where('position', 'is not', null)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    number: row.number,
    key: row.key,
    type: row.type,
    address: row.address,
    folder: row.folder,
    items: row.items,
    dropped: row.dropped,
    lastSuccess: row.last_success,
    lastAttempt: row.last_attempt,
    lastError:
      row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? row.error_code },
    warnings: JSON.parse(row.warnings) as Warning[],
  }));
}

/** The declared publications. */
export function listPublications(db: Kysely<Tables>): Promise<StoredPublication[]> {
  return db
    .selectFrom('publications')
    .select(['number', 'name', 'created', 'changed'])
    .where('position', 'is not', null)
    .orderBy('position')
    .execute();
}
