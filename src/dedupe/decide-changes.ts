/**
 * Decides, from data alone, what each fresh item is: new, revised, the same, an earlier text, or another source's word
 * (product.md section 4). Performs nothing: store/ does, in one transaction.
 */
import type { CleanItem, ItemId, ItemKey } from '../model/item.ts';
import type { ItemChange } from '../model/item-change.ts';
import { candidateIds, fallbackId, keyKind, parseItemId } from '../model/item-key.ts';
import type { KnownItem, KnownOrigin } from '../model/known-item.ts';
import type { EpochMs } from '../model/time.ts';
import { isLater, momentOf, momentsOfTwo, updatedOnArrival, updatedOnRevision } from './moments.ts';
import { areListedApart, createRecogniser, type Surroundings } from './recognise.ts';

export interface FreshItems extends Surroundings {
  readonly fresh: readonly CleanItem[];
  readonly known: readonly KnownItem[];
  /** Keys of items that were taken away on purpose: what they lead to does not come back. */
  readonly removed: ReadonlySet<ItemKey>;
  /** Ids that are another item's. */
  readonly takenIds: ReadonlySet<ItemId>;
  readonly sourceKey: string;
  readonly now: EpochMs;
}

export interface Decision {
  readonly changes: readonly ItemChange[];
  /** Items that share a key with a new one of this very call: to be decided again once that one is stored. */
  readonly deferred: readonly CleanItem[];
  /** Items that were taken away on purpose. */
  readonly withheld: readonly CleanItem[];
}

/** Every fresh item ends in exactly one of the three lists. */
export function decideChanges(input: FreshItems): Decision {
  const recognise = createRecogniser(input.known, input);
  const changes: ItemChange[] = [];
  const deferred: CleanItem[] = [];
  const withheld: CleanItem[] = [];
  const arriving = new Map<ItemKey, CleanItem>();
  const ids = new Set(input.takenIds);

  for (const item of input.fresh) {
    const known = recognise(item);
    if (known !== null) {
      changes.push(decideKnown(item, known, input));
    } else if (wasRemoved(item, input.removed)) {
      withheld.push(item);
    } else if (item.keys.some((key) => isSameArrival(item, arriving.get(key)))) {
      deferred.push(item);
    } else {
      const id = chooseId(item, input.sourceKey, ids);
      ids.add(id);
      remember(arriving, item);
      changes.push({ kind: 'new', id, item, updated: updatedOnArrival(item, input.now) });
    }
  }
  return { changes, deferred, withheld };
}

/** Every id that `decideChanges` may want for these items; the caller asks the store which of them are taken. */
export function wantedIds(fresh: readonly CleanItem[], sourceKey: string): ItemId[] {
  return fresh.flatMap((item) => [
    ...exportedId(item),
    ...candidateIds(item.keys, sourceKey),
    ...fallbackIds(item),
  ]);
}

/** What leads to a removed item by address or guid stays away; by its text, only what has no other name. */
function wasRemoved({ keys }: CleanItem, removed: ReadonlySet<ItemKey>): boolean {
  const names = keys.filter((key) => keyKind(key) !== 'text');
  return (names.length > 0 ? names : keys).some((key) => removed.has(key));
}

function remember(arriving: Map<ItemKey, CleanItem>, item: CleanItem): void {
  for (const key of item.keys) if (!arriving.has(key)) arriving.set(key, item);
}

function isSameArrival(item: CleanItem, arrived: CleanItem | undefined): boolean {
  return arrived !== undefined && !areListedApart(item.keys, arrived.keys);
}

function chooseId(item: CleanItem, sourceKey: string, taken: ReadonlySet<ItemId>): ItemId {
  const candidates = [...exportedId(item), ...candidateIds(item.keys, sourceKey), ...fallbackIds(item)];
  const free = candidates.find((id) => !taken.has(id));
  if (free === undefined) throw new Error(`no id is left for ${item.locator}`);
  return free;
}

/** The text at this place, then the same told apart by a number: more often than that nothing can come under all the same keys. */
function fallbackIds({ keys, locator, rawHash }: CleanItem): ItemId[] {
  return Array.from({ length: 3 }, (_, number) => fallbackId(keys, `${locator}\n${rawHash}\n${number}`));
}

function exportedId(item: CleanItem): ItemId[] {
  const id = item.exported?.id ?? null;
  const parsed = id === null ? null : parseItemId(id);
  return parsed === null ? [] : [parsed];
}

function decideKnown(item: CleanItem, known: KnownItem, input: FreshItems): ItemChange {
  const { seq } = known;
  const fromHere = known.origins.filter((origin) => origin.sourceNumber === input.sourceNumber);
  const own = fromHere.find((origin) => origin.locator === item.locator);
  if (own?.fingerprint === item.fingerprint) return { kind: 'same', seq, item };
  const shown = known.origins.find((origin) => origin.shown);
  if (shown === undefined) return { kind: 'origin', seq, item, shown: true };
  if (shown.sourceNumber !== input.sourceNumber) {
    return { kind: 'origin', seq, item, shown: item.contentText.length > shown.textLength };
  }
  return decideWithinSource({ item, known, shown, own }, input);
}

interface WithinSource {
  readonly item: CleanItem;
  readonly known: KnownItem;
  readonly shown: KnownOrigin;
  readonly own: KnownOrigin | undefined;
}

/** The source itself holds the text that is shown: is this that text, edited, or a second one beside it? */
function decideWithinSource({ item, known, shown, own }: WithinSource, input: FreshItems): ItemChange {
  const { seq } = known;
  if (shown.fingerprint === item.fingerprint) return { kind: 'same', seq, item };
  const isBeside = input.listed === 'all' || input.listed.has(shown.locator);
  // A renamed file leaves its old place behind: what that one shows is this one's earlier text.
  const isOwnText = own !== undefined && (own.shown || own.fingerprint === shown.fingerprint);
  if (isOwnText || !isBeside) {
    const updated = updatedOnRevision(item, known, input.now);
    return { kind: 'revised', seq, item, published: known.published, updated };
  }
  const tie = item.fingerprint < shown.fingerprint ? -1 : 1;
  return isLater(item, momentOf(shown), tie)
    ? { kind: 'revised', seq, item, ...momentsOfTwo(known, momentOf(shown), item) }
    : { kind: 'earlier', seq, item, ...momentsOfTwo(known, item, momentOf(shown)) };
}
