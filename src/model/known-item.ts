/** What is known of an item before a refresh: handed by store/ to dedupe/, which decides without asking anybody. */
import type { ItemId, ItemKey, Seq } from './item.ts';
import type { EpochMs } from './time.ts';

/** What dedupe/ needs to know of an item to which one of the asked keys leads. */
export interface KnownItem {
  readonly seq: Seq;
  readonly id: ItemId;
  readonly title: string;
  readonly hasUrl: boolean;
  readonly published: EpochMs | null;
  readonly updated: EpochMs;
  readonly crawled: EpochMs;
  /** Every key that leads to it. */
  readonly keys: readonly ItemKey[];
  readonly origins: readonly KnownOrigin[];
}

export interface KnownOrigin {
  readonly sourceNumber: number;
  readonly locator: string;
  readonly fingerprint: string;
  readonly rawHash: string;
  /** Characters of its cleaned text. */
  readonly textLength: number;
  readonly published: EpochMs | null;
  readonly archived: EpochMs | null;
  /** Whether the item shows this origin's text. */
  readonly shown: boolean;
}
