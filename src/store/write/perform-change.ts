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
  insertItems,
  keepAsRevision,
  keepShownAsRevision,
  moveMoments,
  replaceContent,
  type ItemNow,
  type NewItem,
} from './write-item.ts';
import { hideOtherOrigins, saveFirstOrigins, saveOrigin } from './write-origin.ts';

/** What a change came to, for the count that people read. */
export type Outcome = 'added' | 'changed' | 'unchanged';

type Change<Kind extends ItemChange['kind']> = Extract<ItemChange, { kind: Kind }>;

/** Writes items that are new: a first import is nothing else, so it pays to write many with one statement. */
export async function addItems(sighting: Sighting, changes: readonly NewItem[]): Promise<void> {
  if (changes.length === 0) return;
  const written = await insertItems(sighting, changes);
  await saveFirstOrigins(sighting, written);
  await enter(sighting, written);
}

/** Writes one change. One to an item that was removed meanwhile is passed over: what was taken away stays away. */
export async function performChange(sighting: Sighting, change: ItemChange): Promise<Outcome> {
  if (change.kind === 'new') {
    await addItems(sighting, [change]);
    return 'added';
  }
  const now = await getItemNow(sighting, change.seq);
  if (now === undefined) return 'unchanged';
  if (change.kind === 'revised') return revise(sighting, change, now);
  if (change.kind === 'earlier') return addEarlier(sighting, change, now);
  if (change.kind === 'origin') return addOrigin(sighting, change, now);
  return seeAgain(sighting, change, now);
}

/** Puts items into the publications that draw from the source. */
export async function enter(
  { tx, publications, at, touched }: Sighting,
  items: readonly { readonly seq: Seq; readonly sort: EpochMs }[],
): Promise<void> {
  const places = items.map(({ seq, sort }) => ({ seq, sort, entered: at }));
  const entered = await enterPublications(tx, publications, places);
  for (const publication of entered) touched.add(publication);
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
  if (isAdded) await enter(sighting, [{ seq, sort }]);
  return isNews;
}
