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
export async function decideItem(
  tx: Kysely<Tables>,
  definitions: Definitions,
  seq: Seq,
  at: EpochMs,
): Promise<number[]> {
  const drawing = await drawingFrom(tx, definitions, seq);
  if (drawing.length === 0) return [];
  const [row] = await shownItems(tx).where('items.seq', '=', seq).execute();
  if (row === undefined) return [];
  const item = matchable(row);
  const admitting = drawing.filter((one) => isAdmitted(definitions.get(one), item, row.crawled));
  const refusing = drawing.filter((one) => !admitting.includes(one));
  const entered = await enterPublications(tx, admitting, { seq, sort: row.sort, entered: at });
  return [...entered, ...(await leave(tx, refusing, [seq]))];
}

/** Has every item of a range that comes from the publication's sources follow its conditions; gives whether anything changed. */
export async function decideSlice(
  tx: Kysely<Tables>,
  definitions: Definitions,
  publication: number,
  { after, through, at }: Range & { readonly at: EpochMs },
): Promise<boolean> {
  const breathe = paceWork();
  const rows = await shownItems(tx)
    .where('items.seq', '>', after as Seq)
    .where('items.seq', '<=', through as Seq)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('origins')
          .innerJoin('publication_sources', 'publication_sources.source', 'origins.source')
          .select('origins.number')
          .whereRef('origins.item', '=', 'items.seq')
          .where('origins.dropped', 'is', null)
          .where('publication_sources.publication', '=', publication),
      ),
    )
    .execute();
  const refused: Seq[] = [];
  let isChanged = false;
  for (const row of rows) {
    const { seq, sort, crawled } = row;
    if (!isAdmitted(definitions.get(publication), matchable(row), crawled)) refused.push(seq);
    else {
      const entered = await enterPublications(tx, [publication], { seq, sort, entered: at });
      isChanged ||= entered.length > 0;
    }
    await breathe();
  }
  const left = await leave(tx, [publication], refused);
  return isChanged || left.length > 0;
}

async function drawingFrom(tx: Kysely<Tables>, definitions: Definitions, seq: Seq): Promise<number[]> {
  const rows = await tx
    .selectFrom('origins')
    .innerJoin('publication_sources', 'publication_sources.source', 'origins.source')
    .select('publication_sources.publication')
    .distinct()
    .where('origins.item', '=', seq)
    .where('origins.dropped', 'is', null)
    .execute();
  return rows.map(({ publication }) => publication).filter((publication) => definitions.has(publication));
}

function shownItems(tx: Kysely<Tables>) {
  return tx
    .selectFrom('items')
    .innerJoin('item_texts', 'item_texts.seq', 'items.seq')
    .select(['items.seq', 'sort', 'crawled', 'title', 'authors', 'categories'])
    .select(['url', 'language', 'published', 'content_html']);
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

async function leave(
  tx: Kysely<Tables>,
  publications: readonly number[],
  seqs: readonly Seq[],
): Promise<number[]> {
  if (publications.length === 0 || seqs.length === 0) return [];
  const rows = await tx
    .deleteFrom('publication_items')
    .where('publication', 'in', publications)
    .where('seq', 'in', seqs)
    .returning('publication')
    .execute();
  return rows.map(({ publication }) => publication);
}
