/**
 * From ground documents to the store: recognise, decide, write in one transaction.
 */
import { decideChanges, wantedIds } from '../dedupe/decide-changes.ts';
import type { DroppedItem } from '../model/item-change.ts';
import type { CleanItem, ItemKey } from '../model/item.ts';
import type { SeenFile } from '../model/source.ts';
import type { EpochMs } from '../model/time.ts';
import type { RefreshEnding, SavedRefresh, Store } from '../store/store.ts';
import { type TakeTurn, takeTurns } from './in-turn.ts';
import type { NumberedSource, Parts } from './parts.ts';

/** What was ground together, and where it came from. */
export interface Ground {
  readonly changed: readonly CleanItem[];
  readonly dropped: readonly DroppedItem[];
  /** Archive files; none from the network. */
  readonly files: readonly SeenFile[];
  /** Locators that the document lists; `all` for an archive. */
  readonly listed: ReadonlySet<string> | 'all';
  readonly ambiguous: ReadonlySet<ItemKey>;
  /** Given the moment of writing, what is to be written of the source itself along with the items; null for an archive. */
  readonly ending: ((at: EpochMs, isNews: boolean) => RefreshEnding) | null;
}

const turns = new WeakMap<Store, TakeTurn>();

/**
 * Runs work that reads the store, decides, and writes what it decided: one at a time for each store, or two sources
 * that bring the same address at the same moment would both call it new.
 */
export function inTurn<Result>(store: Store, work: () => Promise<Result>): Promise<Result> {
  const takeTurn = turns.get(store) ?? takeTurns();
  turns.set(store, takeTurn);
  return takeTurn(work);
}

/**
 * Writes what is new. Items that name one another (two files with one address) go in a second transaction,
 * once the first of them is known; files are marked as seen with the last, so that a kill in between loses nothing.
 */
export async function saveGround(
  parts: Parts,
  { number, source, pipelineHash }: NumberedSource,
  ground: Ground,
): Promise<SavedRefresh> {
  const { store, clock, cleanerVersion } = parts;
  const publications = new Set<number>();
  let [added, changed] = [0, 0];
  let fresh = ground.changed;
  do {
    const at = clock();
    const decision = decideChanges({
      ...(await lookUp(parts, number, source.key, fresh)),
      fresh,
      listed: ground.listed,
      ambiguous: ground.ambiguous,
      sourceNumber: number,
      sourceKey: source.key,
      now: at,
    });
    // In a feed, what names the same item a second time is passed over: the first place in the document counts.
    fresh = ground.listed === 'all' ? decision.deferred : [];
    const isLast = fresh.length === 0;
    const isNews = decision.changes.some(({ kind }) => kind !== 'same');
    const saved = await store.saveRefresh({
      sourceNumber: number,
      at,
      changes: decision.changes,
      dropped: isLast ? ground.dropped : [],
      files: isLast ? ground.files : [],
      pipelineHash,
      cleanerVersion,
      ending: isLast ? (ground.ending?.(at, isNews) ?? null) : null,
    });
    added += saved.added;
    changed += saved.changed;
    saved.publications.forEach((publication) => publications.add(publication));
  } while (fresh.length > 0);
  return { added, changed, publications: [...publications] };
}

/** Everything that `decideChanges` needs to know of the store. */
export async function lookUp(parts: Parts, number: number, key: string, fresh: readonly CleanItem[]) {
  const keys = fresh.flatMap((item) => item.keys);
  const locators = fresh.map((item) => item.locator);
  const { items, removed } = await parts.store.knownItems(number, keys, locators);
  const takenIds = await parts.store.takenIds(wantedIds(fresh, key));
  return { known: items, removed: new Set(removed), takenIds };
}
