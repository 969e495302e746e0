/**
 * Brings publications whose sources or conditions changed back in line, some items at a time. What arrives meanwhile finds the new ones already.
 */
import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { EpochMs } from '../../model/time.ts';
import type { Tables } from '../schema.ts';
import { decideSlice } from './decide-membership.ts';
import type { Definitions } from './definitions.ts';
import { enterSlice, leaveSlice, touchPublications } from './membership.ts';

/** Sequence numbers by one transaction: some 10 ms. */
const SLICE = 500;

/** Rebuilds every declared publication that is due. */
export async function rebuildMemberships(
  db: Kysely<Tables>,
  definitions: Definitions,
  at: EpochMs,
): Promise<void> {
  const due = await db
    .selectFrom('publications')
    .select('number')
    .where('rebuild', '=', 1)
    .where('position', 'is not', null)
    .execute();
  for (const { number } of due) await rebuild(db, definitions, number, at);
}

async function rebuild(
  db: Kysely<Tables>,
  definitions: Definitions,
  publication: number,
  at: EpochMs,
): Promise<void> {
  const { last } = await db
    .selectFrom('items')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirstOrThrow();
  for (let after = 0; after < (last ?? 0); after += SLICE) {
    await db.transaction().execute(async (tx) => {
      const slice = { after, through: after + SLICE, at };
      const isLeft = await leaveSlice(tx, publication, slice);
      const isEntered = definitions.has(publication)
        ? await decideSlice(tx, definitions, publication, slice)
        : await enterSlice(tx, publication, slice);
      if (isLeft || isEntered) await touchPublications(tx, new Set([publication]), at);
    });
    await setImmediate();
  }
  await db.updateTable('publications').set({ rebuild: 0 }).where('number', '=', publication).execute();
}
