/**
 * `published` and `updated` (product.md section 4): what the publisher said when the item first arrived stays;
 * `updated` is the publisher's where it is later, else the moment a revision was seen; only without any date, our own time.
 */
import type { CleanItem } from '../model/item.ts';
import type { KnownItem, KnownOrigin } from '../model/known-item.ts';
import type { EpochMs } from '../model/time.ts';

/** Of an item that arrives for the first time. */
export function updatedOnArrival(item: CleanItem, now: EpochMs): EpochMs {
  return item.exported?.updated ?? laterOf(item.updated, item.published) ?? now;
}

/** Of a text that changed where it stood. */
export function updatedOnRevision(item: CleanItem, known: KnownItem, now: EpochMs): EpochMs {
  const said = item.updated !== null && item.updated > (known.published ?? 0) ? item.updated : null;
  return said !== null && said > known.updated ? said : now;
}

/** When a text was made, as far as an archive can tell: dateline, then epoch. Sorts two texts of one address. */
export interface TextMoment {
  readonly published: EpochMs | null;
  readonly archived: EpochMs | null;
}

/** Whether the first text is the later one; texts of the same moment are told apart by `tie`, so that order of reading never matters. */
export function isLater(one: TextMoment, other: TextMoment, tie: number): boolean {
  const byDateline = compare(one.published, other.published);
  if (byDateline !== 0) return byDateline > 0;
  const byEpoch = compare(one.archived, other.archived);
  return byEpoch === 0 ? tie > 0 : byEpoch > 0;
}

/** The moments of an item of which an archive holds two texts; the same whichever was read first. */
export function momentsOfTwo(
  known: KnownItem,
  earlier: TextMoment,
  later: TextMoment,
): { published: EpochMs | null; updated: EpochMs } {
  const published = earliest(known.published, earlier.published);
  const said = laterOf(later.published, published);
  const updated =
    said !== null && said !== published ? said : (laterOf(later.archived, published) ?? known.updated);
  return { published, updated };
}

/** The moment of a text that is already stored. */
export function momentOf(origin: KnownOrigin): TextMoment {
  return { published: origin.published, archived: origin.archived };
}

function laterOf(one: EpochMs | null, other: EpochMs | null): EpochMs | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/** A date that nobody gave stays absent: it is not invented later. */
function earliest(known: EpochMs | null, found: EpochMs | null): EpochMs | null {
  return known === null || found === null || known <= found ? known : found;
}

function compare(one: EpochMs | null, other: EpochMs | null): number {
  return (one ?? Number.NEGATIVE_INFINITY) === (other ?? Number.NEGATIVE_INFINITY)
    ? 0
    : (one ?? Number.NEGATIVE_INFINITY) - (other ?? Number.NEGATIVE_INFINITY);
}
