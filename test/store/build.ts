/**
 * Builders of test data for the store: invented items, saved as a refresh would save them.
 */
import { createHash } from 'node:crypto';
import type { DroppedItem, ItemChange } from '../../src/model/item-change.ts';
import type { CleanItem, ItemId, ItemKey, SafeHtml, Seq } from '../../src/model/item.ts';
import type { SeenFile } from '../../src/model/source.ts';
import type { EpochMs } from '../../src/model/time.ts';
import type { HttpUrl } from '../../src/model/url.ts';
import type { Declaration, Refresh, SavedRefresh, Store } from '../../src/store/store.ts';

/** Day 100 of 2023 is `day(100)`. */
export function day(number: number): EpochMs {
  return (Date.UTC(2023, 0, 1) + number * 86_400_000) as EpochMs;
}

/** An item about `name`; two of one name and different `over` are two states of one item. */
export function buildItem(name: string, over: Partial<CleanItem> = {}): CleanItem {
  const contentText = over.contentText ?? `All there is to say about ${name}.`;
  const raw =
    over.raw ?? JSON.stringify({ locator: over.locator ?? `${name}.txt`, title: name, contentText });
  return {
    locator: `${name}.txt`,
    guid: null,
    url: `https://news.example/${name}` as HttpUrl,
    title: name,
    contentHtml: `<p>${contentText}</p>` as SafeHtml,
    contentText,
    summary: null,
    authors: [{ name: 'Lin Yi', url: null, email: null }],
    categories: ['town'],
    enclosures: [],
    image: null,
    language: 'en',
    rights: null,
    published: day(10),
    updated: null,
    archived: null,
    commentsUrl: null,
    exported: null,
    keys: [urlKey(name)],
    fingerprint: hash(`${name} ${over.title ?? ''} ${contentText}`),
    raw,
    rawHash: hash(raw),
    trail: [],
    warnings: [],
    ...over,
  };
}

export function urlKey(name: string): ItemKey {
  return `url https://news.example/${name}` as ItemKey;
}

export function idOf(name: string): ItemId {
  return hash(name).slice(0, 16) as ItemId;
}

export function seqOf(number: number): Seq {
  return number as Seq;
}

export function newItem(name: string, over: Partial<CleanItem> = {}): ItemChange {
  const item = buildItem(name, over);
  return { kind: 'new', id: idOf(name), item, updated: item.published ?? day(50) };
}

export function droppedItem(name: string, reason = 'advertising'): DroppedItem {
  const raw = `{"title":"${name}"}`;
  return { locator: `${name}.txt`, raw, rawHash: hash(raw), reason };
}

export function seenFile(path: string, over: Partial<SeenFile> = {}): SeenFile {
  return { path, bytes: 12, modified: 1.25, hash: hash(path), warnings: [], outcome: 'read', ...over };
}

export function declaration(
  sources: readonly string[],
  publications: Readonly<Record<string, readonly string[] | null>> = { main: null },
): Declaration {
  return {
    sources: sources.map((key) => ({
      key,
      type: 'archive',
      address: `/articles/${key}`,
      folder: null,
      pipelineHash: 'pipeline 1',
    })),
    publications: Object.entries(publications).map(([name, drawsFrom]) => ({
      name,
      sources: drawsFrom,
      where: null,
      exclude: null,
      hash: `looks of ${name}`,
    })),
  };
}

export interface RefreshOver extends Partial<Omit<Refresh, 'changes'>> {
  readonly source?: number;
}

/** Saves changes as one refresh of the first source on day 50, unless told otherwise. */
export function save(
  store: Store,
  changes: readonly ItemChange[],
  over: RefreshOver = {},
): Promise<SavedRefresh> {
  const { source = 1, ...rest } = over;
  return store.saveRefresh({
    sourceNumber: source,
    at: day(50),
    changes,
    dropped: [],
    files: [],
    pipelineHash: 'pipeline 1',
    cleanerVersion: 1,
    ending: null,
    ...rest,
  });
}

/** Names in feed order. */
export async function feedOf(
  store: Store,
  publication: number,
  order: 'newest' | 'oldest' = 'newest',
): Promise<string[]> {
  const { items } = await store.listFeed(publication, { limit: 1000, order });
  return items.map(({ title }) => title);
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
