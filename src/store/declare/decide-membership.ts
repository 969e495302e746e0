/**
 * Decides by their conditions which items stand in which publications, on the item as it is shown.
 * That the item comes from one of the publication's sources is decided in membership.ts.
 */
import type { Kysely, Selectable } from 'kysely';
import { textOfHtml } from '../../html/text.ts';
import type { Author, Seq } from '../../model/item.ts';
import type { EpochMs } from '../../model/time.ts';
import type { Matchable } from '../../search/match-condition.ts';
import { paceWork } from '../pacing.ts';
import type { Tables } from '../schema.ts';
import { type Definitions, isAdmitted } from './definitions.ts';
import { enterPublications } from './membership.ts';

/** Items with `after < seq <= through`. */
export interface Range {
  readonly after: number;
  readonly through: number;
}

/** Has one stored item follow the conditions of every publication that draws from it; gives those it entered or left. */
export function decideItem(
  tx: Kysely<Tables>,
  definitions: Definitions,
  seq: Seq,
  at: EpochMs,
): Promise<number[]> {
  return decideSlice(tx, definitions, [...definitions.keys()], { after: seq - 1, through: seq, at });
}

/** Has the items of a range follow the conditions of these publications; gives those that changed. */
export async function decideSlice(
  tx: Kysely<Tables>,
  definitions: Definitions,
  publications: readonly number[],
  { after, through, at }: Range & { readonly at: EpochMs },
): Promise<number[]> {
  const breathe = paceWork();
  const drawing = await drawingInSlice(tx, publications, { after, through });
  if (drawing.size === 0) return [];
  const rows = await shownItems(tx, [...drawing.keys()]);
  const changed: number[] = [];
  for (const { seq, sort, crawled, ...row } of rows) {
    const item = matchable(row);
    const candidates = drawing.get(seq) ?? [];
    const admitting = candidates.filter((one) => isAdmitted(definitions.get(one), item, crawled));
    const refusing = candidates.filter((one) => !admitting.includes(one));
    changed.push(...(await enterPublications(tx, admitting, [{ seq, sort, entered: at }])));
    changed.push(...(await leave(tx, refusing, seq)));
    await breathe();
  }
  return changed;
}

/** For each item of a range, those of the publications that draw from one of its origins. */
async function drawingInSlice(
  tx: Kysely<Tables>,
  publications: readonly number[],
  range: Range,
): Promise<Map<Seq, number[]>> {
  const drawing = new Map<Seq, number[]>();
  for (const { item, publication } of await drawingQuery(tx, publications, range).execute()) {
    if (item === null) continue;
    const candidates = drawing.get(item);
    if (candidates === undefined) drawing.set(item, [publication]);
    else candidates.push(publication);
  }
  return drawing;
}

/** The cross join keeps the order of the tables: from the items asked for to their publications, never through a whole source. */
export function drawingQuery(tx: Kysely<Tables>, publications: readonly number[], { after, through }: Range) {
  return tx
    .selectFrom('origins')
    .crossJoin('publication_sources')
    .select(['origins.item', 'publication_sources.publication'])
    .distinct()
    .whereRef('publication_sources.source', '=', 'origins.source')
    .where('origins.item', '>', after as Seq)
    .where('origins.item', '<=', through as Seq)
    .where('origins.dropped', 'is', null)
    .where('publication_sources.publication', 'in', publications);
}

function shownItems(tx: Kysely<Tables>, seqs: readonly Seq[]) {
  return tx
    .selectFrom('items')
    .innerJoin('item_texts', 'item_texts.seq', 'items.seq')
    .select(['items.seq', 'sort', 'crawled', 'title', 'authors', 'categories'])
    .select(['url', 'language', 'published', 'content_html'])
    .where('items.seq', 'in', seqs)
    .execute();
}

type ShownItem = Pick<
  Selectable<Tables['items']> & Selectable<Tables['item_texts']>,
  'title' | 'authors' | 'categories' | 'url' | 'language' | 'published' | 'content_html'
>;

function matchable({ content_html: contentHtml, ...row }: ShownItem): Matchable {
  return {
    ...row,
    authors: JSON.parse(row.authors) as Author[],
    categories: JSON.parse(row.categories) as string[],
    get text() {
      return textOfHtml(contentHtml);
    },
  };
}

async function leave(tx: Kysely<Tables>, publications: readonly number[], seq: Seq): Promise<number[]> {
  if (publications.length === 0) return [];
  const rows = await tx
    .deleteFrom('publication_items')
    .where('publication', 'in', publications)
    .where('seq', '=', seq)
    .returning('publication')
    .execute();
  return rows.map(({ publication }) => publication);
}
