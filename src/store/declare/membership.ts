/**
 * Which items stand in which publications. One rule, wherever it is applied: an item stands in a publication
 * while an origin of it that no rule drops lies in one of the publication's sources, and the item as it is shown
 * fulfils the publication's conditions (decide-membership.ts).
 */
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Seq } from '../../model/item.ts';
import type { EpochMs } from '../../model/time.ts';
import type { Tables } from '../schema.ts';

/** Numbers of the declared publications that draw from the source. */
export async function publicationsDrawingFrom(tx: Kysely<Tables>, source: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('publication_sources')
    .innerJoin('publications', 'publications.number', 'publication_sources.publication')
    .select('publications.number')
    .where('publication_sources.source', '=', source)
    .where('publications.position', 'is not', null)
    .orderBy('publications.number')
    .execute();
  return rows.map(({ number }) => number);
}

/** Puts items into publications; gives those in which one of them did not stand before. */
export async function enterPublications(
  tx: Kysely<Tables>,
  publications: readonly number[],
  places: readonly { seq: Seq; sort: EpochMs; entered: EpochMs }[],
): Promise<number[]> {
  if (publications.length === 0 || places.length === 0) return [];
  const rows = await tx
    .insertInto('publication_items')
    .values(places.flatMap((place) => publications.map((publication) => ({ publication, ...place }))))
    .onConflict((conflict) => conflict.doNothing())
    .returning('publication')
    .execute();
  return [...new Set(rows.map(({ publication }) => publication))];
}

/** Takes an item out of the publications that hold it without reason; gives those. */
export async function leavePublications(tx: Kysely<Tables>, seq: Seq): Promise<number[]> {
  const rows = await tx
    .deleteFrom('publication_items')
    .where('seq', '=', seq)
    .where((eb) => eb.not(eb.exists(reasonToStand)))
    .returning('publication')
    .execute();
  return rows.map(({ publication }) => publication);
}

/** Takes items with `after < seq <= through` out of a publication that does not draw from them any more; gives whether any went. */
export async function leaveSlice(
  tx: Kysely<Tables>,
  publication: number,
  { after, through }: { after: number; through: number },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('publication_items')
    .where('publication', '=', publication)
    .where('seq', '>', after as Seq)
    .where('seq', '<=', through as Seq)
    .where((eb) => eb.not(eb.exists(reasonToStand)))
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Puts all items with `after < seq <= through` that it draws from into a publication without conditions; gives whether any came. */
export async function enterSlice(
  tx: Kysely<Tables>,
  publication: number,
  { after, through, at }: { after: number; through: number; at: EpochMs },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('publication_items')
    .columns(['publication', 'seq', 'sort', 'entered'])
    .expression(
      tx
        .selectFrom('items')
        .innerJoin('origins', 'origins.item', 'items.seq')
        .innerJoin('publication_sources', 'publication_sources.source', 'origins.source')
        .select((eb) => [
          'publication_sources.publication',
          'items.seq',
          'items.sort',
          eb.val(at).as('entered'),
        ])
        .distinct()
        .where('publication_sources.publication', '=', publication)
        .where('origins.dropped', 'is', null)
        .where('items.seq', '>', after as Seq)
        .where('items.seq', '<=', through as Seq),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Gives the publications that hold the item. */
export async function publicationsHolding(tx: Kysely<Tables>, seq: Seq): Promise<number[]> {
  const rows = await tx
    .selectFrom('publication_items')
    .select('publication')
    .where('seq', '=', seq)
    .execute();
  return rows.map(({ publication }) => publication);
}

/** Remembers that subscribers of these publications see something else now. */
export async function touchPublications(
  tx: Kysely<Tables>,
  publications: ReadonlySet<number>,
  at: EpochMs,
): Promise<number[]> {
  const numbers = [...publications].toSorted((a, b) => a - b);
  if (numbers.length > 0) {
    await tx.updateTable('publications').set({ changed: at }).where('number', 'in', numbers).execute();
  }
  return numbers;
}

function reasonToStand(eb: ExpressionBuilder<Tables, 'publication_items'>) {
  return eb
    .selectFrom('origins')
    .innerJoin('publication_sources', 'publication_sources.source', 'origins.source')
    .select('origins.number')
    .whereRef('origins.item', '=', 'publication_items.seq')
    .where('origins.dropped', 'is', null)
    .whereRef('publication_sources.publication', '=', 'publication_items.publication');
}
