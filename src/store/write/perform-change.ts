/**
 * Performs one decision of dedupe/ (model/item-change.ts tells what each kind means). Decides nothing itself.
 */
import type { ItemChange } from '../../model/item-change.ts';
import type { CleanItem, Seq } from '../../model/item.ts';
import type { EpochMs } from '../../model/time.ts';
import { decideItem } from '../declare/decide-membership.ts';
import { isAdmitted } from '../declare/definitions.ts';
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
import { hideOtherOrigins, saveFirstOrigins, saveOrigin, type SavedOrigin } from './write-origin.ts';

/** What a change came to, for the count that people read. */
export type Outcome = 'added' | 'changed' | 'unchanged';

type Place = { readonly seq: Seq; readonly sort: EpochMs };
type Change<Kind extends ItemChange['kind']> = Extract<ItemChange, { kind: Kind }>;

/** Writes items that are new: a first import is nothing else, so it pays to write many with one statement. */
export async function addItems(sighting: Sighting, changes: readonly NewItem[]): Promise<void> {
  if (changes.length === 0) return;
  const written = await insertItems(sighting, changes);
  await saveFirstOrigins(sighting, written);
  await enter(sighting, written);
  await enterAdmitting(sighting, written);
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

/** Puts items into the publications that draw from the source and have no conditions; about the others decides `settle`. */
export function enter(sighting: Sighting, places: readonly Place[]): Promise<void> {
  const { publications, definitions } = sighting;
  return enterThese(
    sighting,
    places,
    publications.filter((publication) => !definitions.has(publication)),
  );
}

/** Has an item whose text, moments or origins changed follow the conditions of its publications. Comes last. */
export async function settle({ tx, definitions, at, touched }: Sighting, seq: Seq): Promise<void> {
  if (definitions.size === 0) return;
  for (const publication of await decideItem(tx, definitions, seq, at)) touched.add(publication);
}

/** New items are decided from what is at hand, and enter the publications whose conditions they meet. */
async function enterAdmitting(
  sighting: Sighting,
  written: readonly (Place & { readonly item: CleanItem })[],
): Promise<void> {
  const { publications, definitions, at } = sighting;
  for (const publication of publications.filter((number) => definitions.has(number))) {
    const definition = definitions.get(publication);
    const admitted = written.filter(({ item }) =>
      isAdmitted(definition, { ...item, text: item.contentText }, at),
    );
    await enterThese(sighting, admitted, [publication]);
  }
}

async function enterThese(
  { tx, at, touched }: Sighting,
  items: readonly Place[],
  publications: readonly number[],
): Promise<void> {
  if (items.length === 0 || publications.length === 0) return;
  const places = items.map(({ seq, sort }) => ({ seq, sort, entered: at }));
  const entered = await enterPublications(tx, publications, places);
  for (const publication of entered) touched.add(publication);
}

async function revise(sighting: Sighting, change: Change<'revised'>, now: ItemNow): Promise<Outcome> {
  await keepShownAsRevision(sighting, now.seq);
  await see(sighting, change, now, true);
  await replaceContent(sighting, now.seq, change.item);
  await moveMoments(sighting, now, change);
  await settle(sighting, now.seq);
  return 'changed';
}

async function addEarlier(sighting: Sighting, change: Change<'earlier'>, now: ItemNow): Promise<Outcome> {
  const { isNews, isAdded } = await see(sighting, change, now, null);
  if (isNews) await keepAsRevision(sighting, now.seq, change.item);
  const isMoved = await moveMoments(sighting, now, change);
  if (isMoved || isAdded) await settle(sighting, now.seq);
  return isNews || isMoved ? 'changed' : 'unchanged';
}

async function addOrigin(sighting: Sighting, change: Change<'origin'>, now: ItemNow): Promise<Outcome> {
  const { isNews, isAdded } = await see(sighting, change, now, change.shown ? true : null);
  const isReplaced = change.shown && (isNews || now.fingerprint !== change.item.fingerprint);
  if (isReplaced) await replaceContent(sighting, now.seq, change.item);
  if (isReplaced || isAdded) await settle(sighting, now.seq);
  return isReplaced ? 'changed' : 'unchanged';
}

async function seeAgain(sighting: Sighting, change: Change<'same'>, now: ItemNow): Promise<Outcome> {
  const { isAdded } = await see(sighting, change, now, null);
  if (isAdded) await settle(sighting, now.seq);
  return 'unchanged';
}

/** Keeps the origin and its keys, and lets the item into the publications of a source that is new to it. */
async function see(
  sighting: Sighting,
  { item }: { item: CleanItem },
  { seq, sort }: ItemNow,
  shown: true | null,
): Promise<SavedOrigin> {
  if (shown) await hideOtherOrigins(sighting, seq, item.locator);
  const saved = await saveOrigin(sighting, item, { seq, shown });
  if (saved.isAdded) await enter(sighting, [{ seq, sort }]);
  return saved;
}
