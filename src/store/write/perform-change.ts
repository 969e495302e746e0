/**
 * Performs one decision of dedupe/ (model/item-change.ts tells what each kind means). Decides nothing itself.
 */
import type { ItemChange } from '../../model/item-change.ts';
import type { CleanItem, Seq } from '../../model/item.ts';
import type { EpochMs } from '../../model/time.ts';
import { enterPublications } from '../declare/membership.ts';
import type { Sighting } from './sighting.ts';
import {
  getItemNow,
  insertItem,
  keepAsRevision,
  keepShownAsRevision,
  moveMoments,
  replaceContent,
  type ItemNow,
} from './write-item.ts';
import { hideOtherOrigins, saveOrigin } from './write-origin.ts';

/** What a change came to, for the count that people read. */
export type Outcome = 'added' | 'changed' | 'unchanged';

type Change<Kind extends ItemChange['kind']> = Extract<ItemChange, { kind: Kind }>;

/** Writes one change. One to an item that was removed meanwhile is passed over: what was taken away stays away. */
export async function performChange(sighting: Sighting, change: ItemChange): Promise<Outcome> {
  if (change.kind === 'new') return add(sighting, change);
  const now = await getItemNow(sighting, change.seq);
  if (now === undefined) return 'unchanged';
  if (change.kind === 'revised') return revise(sighting, change, now);
  if (change.kind === 'earlier') return addEarlier(sighting, change, now);
  if (change.kind === 'origin') return addOrigin(sighting, change, now);
  return seeAgain(sighting, change, now);
}

/** Puts an item into the publications that draw from the source. */
export async function enter(sighting: Sighting, { seq, sort }: { seq: Seq; sort: EpochMs }): Promise<void> {
  const { tx, publications, at, touched } = sighting;
  const entered = await enterPublications(tx, publications, { seq, sort, entered: at });
  for (const publication of entered) touched.add(publication);
}

async function add(sighting: Sighting, change: Change<'new'>): Promise<Outcome> {
  const place = await insertItem(sighting, change);
  await saveOrigin(sighting, change.item, { seq: place.seq, shown: true });
  await enter(sighting, place);
  return 'added';
}

async function revise(sighting: Sighting, change: Change<'revised'>, now: ItemNow): Promise<Outcome> {
  await keepShownAsRevision(sighting, now.seq);
  await see(sighting, change, now, true);
  await replaceContent(sighting, now.seq, change.item);
  await moveMoments(sighting, now, change);
  return 'changed';
}

async function addEarlier(sighting: Sighting, change: Change<'earlier'>, now: ItemNow): Promise<Outcome> {
  const isNews = await see(sighting, change, now, null);
  if (isNews) await keepAsRevision(sighting, now.seq, change.item);
  const isMoved = await moveMoments(sighting, now, change);
  return isNews || isMoved ? 'changed' : 'unchanged';
}

async function addOrigin(sighting: Sighting, change: Change<'origin'>, now: ItemNow): Promise<Outcome> {
  const isNews = await see(sighting, change, now, change.shown ? true : null);
  if (!change.shown || (!isNews && now.fingerprint === change.item.fingerprint)) return 'unchanged';
  await replaceContent(sighting, now.seq, change.item);
  return 'changed';
}

async function seeAgain(sighting: Sighting, change: Change<'same'>, now: ItemNow): Promise<Outcome> {
  await see(sighting, change, now, null);
  return 'unchanged';
}

/** Keeps the origin and its keys, and lets the item into the publications of a source that is new to it. */
async function see(
  sighting: Sighting,
  { item }: { item: CleanItem },
  { seq, sort }: ItemNow,
  shown: true | null,
): Promise<boolean> {
  if (shown) await hideOtherOrigins(sighting, seq, item.locator);
  const { isNews, isAdded } = await saveOrigin(sighting, item, { seq, shown });
  if (isAdded) await enter(sighting, { seq, sort });
  return isNews;
}
