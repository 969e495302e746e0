/**
 * Brings publications whose sources or conditions changed back in line, some items at a time. What arrives meanwhile finds the new ones already.
 */
import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { EpochMs } from '../../model/time.ts';
import type { Tables } from '../schema.ts';
import { paceWork } from '../pacing.ts';
import { decideSlice, type Range } from './decide-membership.ts';
import type { Definitions } from './definitions.ts';
import { enterSlice, leaveSlice, touchPublications } from './membership.ts';

/** Sequence numbers by one transaction: some 10 ms for each publication, and others have their turn in between. */
const SLICE = 200;

/** Rebuilds every declared publication that is due; together, since reading an item costs more than judging it. */
export async function rebuildMemberships(
  db: Kysely<Tables>,
  definitions: Definitions,
  at: EpochMs,
): Promise<void> {
  const rows = await db
    .selectFrom('publications')
    .select('number')
    .where('rebuild', '=', 1)
    .where('position', 'is not', null)
    .execute();
  const due = rows.map(({ number }) => number);
  if (due.length === 0) return;
  const { last } = await db
    .selectFrom('items')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirstOrThrow();
  for (let after = 0; after < (last ?? 0); after += SLICE) {
    const slice = { after, through: after + SLICE, at };
    await db.transaction().execute(async (tx) => {
      await touchPublications(tx, await rebuildSlice(tx, definitions, due, slice), at);
    });
    await setImmediate();
  }
  await db.updateTable('publications').set({ rebuild: 0 }).where('number', 'in', due).execute();
}

async function rebuildSlice(
  tx: Kysely<Tables>,
  definitions: Definitions,
  due: readonly number[],
  slice: Range & { readonly at: EpochMs },
): Promise<Set<number>> {
  const breathe = paceWork();
  const changed = new Set<number>();
  for (const publication of due) {
    if (await leaveSlice(tx, publication, slice)) changed.add(publication);
    const isConditional = definitions.has(publication);
    if (!isConditional && (await enterSlice(tx, publication, slice))) changed.add(publication);
    await breathe();
  }
  const conditional = due.filter((publication) => definitions.has(publication));
  const decided = conditional.length === 0 ? [] : await decideSlice(tx, definitions, conditional, slice);
  return new Set([...changed, ...decided]);
}
