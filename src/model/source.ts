/** A source: where items come from, as the configuration declares it. All paths and addresses are resolved. */
import type { Rule } from './rule.ts';
import type { HttpUrl } from './url.ts';
import type { Warning } from './warning.ts';

interface SourceBase {
  /** Its name in the YAML file. */
  readonly key: string;
  readonly folder: string | null;
  /** Five-field cron line. */
  readonly schedule: string;
  /** Milliseconds from arrival; null for ever. */
  readonly keepMs: number | null;
  /** IANA zone for dates that name none. */
  readonly timezone: string | null;
  /** The rules of its pipelines, in order. */
  readonly rules: readonly Rule[];
}

export interface ArchiveSource extends SourceBase {
  readonly type: 'archive';
  /** Absolute path of the directory. */
  readonly path: string;
  /** Glob over the path inside the directory, with `/`. */
  readonly match: string;
}

export interface FeedSource extends SourceBase {
  readonly type: 'feed';
  readonly url: HttpUrl;
  readonly fullText: 'never' | 'when_summary' | 'always';
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: { readonly user: string; readonly password: string } | { readonly bearer: string } | null;
}

export interface PageSource extends SourceBase {
  readonly type: 'page';
  readonly url: HttpUrl;
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: FeedSource['auth'];
  readonly select: {
    /** Null: the page describes its items itself, as JSON-LD or microdata. */
    readonly item: string | null;
    readonly title: string | null;
    readonly link: string | null;
    readonly date: string | null;
    readonly content: string | null;
    readonly next: string | null;
    readonly pages: number;
  };
}

export type Source = ArchiveSource | FeedSource | PageSource;

/** A document of a source, as text. */
export type SourceDocument =
  /** One file of an archive. `locator` is its path inside the directory, with `/`. */
  | {
      readonly kind: 'archive';
      readonly locator: string;
      readonly text: string;
      readonly warnings: readonly Warning[];
    }
  /** One document from the network: a feed, or a web page. `locator` is the address it was asked for at. */
  | {
      readonly kind: 'fetched';
      readonly locator: string;
      /** Where it really came from; base of relative addresses. */
      readonly url: HttpUrl;
      readonly mediaType: string | null;
      readonly text: string;
      readonly warnings: readonly Warning[];
    }
  /** A raw item out of the store, to be cleaned anew. */
  | { readonly kind: 'stored'; readonly locator: string; readonly raw: string };

/** An archive file as it was when it was last read. */
export interface SeenFile {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds with fractions, as the file system gives it. */
  readonly modified: number;
  /** SHA-256 (hex) of its bytes; empty where it was never read. */
  readonly hash: string;
  /** Why it brought no item, or what was odd about it; kept so that an unchanged file goes on being reported. */
  readonly warnings: readonly Warning[];
  readonly outcome: 'read' | 'rejected';
}
