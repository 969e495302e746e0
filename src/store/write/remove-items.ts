/**
 * Takes items away. Their keys and ids stay, so that they neither come back nor give their id to another.
 */
import type { Kysely } from 'kysely';
import type { Seq } from '../../model/item.ts';
import type { EpochMs } from '../../model/time.ts';
import { inSlices } from '../pacing.ts';
import type { Tables } from '../schema.ts';
import { touchPublications } from '../declare/membership.ts';

/** Items by one transaction: a removal is many small deletes, some 20 ms for as many. */
const SLICE = 100;

/** Passes over items that somebody starred; gives how many went. Texts, origins and revisions go with their item (ON DELETE CASCADE). */
export async function removeItems(db: Kysely<Tables>, seqs: readonly Seq[], at: EpochMs): Promise<number> {
  let removed = 0;
  for (const slice of inSlices(seqs, SLICE)) removed += await removeSlice(db, slice, at);
  return removed;
}

function removeSlice(db: Kysely<Tables>, seqs: readonly Seq[], at: EpochMs): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const starred = tx
      .selectFrom('user_items')
      .select('seq')
      .where('seq', 'in', seqs)
      .where('starred', '=', 1);
    const going = await tx
      .selectFrom('items')
      .select(['seq', 'id'])
      .where('seq', 'in', seqs)
      .where('seq', 'not in', starred)
      .execute();
    if (going.length === 0) return 0;
    const gone = going.map(({ seq }) => seq);
    const held = await tx
      .selectFrom('publication_items')
      .select('publication')
      .distinct()
      .where('seq', 'in', gone)
      .execute();
    await tx.insertInto('removed_items').values(going).execute();
    await tx.deleteFrom('items').where('seq', 'in', gone).execute();
    await touchPublications(tx, new Set(held.map(({ publication }) => publication)), at);
    return going.length;
  });
}
