/**
 * An item in its three states, and what is kept of it. Each state has one maker:
 * RawItem by parse/, Item by normalise/, CleanItem by clean/ (ARCHITECTURE.md, "Three states of an item").
 */
import type { EpochMs } from './time.ts';
import type { HttpUrl } from './url.ts';
import type { TrailEntry } from './trail.ts';
import type { Warning } from './warning.ts';

declare const safeHtmlBrand: unique symbol;
declare const itemIdBrand: unique symbol;
declare const itemKeyBrand: unique symbol;
declare const seqBrand: unique symbol;

/** Sanitised HTML. Made in html/ alone. */
export type SafeHtml = string & { readonly [safeHtmlBrand]: true };
/** 16 lower-case hexadecimal digits, given once (product.md section 4). */
export type ItemId = string & { readonly [itemIdBrand]: true };
/** One name under which an item was ever seen: `url …`, `guid <source number> …` or `text <source number> …`. */
export type ItemKey = string & { readonly [itemKeyBrand]: true };
/** Order of arrival: a positive integer below 2^31, never used twice. */
export type Seq = number & { readonly [seqBrand]: true };

export interface Author {
  readonly name: string | null;
  readonly url: HttpUrl | null;
  readonly email: string | null;
}

export interface Enclosure {
  readonly url: HttpUrl;
  readonly mediaType: string | null;
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly title: string | null;
}

/** What a document said about one item, as found and not judged. Serialised as JSON it is the raw text that is kept. */
export interface RawItem {
  /** Where in its source it stood: the file's path in an archive; guid, else link, in a feed. */
  readonly locator: string;
  readonly guid: string | null;
  readonly url: string | null;
  readonly title: string | null;
  readonly titleType: 'text' | 'html';
  readonly contentHtml: string | null;
  /** The body of a document without markup, line ends as found; normalise/ sets it as HTML. */
  readonly contentText: string | null;
  readonly summaryHtml: string | null;
  readonly authors: readonly { name: string | null; url: string | null; email: string | null }[];
  readonly categories: readonly string[];
  readonly enclosures: readonly {
    url: string;
    mediaType: string | null;
    bytes: string | null;
    seconds: string | null;
    title: string | null;
  }[];
  readonly image: string | null;
  readonly language: string | null;
  readonly rights: string | null;
  /** Dates as the publisher wrote them. */
  readonly published: string | null;
  readonly updated: string | null;
  /** The epoch of an archive file. */
  readonly archived: EpochMs | null;
  readonly commentsUrl: string | null;
  /** What a `<!--feedmill {json}-->` comment says of the identity of an exported item; null elsewhere. */
  readonly exported: ExportedIdentity | null;
}

/** The part of an exported item that the archive format itself cannot say. */
export interface ExportedIdentity {
  readonly id: string | null;
  readonly published: EpochMs | null;
  readonly updated: EpochMs | null;
  readonly archived: EpochMs | null;
}

/** A whole document, read. */
export interface RawFeed {
  readonly title: string | null;
  readonly url: string | null;
  readonly language: string | null;
  readonly items: readonly RawItem[];
  readonly warnings: readonly Warning[];
  /** What the document says of itself and its source; absent for archives. */
  readonly about?: RawFeedInfo;
}

/** The feed-level part of a document, as found. */
export interface RawFeedInfo {
  /** What kind of document it is, as people call it. */
  readonly format: 'RSS' | 'RDF' | 'Atom' | 'JSON Feed' | 'web page';
  readonly description: string | null;
  readonly rights: string | null;
  readonly generator: string | null;
  readonly updated: string | null;
  readonly authors: RawItem['authors'];
  readonly categories: readonly string[];
  readonly icon: string | null;
  readonly image: string | null;
  /** Its own address (atom:link rel=self, feed_url). */
  readonly feedUrl: string | null;
  /** WebSub hubs it names. */
  readonly hubs: readonly string[];
  /** The next page: of a page source, or of a paged feed (RFC 5005 next). */
  readonly nextUrl: string | null;
  readonly ttlMinutes: number | null;
  readonly skipHours: readonly number[];
  /** 0 = Sunday. */
  readonly skipDays: readonly number[];
}

/** What we mean by it: absolute http(s) addresses, UTC times or null, a plain-text title. The HTML is not yet safe. */
export interface Item {
  readonly locator: string;
  readonly guid: string | null;
  readonly url: HttpUrl | null;
  /** Plain text; empty where the document has no title. */
  readonly title: string;
  readonly contentHtml: string;
  /** Plain text. */
  readonly summary: string | null;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  /** The picture above the text, else the one that the publisher names. */
  readonly image: HttpUrl | null;
  /** BCP 47, such as `zh-Hant`; null where nobody said and nothing could be told from the text. */
  readonly language: string | null;
  /** Plain text. */
  readonly rights: string | null;
  readonly published: EpochMs | null;
  readonly updated: EpochMs | null;
  readonly archived: EpochMs | null;
  readonly commentsUrl: HttpUrl | null;
  readonly exported: ExportedIdentity | null;
}

/** An item as it may be stored, published and shown. */
export interface CleanItem extends Omit<Item, 'contentHtml'> {
  readonly contentHtml: SafeHtml;
  /** The text of `contentHtml`, white space folded; for search, excerpts and comparing. */
  readonly contentText: string;
  /** Strongest first: canonical URLs, guid, text. */
  readonly keys: readonly ItemKey[];
  /** SHA-256 (hex) over what a reader sees of the cleaned item. Equal: nothing to tell anybody. */
  readonly fingerprint: string;
  /** The raw item as JSON, and its SHA-256 (hex). */
  readonly raw: string;
  readonly rawHash: string;
  readonly trail: readonly TrailEntry[];
  readonly warnings: readonly Warning[];
}

/** A clean item in the store, with its identity and its moments. */
export interface StoredItem extends Pick<
  CleanItem,
  | 'guid'
  | 'url'
  | 'title'
  | 'contentHtml'
  | 'summary'
  | 'authors'
  | 'categories'
  | 'enclosures'
  | 'image'
  | 'language'
  | 'rights'
  | 'published'
  | 'archived'
  | 'commentsUrl'
> {
  readonly seq: Seq;
  readonly id: ItemId;
  /** Key of the source whose text is shown. */
  readonly source: string;
  readonly updated: EpochMs;
  /** When we first took it in. */
  readonly crawled: EpochMs;
  /** When what a reader sees last changed, cleaning anew included. */
  readonly changed: EpochMs;
  /** How many earlier texts are kept. */
  readonly revisions: number;
}
