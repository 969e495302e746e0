/**
 * Stored items, one at a time, and the query behind every list of them.
 */
import { sql, type Kysely } from 'kysely';
import type { ItemId, ItemKey, SafeHtml, Seq, StoredItem } from '../../model/item.ts';
import type { Tables } from '../schema.ts';

/** The item with this id. */
export async function getItem(db: Kysely<Tables>, id: ItemId): Promise<StoredItem | null> {
  const row = await itemQuery(db).where('items.id', '=', id).executeTakeFirst();
  return row === undefined ? null : toStoredItem(row);
}

/** The newest item that fits any part of `ref`. A file name fits an archive's file in whatever directory. */
export async function findItem(
  db: Kysely<Tables>,
  ref: { id?: ItemId; key?: ItemKey; fileName?: string },
): Promise<StoredItem | null> {
  const { id, key, fileName } = ref;
  const row = await itemQuery(db)
    .where((eb) =>
      eb.or([
        ...(id === undefined ? [] : [eb('items.id', '=', id)]),
        ...(key === undefined
          ? []
          : [eb('items.seq', 'in', eb.selectFrom('item_keys').select('seq').where('key', '=', key))]),
        ...(fileName === undefined ? [] : [eb('items.seq', 'in', fileNameQuery(db, fileName))]),
      ]),
    )
    .orderBy('items.seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toStoredItem(row);
}

/** Whole items, to be narrowed down by whoever asks. */
export function itemQuery(db: Kysely<Tables>) {
  return db
    .selectFrom('items')
    .innerJoin('item_texts', 'item_texts.seq', 'items.seq')
    .innerJoin('sources', 'sources.number', 'items.source')
    .selectAll('items')
    .select(['item_texts.content_html', 'sources.key as source_key'])
    .select((eb) =>
      eb
        .selectFrom('revisions')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('revisions.item', '=', 'items.seq')
        .as('revisions'),
    );
}

/** Reads the index over locators through (the cross join keeps the order of the tables): for a person's question, not for a refresh. */
function fileNameQuery(db: Kysely<Tables>, fileName: string) {
  return db
    .selectFrom('origins')
    .crossJoin('sources')
    .select('origins.item')
    .whereRef('sources.number', '=', 'origins.source')
    .where('sources.type', '=', 'archive')
    .where('origins.item', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('origins.locator', '=', fileName),
        eb(sql<string>`substr(origins.locator, ${-fileName.length - 1})`, '=', `/${fileName}`),
      ]),
    )
    .$narrowType<{ item: Seq }>();
}

type ItemRow = Awaited<ReturnType<ReturnType<typeof itemQuery>['executeTakeFirstOrThrow']>>;

/** A row of `itemQuery` as the port gives it. */
export function toStoredItem(row: ItemRow): StoredItem {
  return {
    seq: row.seq,
    id: row.id,
    source: row.source_key,
    guid: row.guid,
    url: row.url,
    title: row.title,
    contentHtml: row.content_html as SafeHtml,
    summary: row.summary,
    authors: JSON.parse(row.authors) as StoredItem['authors'],
    categories: JSON.parse(row.categories) as StoredItem['categories'],
    enclosures: JSON.parse(row.enclosures) as StoredItem['enclosures'],
    image: row.image,
    language: row.language,
    rights: row.rights,
    published: row.published,
    updated: row.updated,
    archived: row.archived,
    crawled: row.crawled,
    changed: row.changed,
    commentsUrl: row.comments_url,
    revisions: row.revisions ?? 0,
  };
}
