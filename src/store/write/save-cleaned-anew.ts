/**
 * Writes what cleaning anew made of stored origins. No revision is made and no `updated` moves (product.md section 4);
 * what a reader sees is replaced in place.
 */
import type { Kysely } from 'kysely';
import type { CleanItem, Seq } from '../../model/item.ts';
import type { EpochMs } from '../../model/time.ts';
import { paceWork } from '../pacing.ts';
import type { Tables } from '../schema.ts';
import type { CleanedAnew } from '../store.ts';
import type { Definitions } from '../declare/definitions.ts';
import { touchPublications } from '../declare/membership.ts';
import { dropOrigin } from './drop-origin.ts';
import { markAsMade } from './origin-rows.ts';
import { enter, performChange, settle } from './perform-change.ts';
import { beginSighting, type Sighting } from './sighting.ts';
import { getItemNow, moveMoments, replaceContent, type ItemNow } from './write-item.ts';
import { saveOriginAnew } from './write-origin.ts';

/** A stored origin, and what its source is declared to be made with. */
interface OriginAnew {
  readonly number: number;
  readonly source: number;
  readonly item: Seq | null;
  readonly shown: number;
  readonly dropped: string | null;
  /** As it was made before. */
  readonly published: EpochMs | null;
  readonly pipelineHash: string;
}

/** One transaction. An origin that is gone by now is passed over. */
export function saveCleanedAnew(
  db: Kysely<Tables>,
  definitions: Definitions,
  { results, cleanerVersion, at }: { results: readonly CleanedAnew[]; cleanerVersion: number; at: EpochMs },
): Promise<{ publications: number[] }> {
  const breathe = paceWork();
  return db.transaction().execute(async (tx) => {
    const touched = new Set<number>();
    for (const result of results) {
      const origin = await getOrigin(tx, result.origin);
      if (origin === undefined) continue;
      const { source: sourceNumber, pipelineHash } = origin;
      const sight = { sourceNumber, at, pipelineHash, cleanerVersion };
      const sighting = await beginSighting(tx, definitions, sight);
      await perform(sighting, origin, result);
      sighting.touched.forEach((publication) => touched.add(publication));
      await breathe();
    }
    return { publications: await touchPublications(tx, touched, at) };
  });
}

async function perform(sighting: Sighting, origin: OriginAnew, result: CleanedAnew): Promise<void> {
  switch (result.kind) {
    case 'item':
      return saveItem(sighting, origin, result.item);
    case 'dropped':
      return dropOrigin(sighting, origin, result.reason);
    case 'kept':
      return markAsMade(sighting, origin.number);
    case 'revived':
      await performChange(sighting, result.change);
      // Where the change went to another place, or to an item that is gone, the old row would be stale for ever.
      return markAsMade(sighting, origin.number);
  }
}

async function saveItem(sighting: Sighting, origin: OriginAnew, item: CleanItem): Promise<void> {
  if (origin.item === null) throw new Error(`origin ${origin.number} has no item; it must be revived`);
  await saveOriginAnew(sighting, origin.number, { seq: origin.item, item });
  const now = await getItemNow(sighting, origin.item);
  if (now === undefined) return;
  if (origin.dropped !== null) await enter(sighting, [now]);
  if (origin.shown === 1) await showAnew(sighting, origin, { now, item });
  await settle(sighting, now.seq);
}

async function showAnew(
  sighting: Sighting,
  origin: OriginAnew,
  { now, item }: { now: ItemNow; item: CleanItem },
): Promise<void> {
  if (now.fingerprint !== item.fingerprint) await replaceContent(sighting, now.seq, item);
  await moveMoments(sighting, now, { published: publishedAnew(now, origin, item), updated: now.updated });
}

/** A date is only ever found where there was none, in a text that this origin had from the start; else it moves earlier or not at all. */
function publishedAnew(now: ItemNow, origin: OriginAnew, item: CleanItem): EpochMs | null {
  return now.published === null && origin.published !== null ? null : item.published;
}

function getOrigin(tx: Kysely<Tables>, number: number): Promise<OriginAnew | undefined> {
  return tx
    .selectFrom('origins')
    .innerJoin('sources', 'sources.number', 'origins.source')
    .select(['origins.number', 'origins.source', 'item', 'shown', 'dropped', 'published'])
    .select('sources.pipeline_hash as pipelineHash')
    .where('origins.number', '=', number)
    .executeTakeFirst();
}
