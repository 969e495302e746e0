/**
 * What is declared now, in the order of the declaration, with what is known of it.
 */
import { sql, type Kysely, type Selectable } from 'kysely';
import type { Warning } from '../../model/warning.ts';
import { paceWork } from '../pacing.ts';
import type { Tables } from '../schema.ts';
import type { SourceSummary, StoredPublication } from '../store.ts';
import { getSourceState } from './source-states.ts';

/** Enough for a median; few enough to be read for every source. */
const LAST_ITEMS = 20;

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
      sql<string | null>`(SELECT icon FROM source_icons WHERE source = sources.number)`.as('icon'),
    ])
    .where('position', 'is not', null)
    .orderBy('position')
    .execute();
  const breathe = paceWork();
  const summaries: SourceSummary[] = [];
  for (const row of rows) {
    const { number } = row;
    const [state, publishesEveryMs] = [await getSourceState(db, number), await medianInterval(db, number)];
    summaries.push({ ...describe(row), state, publishesEveryMs });
    await breathe();
  }
  return summaries;
}

type Row = Selectable<Tables['sources']> & { items: number; dropped: number; icon: string | null };

function describe(row: Row): Omit<SourceSummary, 'state' | 'publishesEveryMs'> {
  return {
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
    icon: row.icon,
  };
}

async function medianInterval(db: Kysely<Tables>, source: number): Promise<number | null> {
  const newest = db
    .selectFrom('origins')
    .select('item')
    .distinct()
    .where('source', '=', source)
    .where('dropped', 'is', null)
    .where('item', 'is not', null)
    .orderBy('item', 'desc')
    .limit(LAST_ITEMS);
  const rows = await db
    .selectFrom('items')
    .select('sort')
    .where('seq', 'in', newest)
    .orderBy('sort')
    .execute();
  const gaps = rows.slice(1).map(({ sort }, index) => sort - (rows[index]?.sort ?? sort));
  return gaps.length < 2 ? null : (gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? null);
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
