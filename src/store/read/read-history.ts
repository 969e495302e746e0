/**
 * Where an item came from and what became of it: origins, revisions, keys, publications. For `explain`.
 */
import type { Kysely } from 'kysely';
import type { ItemKey, Seq } from '../../model/item.ts';
import type { TrailEntry } from '../../model/trail.ts';
import type { Warning } from '../../model/warning.ts';
import type { Tables } from '../schema.ts';
import type { StoredOrigin, StoredRevision } from '../store.ts';
import { decompressText } from '../zstd.ts';

/** Origins oldest first, revisions newest first. */
export async function getHistory(
  db: Kysely<Tables>,
  seq: Seq,
): Promise<{ origins: StoredOrigin[]; revisions: StoredRevision[]; keys: ItemKey[] }> {
  const keys = await db.selectFrom('item_keys').select('key').where('seq', '=', seq).orderBy('key').execute();
  return {
    origins: await listOrigins(db, seq),
    revisions: await listRevisions(db, seq),
    keys: keys.map(({ key }) => key),
  };
}

/** Numbers of the declared publications that the item stands in, in the order of the declaration. */
export async function publicationsOf(db: Kysely<Tables>, seq: Seq): Promise<number[]> {
  const rows = await db
    .selectFrom('publication_items')
    .innerJoin('publications', 'publications.number', 'publication_items.publication')
    .select('publications.number')
    .where('publication_items.seq', '=', seq)
    .where('publications.position', 'is not', null)
    .orderBy('publications.position')
    .execute();
  return rows.map(({ number }) => number);
}

async function listOrigins(db: Kysely<Tables>, seq: Seq): Promise<StoredOrigin[]> {
  const rows = await db
    .selectFrom('origins')
    .innerJoin('sources', 'sources.number', 'origins.source')
    .select([
      'sources.key',
      'locator',
      'first_seen',
      'last_seen',
      'published',
      'archived',
      'shown',
      'dropped',
    ])
    .select(['trail', 'origins.warnings'])
    .where('origins.item', '=', seq)
    .orderBy('origins.number')
    .execute();
  return rows.map((row) => ({
    source: row.key,
    locator: row.locator,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    published: row.published,
    archived: row.archived,
    shown: row.shown === 1,
    dropped: row.dropped,
    trail: JSON.parse(row.trail) as TrailEntry[],
    warnings: JSON.parse(row.warnings) as Warning[],
  }));
}

async function listRevisions(db: Kysely<Tables>, seq: Seq): Promise<StoredRevision[]> {
  const rows = await db
    .selectFrom('revisions')
    .select(['at', 'title', 'content_html', 'published'])
    .where('item', '=', seq)
    .orderBy('at', 'desc')
    .orderBy('number', 'desc')
    .execute();
  return rows.map(({ at, title, content_html, published }) => ({
    at,
    title,
    contentHtml: decompressText(content_html),
    published,
  }));
}
