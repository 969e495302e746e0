/**
 * The rows of an item: its place, its moments, its text.
 * `published` never moves later, and `sort` follows from it: arrival stands in for a date that is missing or lies in the future.
 */
import type { ItemChange } from '../../model/item-change.ts';
import type { CleanItem, Seq } from '../../model/item.ts';
import type { EpochMs } from '../../model/time.ts';
import { compressText } from '../zstd.ts';
import { publicationsHolding } from '../declare/membership.ts';
import type { Sighting } from './sighting.ts';

/** What must be known of a stored item before it is changed. */
export interface ItemNow {
  readonly seq: Seq;
  readonly source: number;
  readonly fingerprint: string;
  readonly published: EpochMs | null;
  readonly updated: EpochMs;
  readonly crawled: EpochMs;
  readonly sort: EpochMs;
}

/** A decision that an item is new. */
export type NewItem = Extract<ItemChange, { kind: 'new' }>;

/** The stored item; undefined where it was removed meanwhile. */
export function getItemNow({ tx }: Sighting, seq: Seq): Promise<ItemNow | undefined> {
  return tx
    .selectFrom('items')
    .select(['seq', 'source', 'fingerprint', 'published', 'updated', 'crawled', 'sort'])
    .where('seq', '=', seq)
    .executeTakeFirst();
}

/** Gives new items their numbers, growing in their order, and writes them, without origins and memberships. */
export async function insertItems(
  { tx, at, source }: Sighting,
  changes: readonly NewItem[],
): Promise<{ item: CleanItem; seq: Seq; sort: EpochMs }[]> {
  const rows = changes.map(({ id, item, updated }) => {
    const { published } = item;
    const sort = sortOf(published, at);
    return { id, source, ...contentOf(item), published, updated, crawled: at, changed: at, sort };
  });
  const numbered = await tx.insertInto('items').values(rows).returning(['id', 'seq', 'sort']).execute();
  const places = new Map(numbered.map(({ id, ...place }) => [id, place]));
  const written = changes.flatMap(({ id, item }) => {
    const place = places.get(id);
    return place === undefined ? [] : [{ item, ...place }];
  });
  await tx
    .insertInto('item_texts')
    .values(written.map(({ item, seq }) => ({ seq, content_html: item.contentHtml })))
    .execute();
  return written;
}

/** Puts another text in the place of the one that is shown, and tells the item's publications. */
export async function replaceContent(sighting: Sighting, seq: Seq, item: CleanItem): Promise<void> {
  const { tx, source, at } = sighting;
  await tx
    .updateTable('items')
    .set({ ...contentOf(item), source, changed: at })
    .where('seq', '=', seq)
    .execute();
  await tx.updateTable('item_texts').set({ content_html: item.contentHtml }).where('seq', '=', seq).execute();
  await tellPublications(sighting, seq);
}

/** Sets the moments of an item; gives whether a reader sees a difference. */
export async function moveMoments(
  sighting: Sighting,
  now: ItemNow,
  moments: { published: EpochMs | null; updated: EpochMs },
): Promise<boolean> {
  const published = earlierOf(now.published, moments.published);
  const { updated } = moments;
  const { tx, at } = sighting;
  if (published === now.published && updated === now.updated) return false;
  const sort = sortOf(published, now.crawled);
  await tx
    .updateTable('items')
    .set({ published, updated, sort, changed: at })
    .where('seq', '=', now.seq)
    .execute();
  if (sort !== now.sort) {
    await tx.updateTable('publication_items').set({ sort }).where('seq', '=', now.seq).execute();
  }
  await tellPublications(sighting, now.seq);
  return true;
}

/** Keeps the text that is shown as a revision. */
export async function keepShownAsRevision({ tx, at }: Sighting, seq: Seq): Promise<void> {
  const { content_html: contentHtml, ...shown } = await tx
    .selectFrom('items')
    .innerJoin('item_texts', 'item_texts.seq', 'items.seq')
    .select(['title', 'published', 'content_html'])
    .where('items.seq', '=', seq)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('revisions')
    .values({ item: seq, at, ...shown, content_html: compressText(contentHtml) })
    .execute();
}

/** Keeps a text that was never shown as a revision. */
export async function keepAsRevision({ tx, at }: Sighting, seq: Seq, item: CleanItem): Promise<void> {
  const { title, published, contentHtml } = item;
  await tx
    .insertInto('revisions')
    .values({ item: seq, at, title, published, content_html: compressText(contentHtml) })
    .execute();
}

async function tellPublications({ tx, touched }: Sighting, seq: Seq): Promise<void> {
  for (const publication of await publicationsHolding(tx, seq)) touched.add(publication);
}

function sortOf(published: EpochMs | null, crawled: EpochMs): EpochMs {
  return published !== null && published <= crawled ? published : crawled;
}

function earlierOf(now: EpochMs | null, found: EpochMs | null): EpochMs | null {
  if (now === null || found === null) return now ?? found;
  return found < now ? found : now;
}

function contentOf(item: CleanItem) {
  return {
    fingerprint: item.fingerprint,
    guid: item.guid,
    url: item.url,
    title: item.title,
    summary: item.summary,
    authors: JSON.stringify(item.authors),
    categories: JSON.stringify(item.categories),
    enclosures: JSON.stringify(item.enclosures),
    image: item.image,
    language: item.language,
    rights: item.rights,
    comments_url: item.commentsUrl,
    archived: item.archived,
  };
}
