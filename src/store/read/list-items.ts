/**
 * Lists of stored items: in the order of a feed, in the order of arrival.
 * Every list goes along an index and is read in slices, so that no page, however long, holds up the process.
 */
import type { Kysely } from 'kysely';
import type { Seq, StoredItem } from '../../model/item.ts';
import type { EpochMs } from '../../model/time.ts';
import { inSlices, paceWork } from '../pacing.ts';
import type { Tables } from '../schema.ts';
import type { FeedCursor, FeedPage } from '../store.ts';
import { itemQuery, toStoredItem } from './read-items.ts';

/** What a page of a feed is asked for with. */
export interface FeedPageOptions {
  readonly limit: number;
  readonly order: 'newest' | 'oldest';
  readonly after?: FeedCursor;
}

/** Rows read by one statement: some 10 ms of work. */
const SLICE = 200;

/** A page of a publication in feed order. */
export async function listFeed(
  db: Kysely<Tables>,
  publication: number,
  { limit, order, after }: FeedPageOptions,
): Promise<FeedPage> {
  const breathe = paceWork();
  const items: StoredItem[] = [];
  let cursor = after;
  let isMore = true;
  while (isMore && items.length < limit) {
    const wanted = Math.min(SLICE, limit - items.length);
    const rows = await feedQuery(db, publication, order, cursor)
      .limit(wanted + 1)
      .execute();
    isMore = rows.length > wanted;
    items.push(...rows.slice(0, wanted).map(toStoredItem));
    cursor = rows[wanted - 1] ?? cursor;
    await breathe();
  }
  return { items, next: isMore && cursor !== undefined ? { sort: cursor.sort, seq: cursor.seq } : null };
}

/** The statement behind `listFeed`; exported for the test that asks SQLite how it means to run it. */
export function feedQuery(
  db: Kysely<Tables>,
  publication: number,
  order: 'newest' | 'oldest',
  after: FeedCursor | undefined,
) {
  const direction = order === 'newest' ? 'desc' : 'asc';
  const query = itemQuery(db)
    .innerJoin('publication_items as place', 'place.seq', 'items.seq')
    .where('place.publication', '=', publication)
    .orderBy('place.sort', direction)
    .orderBy('place.seq', direction);
  if (after === undefined) return query;
  return query.where((eb) =>
    eb(
      eb.refTuple('place.sort', 'place.seq'),
      order === 'newest' ? '<' : '>',
      eb.tuple(after.sort as EpochMs, after.seq),
    ),
  );
}

/** How many items stand in the publication. */
export async function countFeed(db: Kysely<Tables>, publication: number): Promise<number> {
  const { count } = await db
    .selectFrom('publication_items')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('publication', '=', publication)
    .executeTakeFirstOrThrow();
  return count;
}

/** Items of a publication in order of sequence number. */
export async function listFeedByArrival(
  db: Kysely<Tables>,
  publication: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<StoredItem[]> {
  const seqs = await arrivalQuery(db, publication).offset(offset).limit(limit).execute();
  const breathe = paceWork();
  const items: StoredItem[] = [];
  for (const slice of inSlices(
    seqs.map(({ seq }) => seq),
    SLICE,
  )) {
    const rows = await itemQuery(db).where('items.seq', 'in', slice).orderBy('items.seq').execute();
    items.push(...rows.map(toStoredItem));
    await breathe();
  }
  return items;
}

/** The statement that finds a page of `listFeedByArrival`. */
export function arrivalQuery(db: Kysely<Tables>, publication: number) {
  return db
    .selectFrom('publication_items')
    .select('seq')
    .where('publication', '=', publication)
    .orderBy('seq');
}

/** All items in order of sequence number. */
export async function listItems(db: Kysely<Tables>, after: Seq | null, limit: number): Promise<StoredItem[]> {
  const breathe = paceWork();
  const items: StoredItem[] = [];
  let last = after;
  let isMore = true;
  while (isMore && items.length < limit) {
    const wanted = Math.min(SLICE, limit - items.length);
    const rows = await allItemsQuery(db, last).limit(wanted).execute();
    items.push(...rows.map(toStoredItem));
    isMore = rows.length === wanted;
    last = rows.at(-1)?.seq ?? last;
    await breathe();
  }
  return items;
}

/** The statement behind `listItems`. */
export function allItemsQuery(db: Kysely<Tables>, after: Seq | null) {
  const query = itemQuery(db).orderBy('items.seq');
  return after === null ? query : query.where('items.seq', '>', after);
}
