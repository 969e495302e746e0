/**
 * Brings publications whose sources changed back in line, some items at a time. What arrives meanwhile finds the new sources already.
 */
import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { EpochMs } from '../../model/time.ts';
import type { Tables } from '../schema.ts';
import { rebuildSlice, touchPublications } from './membership.ts';

/** Sequence numbers by one transaction: some 10 ms. */
const SLICE = 500;

/** Rebuilds every declared publication that is due. */
export async function rebuildMemberships(db: Kysely<Tables>, at: EpochMs): Promise<void> {
  const due = await db
    .selectFrom('publications')
    .select('number')
    .where('rebuild', '=', 1)
    .where('position', 'is not', null)
    .execute();
  for (const { number } of due) await rebuild(db, number, at);
}

async function rebuild(db: Kysely<Tables>, publication: number, at: EpochMs): Promise<void> {
  const { last } = await db
    .selectFrom('items')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirstOrThrow();
  for (let after = 0; after < (last ?? 0); after += SLICE) {
    await db.transaction().execute(async (tx) => {
      const isChanged = await rebuildSlice(tx, publication, { after, through: after + SLICE }, at);
      if (isChanged) await touchPublications(tx, new Set([publication]), at);
    });
    await setImmediate();
  }
  await db.updateTable('publications').set({ rebuild: 0 }).where('number', '=', publication).execute();
}
