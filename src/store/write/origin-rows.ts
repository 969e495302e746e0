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

/** What is written of an origin. When it was first seen is the writer's to say. */
export type OriginRow = Omit<Insertable<Tables['origins']>, 'first_seen'>;

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

/** Numbers of the dropped texts at these places of the source, by locator: there is at most one at each. */
export async function droppedAt(
  { tx, source }: Sighting,
  locators: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('origins')
    .select(['number', 'locator'])
    .where('source', '=', source)
    .where('locator', 'in', locators)
    .where('item', 'is', null)
    .execute();
  return new Map(rows.map(({ number, locator }) => [locator, number]));
}

/** Writes a new origin, or (with a number) puts another in the place of that one. */
export async function putOrigin(
  sighting: Sighting,
  number: number | undefined,
  row: OriginRow,
): Promise<void> {
  if (number === undefined) await insertOrigins(sighting, [row]);
  else await sighting.tx.updateTable('origins').set(row).where('number', '=', number).execute();
}

/** Writes new origins. */
export async function insertOrigins({ tx, at }: Sighting, rows: readonly OriginRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('origins')
    .values(rows.map((row) => ({ ...row, first_seen: at })))
    .execute();
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
