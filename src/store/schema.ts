/**
 * The tables, as Kysely knows them; migrations/ makes them. Each is introduced by what one row of it means.
 * Moments are milliseconds since 1970, yes and no are 1 and 0, lists are JSON, `zstd` columns are compressed text (zstd.ts).
 * What is kept, and why, is architecture.md A.5 and product.md section 4.
 */
import type { Generated } from 'kysely';
import type { ItemId, ItemKey, Seq } from '../model/item.ts';
import type { EpochMs } from '../model/time.ts';
import type { HttpUrl } from '../model/url.ts';

/** Every table by its name in the database. */
export interface Tables {
  sources: SourcesTable;
  publications: PublicationsTable;
  publication_sources: PublicationSourcesTable;
  publication_items: PublicationItemsTable;
  items: ItemsTable;
  item_texts: ItemTextsTable;
  item_keys: ItemKeysTable;
  removed_items: RemovedItemsTable;
  origins: OriginsTable;
  revisions: RevisionsTable;
  files: FilesTable;
  users: UsersTable;
  user_items: UserItemsTable;
  user_sources: UserSourcesTable;
  source_states: SourceStatesTable;
  icons: IconsTable;
  source_icons: SourceIconsTable;
}

/** A source that was declared at some time. Its number outlives key, address and declaration. */
interface SourcesTable {
  number: Generated<number>;
  key: string;
  type: string;
  address: string;
  folder: string | null;
  /** Of the pipeline now declared; an origin with another one is stale. */
  pipeline_hash: string;
  /** Its place in the last declaration; null: no longer declared. */
  position: number | null;
  last_attempt: EpochMs | null;
  last_success: EpochMs | null;
  error_code: string | null;
  error_message: string | null;
  warnings: Generated<string>;
}

/** What was learned of a source by fetching it (SourceState in model/fetch.ts). There is none before the first attempt. */
interface SourceStatesTable {
  source: number;
  read_as: string;
  etag: string | null;
  last_modified: string | null;
  body_hash: string | null;
  moved_to: HttpUrl | null;
  next_fetch: EpochMs | null;
  last_change: EpochMs | null;
  failures: number;
  gone_answers: number;
  unchanged: number;
  bytes: number | null;
  title: string | null;
  site_url: HttpUrl | null;
  icon_url: HttpUrl | null;
  publisher_interval: number | null;
  skip_hours: string;
  skip_days: string;
}

/** A small picture, kept once however many sources show it. */
interface IconsTable {
  /** SHA-256 (hex) of its bytes. */
  hash: string;
  media_type: string;
  bytes: Uint8Array;
}

/** When the icon of a source was last looked for, and what was found. */
interface SourceIconsTable {
  source: number;
  /** Null: there is none. */
  icon: string | null;
  looked: EpochMs;
}

/** A publication that was declared at some time. */
interface PublicationsTable {
  number: Generated<number>;
  name: string;
  /** As it was declared; behind a space the hash of its conditions, where it has any. */
  hash: string;
  /** Its place in the last declaration; null: no longer declared. */
  position: number | null;
  created: EpochMs;
  changed: EpochMs;
  /** 1 while its rows in publication_items do not yet follow from its sources and conditions: a rebuild is due, or was cut short. */
  rebuild: number;
}

/** The publication draws from the source. A publication of all sources has a row for each declared one. */
interface PublicationSourcesTable {
  publication: number;
  source: number;
}

/** The item stands in the publication: it comes from one of its sources and fulfils its conditions (declare/membership.ts). */
interface PublicationItemsTable {
  publication: number;
  seq: Seq;
  /** As in items; an index over (publication, sort, seq) is the order of the feed. */
  sort: EpochMs;
  entered: EpochMs;
}

/** An item, as its shown origin has it, without the text. */
interface ItemsTable {
  seq: Generated<Seq>;
  id: ItemId;
  /** Number of the source whose text is shown. */
  source: number;
  /** Of the cleaned item that is shown. */
  fingerprint: string;
  guid: string | null;
  url: HttpUrl | null;
  title: string;
  summary: string | null;
  authors: string;
  categories: string;
  enclosures: string;
  image: HttpUrl | null;
  language: string | null;
  rights: string | null;
  comments_url: HttpUrl | null;
  published: EpochMs | null;
  updated: EpochMs;
  archived: EpochMs | null;
  /** When we first took it in. */
  crawled: EpochMs;
  /** When what a reader sees last changed. */
  changed: EpochMs;
  /** Its place in feeds: `published`, but `crawled` where there is none or it lay in the future. */
  sort: EpochMs;
}

/** The text of an item, apart from it so that lists read narrow rows. */
interface ItemTextsTable {
  seq: Seq;
  content_html: string;
}

/** The key leads to the item with this number, be it in items or in removed_items. A key never moves to another item. */
interface ItemKeysTable {
  key: ItemKey;
  seq: Seq;
}

/** An item that was taken away. Its id is never given again, and its keys keep it from coming back. */
interface RemovedItemsTable {
  seq: Seq;
  id: ItemId;
}

/** One source's word on one item, or (item null) a text that a rule keeps out. The raw text is always kept. */
interface OriginsTable {
  number: Generated<number>;
  source: number;
  locator: string;
  item: Seq | null;
  /** 1 where the item shows this origin's text. */
  shown: number;
  /** Why a rule keeps it out; null where none does. */
  dropped: string | null;
  /** zstd. The raw item as JSON. */
  raw: Uint8Array;
  raw_hash: string;
  /** What made the item of the raw text: the pipeline and the version of the cleaner. */
  pipeline_hash: string;
  cleaner_version: number;
  fingerprint: string;
  text_length: number;
  published: EpochMs | null;
  archived: EpochMs | null;
  trail: string;
  warnings: string;
  first_seen: EpochMs;
  /** When it last said something else than before; seeing the same again writes nothing. */
  last_seen: EpochMs;
}

/** An earlier text of an item. */
interface RevisionsTable {
  number: Generated<number>;
  item: Seq;
  /** When it was replaced, or for an earlier text found later, when it was found. */
  at: EpochMs;
  title: string;
  /** zstd. */
  content_html: Uint8Array;
  published: EpochMs | null;
}

/** An archive file as it was when it was last read. */
interface FilesTable {
  source: number;
  path: string;
  bytes: number;
  modified: number;
  hash: string;
  outcome: 'read' | 'rejected';
  /** Null where there are none, so that the index over files with warnings is short. */
  warnings: string | null;
}

/** A person who may log in. */
interface UsersTable {
  number: Generated<number>;
  name: string;
  created: EpochMs;
}

/** What one person did with one item. There is none where the person never touched it. */
interface UserItemsTable {
  user: number;
  seq: Seq;
  /** Null: as the watermark in user_sources says. */
  read: number | null;
  starred: number;
  changed: EpochMs;
}

/** One person's watermark in one source: items up to this number are read unless user_items says otherwise. */
interface UserSourcesTable {
  user: number;
  source: number;
  read_through: Seq;
}
