/**
 * The port of the store: what the rest of Feedmill may ask of it, in use cases rather than tables.
 * Every promise is held by test/store/contract.ts, which runs over each database. There is no fake store.
 */
import type { DroppedItem, ItemChange } from '../model/item-change.ts';
import type { CleanItem, ItemId, ItemKey, Seq, StoredItem } from '../model/item.ts';
import type { SourceState } from '../model/fetch.ts';
import type { KnownItem } from '../model/known-item.ts';
import type { Condition } from '../model/rule.ts';
import type { SeenFile } from '../model/source.ts';
import type { EpochMs } from '../model/time.ts';
import type { TrailEntry } from '../model/trail.ts';
import type { Warning } from '../model/warning.ts';

/** What the configuration names, in its order. */
export interface Declaration {
  readonly sources: readonly {
    readonly key: string;
    readonly type: string;
    /** Address or path: by it a source is found again after its key was changed by hand. */
    readonly address: string;
    readonly folder: string | null;
    /** Hash over everything that decides how its items are cleaned. */
    readonly pipelineHash: string;
  }[];
  readonly publications: readonly {
    readonly name: string;
    /** Keys of the declared sources it draws from; null for all. */
    readonly sources: readonly string[] | null;
    /** Only the items for which this holds; null for all. Judged on the item as it is shown. */
    readonly where: Condition | null;
    /** Not the items for which this holds. */
    readonly exclude: Condition | null;
    /** Hash over everything that decides membership and looks; a change moves `changed`. */
    readonly hash: string;
  }[];
}

export interface DeclaredSource {
  /** Never changes, whatever happens to key and address. */
  readonly number: number;
  readonly key: string;
}

export interface SourceSummary extends DeclaredSource {
  readonly type: string;
  readonly address: string;
  readonly folder: string | null;
  readonly items: number;
  readonly dropped: number;
  readonly lastSuccess: EpochMs | null;
  readonly lastAttempt: EpochMs | null;
  /** In plain words; null when the last refresh went well. */
  readonly lastError: { readonly code: string; readonly message: string } | null;
  readonly warnings: readonly Warning[];
  /** What fetching learned; null for archives, and before the first attempt. */
  readonly state: SourceState | null;
  /** Median time between its last items; null where there are fewer than three. */
  readonly publishesEveryMs: number | null;
  /** Hash of its icon; null where it has none, or nobody looked yet. */
  readonly icon: string | null;
}

/** A small picture, as it was fetched and judged. */
export interface Icon {
  /** SHA-256 (hex) of its bytes. */
  readonly hash: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** When a source is due. */
export interface DueTime extends Pick<SourceState, 'readAs' | 'nextFetch' | 'lastAttempt'> {
  readonly sourceNumber: number;
}

export interface StoredPublication {
  readonly number: number;
  readonly name: string;
  /** When it was first configured. */
  readonly created: EpochMs;
  /** When anything that a subscriber sees last changed. */
  readonly changed: EpochMs;
}

/** Everything one refresh of one source brought. Written in one transaction, or not at all. */
export interface Refresh {
  readonly sourceNumber: number;
  readonly at: EpochMs;
  readonly changes: readonly ItemChange[];
  readonly dropped: readonly DroppedItem[];
  /** Archive files read or rejected. */
  readonly files: readonly SeenFile[];
  readonly pipelineHash: string;
  readonly cleanerVersion: number;
  /** How it ended, where nothing is to follow; null where a later call says it. */
  readonly ending: RefreshEnding | null;
}

/** How a refresh of a source ended; kept for people (`SourceSummary`). */
export interface RefreshEnding {
  readonly sourceNumber: number;
  readonly at: EpochMs;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Null: those of the last document that was read go on. */
  readonly warnings: readonly Warning[] | null;
  /** What was learned by fetching; its moments of attempt and success are `at`. Null leaves it as it was. */
  readonly state: SourceState | null;
}

export interface SavedRefresh {
  readonly added: number;
  readonly changed: number;
  /** Numbers of the publications whose content is now another. */
  readonly publications: readonly number[];
}

/** Which items of a source may go. */
export interface ExpiredQuestion {
  readonly sourceNumber: number;
  /** For each source that keeps for a time only: items that arrived before this may go. */
  readonly before: ReadonlyMap<number, EpochMs>;
  /** `next` of the page before; null at the beginning. */
  readonly after: Seq | null;
}

/** An origin whose item was made by another pipeline or an older cleaner. */
export interface StaleOrigin {
  readonly origin: number;
  readonly sourceNumber: number;
  readonly seq: Seq | null;
  readonly locator: string;
  readonly raw: string;
  /** When it last said something else than before. */
  readonly lastSeen: EpochMs;
}

/** The result of cleaning a stored origin anew: no revision, and no `updated` moves. */
export type CleanedAnew =
  | { readonly origin: number; readonly kind: 'item'; readonly item: CleanItem }
  /** A rule drops it now. The item stays where people may have marked it, but leaves every publication. */
  | { readonly origin: number; readonly kind: 'dropped'; readonly reason: string }
  /** Could not be cleaned anew (it hung, say): everything stays, and it is not tried again before the next change. */
  | { readonly origin: number; readonly kind: 'kept' }
  /** Was dropped before, and is an item now: an ordinary change, as dedupe/ decided it. */
  | { readonly origin: number; readonly kind: 'revived'; readonly change: ItemChange };

export interface StoredOrigin {
  readonly source: string;
  readonly locator: string;
  readonly firstSeen: EpochMs;
  readonly lastSeen: EpochMs;
  readonly published: EpochMs | null;
  readonly archived: EpochMs | null;
  readonly shown: boolean;
  readonly dropped: string | null;
  readonly trail: readonly TrailEntry[];
  readonly warnings: readonly Warning[];
}

export interface StoredRevision {
  /** When this text was replaced, or for an earlier text found later, when that was found. */
  readonly at: EpochMs;
  readonly title: string;
  readonly contentHtml: string;
  readonly published: EpochMs | null;
}

/** Where a page of a feed begins: after this item, in the order of the feed. */
export interface FeedCursor {
  /** `sort` of the last item seen (StoredFeedItem). */
  readonly sort: number;
  readonly seq: Seq;
}

export interface FeedPage {
  readonly items: readonly StoredItem[];
  /** Null on the last page. */
  readonly next: FeedCursor | null;
}

export interface Store {
  /**
   * Makes sources and publications known, gives new ones a number, and finds renamed ones again by address.
   * Membership follows: where a publication's sources or conditions changed, it is rebuilt in slices that never hold up other work.
   * Sources no longer declared keep their items. Declaring the same again changes nothing.
   */
  declare(declaration: Declaration, at: EpochMs): Promise<{ sources: DeclaredSource[] }>;
  listSources(): Promise<SourceSummary[]>;
  /** In the order of the last declaration; only those it named. */
  listPublications(): Promise<StoredPublication[]>;

