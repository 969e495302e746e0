/**
 * The face of the use cases: what Feedmill can be asked to do, whoever asks. The doors (http/, cli/, schedule/) know this and no more.
 */
import type { Config, ConfigMistake } from '../model/config.ts';
import type { RefreshErrorCode } from '../model/error.ts';
import type { StoredItem } from '../model/item.ts';
import type { FeedFormat, Publication } from '../model/publication.ts';
import type { EpochMs } from '../model/time.ts';
import type { TrailEntry } from '../model/trail.ts';
import type { Warning } from '../model/warning.ts';

/** One line of `refresh --json` (product.md section 1). */
export interface RefreshReport {
  readonly source: string;
  readonly outcome: 'refreshed' | 'unchanged' | 'gone' | 'failed';
  readonly added: number;
  readonly changed: number;
  readonly dropped: number;
  readonly warnings: readonly Warning[];
  readonly error: { readonly code: RefreshErrorCode; readonly message: string } | null;
}

/** How far long work has come; `total` is null while nobody knows. */
export interface Progress {
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
}

/** Bytes of a feed, a page or a list, ready to be sent. */
export interface Rendered {
  readonly mediaType: string;
  readonly body: Buffer;
  /** SHA-256 (base64url, 27 characters) of `body`: the strong validator. */
  readonly hash: string;
  readonly lastModified: EpochMs;
  /** The same bytes, compressed once. */
  readonly encodings: { readonly gzip: Buffer; readonly br: Buffer; readonly zstd: Buffer };
}

/** One item as a step after another left it (`preview`). */
export interface PreviewedItem {
  readonly locator: string;
  readonly title: string;
  readonly url: string | null;
  readonly outcome: 'kept' | 'dropped' | 'rejected';
  readonly reason: string | null;
  readonly trail: readonly TrailEntry[];
  readonly warnings: readonly Warning[];
  readonly contentHtml: string | null;
}

/** What a source answers when it is asked once and nothing is stored (`check --online`). */
export interface OnlineAnswer {
  readonly source: string;
  readonly address: string;
  /** Null where it cannot be fetched or read: `error` says why and what to do. */
  readonly found: {
    /** As people call it: RSS, Atom, web page. */
    readonly format: string;
    readonly title: string | null;
    /** After the rules of its pipelines; `dropped` is what they leave out. */
    readonly items: number;
    readonly dropped: number;
    readonly newest: EpochMs | null;
    readonly movedTo: string | null;
  } | null;
  readonly error: RefreshReport['error'];
  readonly warnings: readonly Warning[];
}

export interface Explanation {
  readonly item: StoredItem;
  readonly keys: readonly string[];
  readonly origins: readonly {
    readonly source: string;
    readonly locator: string;
    readonly firstSeen: EpochMs;
    readonly lastSeen: EpochMs;
    readonly published: EpochMs | null;
    readonly archived: EpochMs | null;
    readonly shown: boolean;
    readonly trail: readonly TrailEntry[];
    readonly warnings: readonly Warning[];
  }[];
  readonly revisions: readonly {
    readonly at: EpochMs;
    readonly title: string;
    readonly published: EpochMs | null;
    readonly contentHtml: string;
  }[];
  /** Names of the publications it stands in. */
  readonly publications: readonly string[];
}

export interface Health {
  /** False until the first import of this start is done. */
  readonly ready: boolean;
  readonly version: string;
  /** Mistakes of a configuration file that was saved and not applied; empty when all is well. */
  readonly configMistakes: readonly ConfigMistake[];
}

/** What people may want to know of a source. */
export interface SourceStatus {
  readonly key: string;
  readonly type: string;
  readonly address: string;
  /** `new`: never tried yet. */
  readonly state: 'new' | 'well' | 'failing' | 'gone';
  readonly lastSuccess: EpochMs | null;
  readonly nextFetch: EpochMs | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly failures: number;
  readonly movedTo: string | null;
  readonly items: number;
  readonly dropped: number;
  /** Of the last document. */
  readonly bytes: number | null;
  /** Median time between its last items. */
  readonly publishesEveryMs: number | null;
  readonly warnings: readonly Warning[];
}

export type FeedPageNumber = number | 'current';

export interface App {
  config(): Config;
  /** Applies another configuration; what cannot change while running is refused with `config-invalid` and changes nothing. */
  reconfigure(config: Config): Promise<void>;
  /** Remembers (or, with none, forgets) why the file on disk is not in force. */
  noteConfigMistakes(mistakes: readonly ConfigMistake[]): void;

  /** Refreshes the named sources now, or all; one report each, as they end. @throws `not-found` for a key nobody declared */
  refresh(
    keys: readonly string[] | null,
    options?: { signal?: AbortSignal; progress?: (progress: Progress) => void },
  ): AsyncIterable<RefreshReport>;
  /**
   * Refreshes every feed and page that is due by now and is not under way; resolves when they have ended.
   * `starting` adds the archives; Feedmill is ready afterwards. What is old enough to go (`keep`) goes once an hour.
   */
  refreshDue(options?: { starting?: boolean }): Promise<void>;
  /** What is known of the sources, in their order. */
  sources(): Promise<SourceStatus[]>;
  /** A picture that some source shows, by the hash of its bytes. */
  icon(hash: string): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | null>;
  /** Reads a source and shows what cleaning does to each item; stores nothing. */
  preview(key: string, options?: { signal?: AbortSignal; limit?: number }): AsyncIterable<PreviewedItem>;
  /** Asks every feed and page once, as they end; stores nothing. */
  checkOnline(options?: { signal?: AbortSignal }): AsyncIterable<OnlineAnswer>;
  /** @param ref id, URL or file name. @throws `not-found` */
  explain(ref: string): Promise<Explanation>;
  /** Writes every item as an archive file. @throws `write-failed` */
  exportArchive(
    directory: string,
    options?: { signal?: AbortSignal; progress?: (progress: Progress) => void },
  ): Promise<{ written: number }>;

  /** The publications in the order of the file, with what a door must know to guard them. */
  publications(): readonly Publication[];
  /** Null where no such feed, or no such archive page, exists. Tokens are the door's to check. */
  feed(name: string, format: FeedFormat, page: FeedPageNumber): Promise<Rendered | null>;
  feedHtml(name: string): Promise<Rendered | null>;
  /** `public` where the item stands in a feed without a token; `feeds` names all it stands in. Null: no such item. */
  itemHtml(id: string): Promise<{ rendered: Rendered; public: boolean; feeds: readonly string[] } | null>;
  indexHtml(): Promise<Rendered>;
  sourcesOpml(): Promise<Rendered>;
  feedsOpml(): Promise<Rendered>;
  /** The one stylesheet of all pages; its path changes with its text, so it may be kept for ever. */
  stylesheet(): Promise<{ readonly path: string; readonly rendered: Rendered }>;
  /** A page that says in one plain sentence what went wrong; `message` is plain text. */
  errorHtml(title: string, message: string): string;
  /** Grows whenever bytes of any feed may have changed; a door drops what it holds when it sees another number. */
  generation(): number;
  /** The address under which people reach this server, without a closing slash; known once it listens. */
  setBaseUrl(url: string): void;

  health(): Health;
  hasUsers(): Promise<boolean>;
  /** Resolves when background work (cleaning anew, a first import) has come to rest. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
