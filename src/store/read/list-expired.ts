/**
 * Which items of a source are old enough to go (`keep`), counted from their arrival.
 */
import type { Kysely } from 'kysely';
import type { Seq } from '../../model/item.ts';
import type { EpochMs } from '../../model/time.ts';
import type { Tables } from '../schema.ts';
import type { ExpiredQuestion } from '../store.ts';

const PAGE = 500;

/** Begins with the oldest number. What another source holds on to is passed over. */
export async function listExpired(
  db: Kysely<Tables>,
  { sourceNumber, before, after }: ExpiredQuestion,
): Promise<{ seqs: Seq[]; next: Seq | null }> {
  const limit = before.get(sourceNumber);
  const last = limit === undefined ? null : await lastBefore(db, limit);
  if (limit === undefined || last === null) return { seqs: [], next: null };
  const page = await db
    .selectFrom('origins')
    .select('item')
    .distinct()
    .where('source', '=', sourceNumber)
    .where('dropped', 'is', null)
    .where('item', '<=', last)
    .$if(after !== null, (query) => query.where('item', '>', after))
    .orderBy('item')
    .limit(PAGE)
    .execute();
  const seqs = page.flatMap(({ item }) => (item === null ? [] : [item]));
  const held = await heldElsewhere(db, seqs, before);
  const next = seqs.length < PAGE ? null : (seqs.at(-1) ?? null);
  return { seqs: seqs.filter((seq) => !held.has(seq)), next };
}

/** Numbers grow with arrival, so one look at the index tells where the old ones end. */
async function lastBefore(db: Kysely<Tables>, limit: EpochMs): Promise<Seq | null> {
  const row = await db
    .selectFrom('items')
    .select('seq')
    .where('crawled', '<', limit)
    .orderBy('crawled', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? null;
}

async function heldElsewhere(
  db: Kysely<Tables>,
  seqs: readonly Seq[],
  before: ReadonlyMap<number, EpochMs>,
): Promise<Set<Seq>> {
  if (seqs.length === 0) return new Set();
  const rows = await db
    .selectFrom('origins')
    .innerJoin('items', 'items.seq', 'origins.item')
    .select(['items.seq', 'items.crawled', 'origins.source'])
    .where('origins.item', 'in', seqs)
    .where('origins.dropped', 'is', null)
    .execute();
  return new Set(
    rows.filter(({ crawled, source }) => crawled >= (before.get(source) ?? 0)).map(({ seq }) => seq),
  );
}
