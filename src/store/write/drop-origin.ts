/**
 * Texts that a rule, or their own emptiness, keeps out. They are kept whole, so that a wrong rule loses nothing.
 */
import type { Kysely } from 'kysely';
import type { DroppedItem } from '../../model/item-change.ts';
import type { Seq } from '../../model/item.ts';
import { leavePublications } from '../declare/membership.ts';
import type { Tables } from '../schema.ts';
import { compressText } from '../zstd.ts';
import { isMadeBy, originsAt, putOrigin } from './origin-rows.ts';
import type { Sighting } from './sighting.ts';

/** Stands for what no cleaner has made. */
const NOTHING_MADE = {
  fingerprint: '',
  text_length: 0,
  published: null,
  archived: null,
  trail: '[]',
  warnings: '[]',
};

/** Keeps the raw text of an item that a rule, or its own emptiness, keeps out. */
export async function saveDropped(
  sighting: Sighting,
  { locator, raw, rawHash, reason }: DroppedItem,
): Promise<void> {
  const { source, at, pipelineHash, cleanerVersion } = sighting;
  const there = await originsAt(sighting, locator);
  const same = there.find((origin) => origin.raw_hash === rawHash);
  if (same !== undefined) {
    const isKnown = same.dropped === reason && isMadeBy(same, sighting);
    return isKnown ? undefined : dropOrigin(sighting, same, reason);
  }
  const spare = there.find((origin) => origin.item === null);
  await putOrigin(sighting, spare?.number, {
    source,
    locator,
    raw: compressText(raw),
    raw_hash: rawHash,
    pipeline_hash: pipelineHash,
    cleaner_version: cleanerVersion,
    ...NOTHING_MADE,
    item: null,
    shown: 0,
    dropped: reason,
    last_seen: at,
  });
}

/** Marks an origin as dropped. Its item leaves the publications that held it for this origin's sake. */
export async function dropOrigin(
  sighting: Sighting,
  origin: { number: number; item: Seq | null; shown: number },
  reason: string,
): Promise<void> {
  const { tx, pipelineHash, cleanerVersion } = sighting;
  await tx
    .updateTable('origins')
    .set({ dropped: reason, pipeline_hash: pipelineHash, cleaner_version: cleanerVersion })
    .where('number', '=', origin.number)
    .execute();
  if (origin.item === null) return;
  for (const publication of await leavePublications(tx, origin.item)) sighting.touched.add(publication);
  if (origin.shown === 1) await showRichestLeft(tx, origin.number, origin.item);
}

/** Only the raw text of the next best origin is kept, so it is called stale: cleaning anew puts its text in place. */
async function showRichestLeft(tx: Kysely<Tables>, dropped: number, seq: Seq): Promise<void> {
  const richest = await tx
    .selectFrom('origins')
    .select('number')
    .where('item', '=', seq)
    .where('dropped', 'is', null)
    .orderBy('text_length', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (richest === undefined) return;
  await tx.updateTable('origins').set({ shown: 0 }).where('number', '=', dropped).execute();
  await tx
    .updateTable('origins')
    .set({ shown: 1, pipeline_hash: '' })
    .where('number', '=', richest.number)
    .execute();
}