  /** Those of the named files that were seen before. At most 1,000 paths a call. */
  knownFiles(sourceNumber: number, paths: readonly string[]): Promise<Map<string, SeenFile>>;
  /** The warnings of the first `limit` files that have any, by path; `more` counts the further ones. */
  listFileWarnings(sourceNumber: number, limit: number): Promise<{ warnings: Warning[]; more: number }>;

  /**
   * Every item to which one of the keys leads, removed ones included as `removed` keys.
   * `locators` adds the items that these places of the source brought before.
   */
  knownItems(
    sourceNumber: number,
    keys: readonly ItemKey[],
    locators: readonly string[],
  ): Promise<{ items: KnownItem[]; removed: ItemKey[] }>;
  /** Those of the ids that some item has, or had before it was removed. */
  takenIds(ids: readonly ItemId[]): Promise<Set<ItemId>>;

  /** One transaction. Sequence numbers are given in the order of `changes`. Never blocks for more than 50 ms at a time. */
  saveRefresh(refresh: Refresh): Promise<SavedRefresh>;
  /** Keeps how a refresh ended, apart from what it brought. */
  saveEnding(ending: RefreshEnding): Promise<void>;

  /** What was learned of a source by fetching it; null before the first attempt. */
  getSourceState(sourceNumber: number): Promise<SourceState | null>;
  /** When the declared sources that were ever fetched are due. */
  listDueTimes(): Promise<DueTime[]>;
  /** Hashes of raw texts by locator: of the last 1,000 places of the source that brought something new to it. */
  knownRaw(sourceNumber: number): Promise<Record<string, string>>;

  /** Items of one source that are old enough to go, a page at a time; an item that another source holds on to is none. */
  listExpired(question: ExpiredQuestion): Promise<{ seqs: Seq[]; next: Seq | null }>;
  /** Gives the space of what was removed back to the disk, in short steps. @returns bytes given back */
  giveSpaceBack(): Promise<number>;

  /** Keeps what was found where the icon of a source was looked for; null: nothing. */
  saveIcon(sourceNumber: number, icon: Icon | null, at: EpochMs): Promise<void>;
  getIcon(hash: string): Promise<Icon | null>;
  /** When the icon of a source was last looked for; null: never. */
  iconLooked(sourceNumber: number): Promise<EpochMs | null>;

  /** Origins of declared sources not made by `cleanerVersion` and the declared pipeline, oldest first. */
  listStale(cleanerVersion: number, limit: number): Promise<StaleOrigin[]>;
  saveCleanedAnew(
    results: readonly CleanedAnew[],
    cleanerVersion: number,
    at: EpochMs,
  ): Promise<{ publications: number[] }>;

  getItem(id: ItemId): Promise<StoredItem | null>;
  /** By id, key (a canonical URL as `url …`) or the file name of an archive file; the newest where several fit. */
  findItem(ref: { id?: ItemId; key?: ItemKey; fileName?: string }): Promise<StoredItem | null>;
  getHistory(seq: Seq): Promise<{ origins: StoredOrigin[]; revisions: StoredRevision[]; keys: ItemKey[] }>;
  /** Numbers of the declared publications that the item stands in. */
  publicationsOf(seq: Seq): Promise<number[]>;

  /** A page of a publication in feed order: `published`, else arrival; equal times by sequence number. */
  listFeed(
    publicationNumber: number,
    options: { limit: number; order: 'newest' | 'oldest'; after?: FeedCursor },
  ): Promise<FeedPage>;
  countFeed(publicationNumber: number): Promise<number>;
  /** Items of a publication in order of sequence number: in archive pages cut from it, finished pages never change. */
  listFeedByArrival(
    publicationNumber: number,
    options: { offset: number; limit: number },
  ): Promise<readonly StoredItem[]>;
  /** All items in order of sequence number, a page at a time. */
  listItems(after: Seq | null, limit: number): Promise<StoredItem[]>;

  /** Takes items away; what leads to them is kept, so that they do not come back. Starred ones stay. Gives how many went. */
  removeItems(seqs: readonly Seq[], at: EpochMs): Promise<number>;
  countUsers(): Promise<number>;
  close(): Promise<void>;
}
