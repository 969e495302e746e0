/**
 * Lets go what a source keeps for a time only (`keep`): counted from arrival, what somebody starred stays, what goes leaves
 * its keys. An item that another source keeps longer stays as long as that.
 */
import type { Seq } from '../model/item.ts';
import { shift } from '../model/time.ts';
import type { NumberedSource, Parts } from './parts.ts';
import { inTurn } from './save-ground.ts';

/** @returns how many items went; stops between two pages when aborted */
export async function removeExpired(
  { store, clock }: Parts,
  sources: readonly NumberedSource[],
  signal: AbortSignal,
): Promise<number> {
  const now = clock();
  const before = new Map(
    sources.flatMap(({ number, source: { keepMs } }) =>
      keepMs === null ? [] : [[number, shift(now, -keepMs)] as const],
    ),
  );
  let removed = 0;
  for (const sourceNumber of before.keys()) {
    let after: Seq | null = null;
    do {
      if (signal.aborted) return removed;
      const page: { seqs: Seq[]; next: Seq | null } = await store.listExpired({
        sourceNumber,
        before,
        after,
      });
      if (page.seqs.length > 0) removed += await inTurn(store, () => store.removeItems(page.seqs, now));
      after = page.next;
    } while (after !== null);
  }
  if (removed > 0) await store.giveSpaceBack();
  return removed;
}
