/**
 * What was learned of sources by fetching them, and what a refresh asks before it begins.
 */
import type { Kysely } from 'kysely';
import type { SourceState } from '../../model/fetch.ts';
import type { Tables } from '../schema.ts';
import type { DueTime } from '../store.ts';
import { toSourceState } from '../write/source-state-row.ts';

/** More than any feed lists that is read often; what falls out is cleaned again, and found to be the same. */
const MAX_KNOWN = 1000;

/** Null before the first attempt. */
export async function getSourceState(db: Kysely<Tables>, source: number): Promise<SourceState | null> {
  const row = await db
    .selectFrom('source_states')
    .innerJoin('sources', 'sources.number', 'source_states.source')
    .selectAll('source_states')
    .select(['sources.last_attempt', 'sources.last_success'])
    .where('source_states.source', '=', source)
    .executeTakeFirst();
  return row === undefined
    ? null
    : toSourceState(row, { lastAttempt: row.last_attempt, lastSuccess: row.last_success });
}

/** Of declared sources that were ever tried. */
export function listDueTimes(db: Kysely<Tables>): Promise<DueTime[]> {
  return db
    .selectFrom('source_states')
    .innerJoin('sources', 'sources.number', 'source_states.source')
    .select([
      'source_states.source as sourceNumber',
      'source_states.read_as as readAs',
      'source_states.next_fetch as nextFetch',
      'sources.last_attempt as lastAttempt',
    ])
    .where('sources.position', 'is not', null)
    .execute();
}

/** The newest word of each place. */
export async function knownRaw(db: Kysely<Tables>, source: number): Promise<Record<string, string>> {
  const rows = await knownRawQuery(db, source).execute();
  // A publisher may call an item `__proto__`; entries make it an ordinary name.
  return Object.fromEntries(rows.toReversed().map(({ locator, raw_hash: hash }) => [locator, hash]));
}

/** Newest first. */
function knownRawQuery(db: Kysely<Tables>, source: number) {
  return db
    .selectFrom('origins')
    .select(['locator', 'raw_hash'])
    .where('source', '=', source)
    .orderBy('number', 'desc')
    .limit(MAX_KNOWN);
}
