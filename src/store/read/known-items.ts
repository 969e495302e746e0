/**
 * What dedupe/ must know before it decides: which items the keys of a refresh lead to, and which ids are taken.
 */
import type { Kysely } from 'kysely';
import type { ItemId, ItemKey, Seq } from '../../model/item.ts';
import type { KnownItem, KnownOrigin } from '../../model/known-item.ts';
import { inSlices, paceWork } from '../pacing.ts';
import type { Tables } from '../schema.ts';

/** Parameters of one statement. */
const SLICE = 500;

/** Items to which a key leads or that a locator of the source brought before, oldest first; and keys of items that were removed. */
export async function knownItems(
  db: Kysely<Tables>,
  source: number,
  keys: readonly ItemKey[],
  locators: readonly string[],
): Promise<{ items: KnownItem[]; removed: ItemKey[] }> {
  const byKey = await followKeys(db, keys);
  const seqs = new Set([...byKey.seqs, ...(await followLocators(db, source, locators))]);
  const breathe = paceWork();
  const items: KnownItem[] = [];
  for (const slice of inSlices(
    [...seqs].toSorted((a, b) => a - b),
    SLICE,
  )) {
    items.push(...(await describe(db, slice)));
    await breathe();
  }
  return { items, removed: byKey.removed };
}

/** Those of the ids that an item has or had. */
export async function takenIds(db: Kysely<Tables>, ids: readonly ItemId[]): Promise<Set<ItemId>> {
  const breathe = paceWork();
  const taken = new Set<ItemId>();
  for (const slice of inSlices(ids, SLICE)) {
    const rows = await db
      .selectFrom('items')
      .select('id')
      .where('id', 'in', slice)
      .unionAll(db.selectFrom('removed_items').select('id').where('id', 'in', slice))
      .execute();
    for (const { id } of rows) taken.add(id);
    await breathe();
  }
  return taken;
}

async function followKeys(db: Kysely<Tables>, keys: readonly ItemKey[]) {
  const breathe = paceWork();
  const seqs: Seq[] = [];
  const removed: ItemKey[] = [];
  for (const slice of inSlices([...new Set(keys)], SLICE)) {
    const rows = await db
      .selectFrom('item_keys')
      .leftJoin('removed_items', 'removed_items.seq', 'item_keys.seq')
      .select(['item_keys.key', 'item_keys.seq', 'removed_items.id as removed'])
      .where('item_keys.key', 'in', slice)
      .execute();
    for (const row of rows) {
      if (row.removed === null) seqs.push(row.seq);
      else removed.push(row.key);
    }
    await breathe();
  }
  return { seqs, removed };
}

async function followLocators(
  db: Kysely<Tables>,
  source: number,
  locators: readonly string[],
): Promise<Seq[]> {
  const breathe = paceWork();
  const seqs: Seq[] = [];
  for (const slice of inSlices([...new Set(locators)], SLICE)) {
    const rows = await db
      .selectFrom('origins')
      .select('item')
      .where('source', '=', source)
      .where('locator', 'in', slice)
      .where('item', 'is not', null)
      .$narrowType<{ item: Seq }>()
      .execute();
    seqs.push(...rows.map(({ item }) => item));
    await breathe();
  }
  return seqs;
}

async function describe(db: Kysely<Tables>, seqs: readonly Seq[]): Promise<KnownItem[]> {
  const items = await db
    .selectFrom('items')
    .select(['seq', 'id', 'title', 'url', 'published', 'updated', 'crawled'])
    .where('seq', 'in', seqs)
    .orderBy('seq')
    .execute();
  const keys = await keysByItem(db, seqs);
  const origins = await originsByItem(db, seqs);
  return items.map(({ url, ...item }) => ({
    ...item,
    hasUrl: url !== null,
    keys: keys.get(item.seq) ?? [],
    origins: origins.get(item.seq) ?? [],
  }));
}

async function keysByItem(db: Kysely<Tables>, seqs: readonly Seq[]): Promise<Map<Seq, ItemKey[]>> {
  const rows = await db.selectFrom('item_keys').selectAll().where('seq', 'in', seqs).orderBy('key').execute();
  const keys = new Map<Seq, ItemKey[]>();
  for (const { seq, key } of rows) keys.set(seq, [...(keys.get(seq) ?? []), key]);
  return keys;
}

async function originsByItem(db: Kysely<Tables>, seqs: readonly Seq[]): Promise<Map<Seq, KnownOrigin[]>> {
  const rows = await db
    .selectFrom('origins')
    .select([
      'item',
      'source',
      'locator',
      'fingerprint',
      'raw_hash',
      'text_length',
      'published',
      'archived',
      'shown',
    ])
    .where('item', 'in', seqs)
    .$narrowType<{ item: Seq }>()
    .orderBy('number')
    .execute();
  const origins = new Map<Seq, KnownOrigin[]>();
  for (const row of rows) {
    const origin: KnownOrigin = {
      sourceNumber: row.source,
      locator: row.locator,
      fingerprint: row.fingerprint,
      rawHash: row.raw_hash,
      textLength: row.text_length,
      published: row.published,
      archived: row.archived,
      shown: row.shown === 1,
    };
    origins.set(row.item, [...(origins.get(row.item) ?? []), origin]);
  }
  return origins;
}
