/**
 * The rows of origins, as the writers of origins need them.
 */
import type { Insertable } from 'kysely';
import type { Seq } from '../../model/item.ts';
import type { Tables } from '../schema.ts';
import type { Sighting } from './sighting.ts';

/** What must be known of a stored origin before another word of its source is written. */
export interface OriginNow {
  readonly number: number;
  readonly item: Seq | null;
  readonly shown: number;
  readonly dropped: string | null;
  readonly raw_hash: string;
  readonly fingerprint: string;
  readonly pipeline_hash: string;
  readonly cleaner_version: number;
}

/** Origins at one place of the source that is sighted: of each item that the place ever brought, and of a dropped text. */
export function originsAt({ tx, source }: Sighting, locator: string): Promise<OriginNow[]> {
  return tx
    .selectFrom('origins')
    .select([
      'number',
      'item',
      'shown',
      'dropped',
      'raw_hash',
      'fingerprint',
      'pipeline_hash',
      'cleaner_version',
    ])
    .where('source', '=', source)
    .where('locator', '=', locator)
    .orderBy('number')
    .execute();
}

/** Writes a new origin, or (with a number) puts another in the place of that one. */
export async function putOrigin(
  { tx, at }: Sighting,
  number: number | undefined,
  row: Omit<Insertable<Tables['origins']>, 'first_seen'>,
): Promise<void> {
  if (number === undefined)
    await tx
      .insertInto('origins')
      .values({ ...row, first_seen: at })
      .execute();
  else await tx.updateTable('origins').set(row).where('number', '=', number).execute();
}

/** Calls an origin made by today's cleaner, and leaves it as it is. */
export async function markAsMade(
  { tx, pipelineHash, cleanerVersion }: Sighting,
  origin: number,
): Promise<void> {
  await tx
    .updateTable('origins')
    .set({ pipeline_hash: pipelineHash, cleaner_version: cleanerVersion })
    .where('number', '=', origin)
    .execute();
}

/** Whether the origin was made as the sighted source is made now. */
export function isMadeBy(origin: OriginNow, { pipelineHash, cleanerVersion }: Sighting): boolean {
  return origin.pipeline_hash === pipelineHash && origin.cleaner_version === cleanerVersion;
}
