/**
 * Origins: what each source said of an item, raw text included, and the keys under which it was seen.
 * Seeing the same again writes nothing at all.
 */
import type { Kysely } from 'kysely';
import type { CleanItem, ItemKey, Seq } from '../../model/item.ts';
import type { Tables } from '../schema.ts';
import { compressText } from '../zstd.ts';
import {
  droppedAt,
  insertOrigins,
  isMadeBy,
  originsAt,
  putOrigin,
  type OriginNow,
  type OriginRow,
} from './origin-rows.ts';
import type { Sighting } from './sighting.ts';

/** What saving an origin came to. */
export interface SavedOrigin {
  /** Whether its raw text was not known from this place. */
  readonly isNews: boolean;
  /** Whether the item had no undropped origin at this place before, so that publications may gain it. */
  readonly isAdded: boolean;
}

/** Writes the source's word on items that it is the first to bring, as `saveOrigin` does for one. */
export async function saveFirstOrigins(
  sighting: Sighting,
  items: readonly { readonly item: CleanItem; readonly seq: Seq }[],
): Promise<void> {
  await addKeys(
    sighting.tx,
    items.flatMap(({ item, seq }) => item.keys.map((key) => ({ key, seq }))),
  );
  const locators = items.map(({ item }) => item.locator);
  const superseded = await droppedAt(sighting, locators);
  const fresh: OriginRow[] = [];
  for (const { item, seq } of items) {
    const row = rowOf(sighting, item, { seq, isShown: true });
    const number = superseded.get(item.locator);
    superseded.delete(item.locator);
    if (number === undefined) fresh.push(row);
    else await putOrigin(sighting, number, row);
  }
  await insertOrigins(sighting, fresh);
}

/**
 * Writes the source's word on an item and adds its keys.
 * A text that was dropped at the same place before is superseded: its row becomes this origin's.
 * @param shown whether the item shows this origin's text from now on; null: as before
 */
export async function saveOrigin(
  sighting: Sighting,
  item: CleanItem,
  { seq, shown }: { seq: Seq; shown: true | null },
): Promise<SavedOrigin> {
  await addKeys(
    sighting.tx,
    item.keys.map((key) => ({ key, seq })),
  );
  const { own, row } = await findPlace(sighting, item.locator, seq);
  const isShown = shown ?? own?.shown === 1;
  if (own !== undefined && isSame(own, item, isShown, sighting)) return { isNews: false, isAdded: false };
  await putOrigin(sighting, row, rowOf(sighting, item, { seq, isShown }));
  if (row === undefined) await forgetOldest(sighting, seq);
  return { isNews: own?.raw_hash !== item.rawHash, isAdded: own === undefined || own.dropped !== null };
}

/** Of one source's places that an item was seen at. Publishers that change their guids at every look would fill the store. */
const MAX_PLACES = 16;

/** What is shown stays, and so do the keys. */
async function forgetOldest({ tx, source }: Sighting, seq: Seq): Promise<void> {
  const hidden = tx
    .selectFrom('origins')
    .where('item', '=', seq)
    .where('source', '=', source)
    .where('shown', '=', 0);
  const oldest = hidden.select('number').orderBy('number', 'desc').limit(-1).offset(MAX_PLACES);
  await tx.deleteFrom('origins').where('number', 'in', oldest).execute();
}

/** Says of an item's other origins that they are not shown. */
export async function hideOtherOrigins({ tx, source }: Sighting, seq: Seq, locator: string): Promise<void> {
  await tx
    .updateTable('origins')
    .set({ shown: 0 })
    .where('item', '=', seq)
    .where('shown', '=', 1)
    .where((eb) => eb.or([eb('source', '<>', source), eb('locator', '<>', locator)]))
    .execute();
}

/** Writes what another cleaner made of an origin's raw text. When and where it was seen stays. */
export async function saveOriginAnew(
  sighting: Sighting,
  origin: number,
  { seq, item }: { seq: Seq; item: CleanItem },
): Promise<void> {
  await addKeys(
    sighting.tx,
    item.keys.map((key) => ({ key, seq })),
  );
  await sighting.tx
    .updateTable('origins')
    .set({ ...madeOf(sighting, item), dropped: null })
    .where('number', '=', origin)
    .execute();
}

/** A key that leads to some item already stays with it. */
async function addKeys(tx: Kysely<Tables>, keys: { key: ItemKey; seq: Seq }[]): Promise<void> {
  if (keys.length === 0) return;
  await tx
    .insertInto('item_keys')
    .values(keys)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The item's own origin at a place, and the row to write to: its own, else that of a dropped text, else (undefined) a new one. */
async function findPlace(
  sighting: Sighting,
  locator: string,
  seq: Seq,
): Promise<{ own: OriginNow | undefined; row: number | undefined }> {
  const there = await originsAt(sighting, locator);
  const own = there.find((origin) => origin.item === seq);
  const dropped = there.find((origin) => origin.item === null);
  if (own !== undefined && dropped !== undefined) {
    await sighting.tx.deleteFrom('origins').where('number', '=', dropped.number).execute();
  }
  return { own, row: (own ?? dropped)?.number };
}

function isSame(own: OriginNow, item: CleanItem, isShown: boolean, sighting: Sighting): boolean {
  return (
    own.raw_hash === item.rawHash &&
    own.fingerprint === item.fingerprint &&
    own.shown === Number(isShown) &&
    own.dropped === null &&
    isMadeBy(own, sighting)
  );
}

function rowOf(
  sighting: Sighting,
  item: CleanItem,
  { seq, isShown }: { seq: Seq; isShown: boolean },
): OriginRow {
  return {
    source: sighting.source,
    locator: item.locator,
    raw: compressText(item.raw),
    raw_hash: item.rawHash,
    ...madeOf(sighting, item),
    item: seq,
    shown: Number(isShown),
    dropped: null,
    last_seen: sighting.at,
  };
}

function madeOf(sighting: Sighting, item: CleanItem) {
  return {
    pipeline_hash: sighting.pipelineHash,
    cleaner_version: sighting.cleanerVersion,
    fingerprint: item.fingerprint,
    text_length: item.contentText.length,
    published: item.published,
    archived: item.archived,
    trail: JSON.stringify(item.trail),
    warnings: JSON.stringify(item.warnings),
  };
}
