/**
 * What a refresh brings: decided by dedupe/ from data alone, performed by store/ in one transaction.
 */
import type { CleanItem, ItemId, Seq } from './item.ts';
import type { EpochMs } from './time.ts';

/** One decision about one fresh item. Whatever the kind, the origin's raw text and every key of the item are kept. */
export type ItemChange =
  | { readonly kind: 'new'; readonly id: ItemId; readonly item: CleanItem; readonly updated: EpochMs }
  /** The text changed: what was shown becomes a revision. */
  | {
      readonly kind: 'revised';
      readonly seq: Seq;
      readonly item: CleanItem;
      readonly published: EpochMs | null;
      readonly updated: EpochMs;
    }
  /** The same source holds an older text of the item: it is put among the revisions. */
  | {
      readonly kind: 'earlier';
      readonly seq: Seq;
      readonly item: CleanItem;
      readonly published: EpochMs | null;
      readonly updated: EpochMs;
    }
  /** Another source's word on an item that is known; `shown` where its text is the richer one. */
  | { readonly kind: 'origin'; readonly seq: Seq; readonly item: CleanItem; readonly shown: boolean }
  | { readonly kind: 'same'; readonly seq: Seq; readonly item: CleanItem };

/** A fresh item that a rule, or its own emptiness, keeps out. Its raw text is kept, so that a wrong rule loses nothing. */
export interface DroppedItem {
  readonly locator: string;
  readonly raw: string;
  readonly rawHash: string;
  /** For people: the step and what it found. */
  readonly reason: string;
}
