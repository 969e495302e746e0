/**
 * One look at one source, while it is being written: what every write of it needs to know, and what it has touched so far.
 */
import type { Kysely } from 'kysely';
import type { EpochMs } from '../../model/time.ts';
import type { Tables } from '../schema.ts';
import type { Definitions } from '../declare/definitions.ts';
import { publicationsDrawingFrom } from '../declare/membership.ts';

export interface Sighting {
  /** The transaction in which all of it is written. */
  readonly tx: Kysely<Tables>;
  readonly source: number;
  readonly at: EpochMs;
  readonly pipelineHash: string;
  readonly cleanerVersion: number;
  /** Declared publications that draw from the source. */
  readonly publications: readonly number[];
  /** What publications demand of an item. */
  readonly definitions: Definitions;
  /** Publications whose content is another now; grows while writing. */
  readonly touched: Set<number>;
}

/** A sighting that has touched nothing yet. */
export async function beginSighting(
  tx: Kysely<Tables>,
  definitions: Definitions,
  sight: { sourceNumber: number; at: EpochMs; pipelineHash: string; cleanerVersion: number },
): Promise<Sighting> {
  return {
    tx,
    source: sight.sourceNumber,
    at: sight.at,
    pipelineHash: sight.pipelineHash,
    cleanerVersion: sight.cleanerVersion,
    publications: await publicationsDrawingFrom(tx, sight.sourceNumber),
    definitions,
    touched: new Set(),
  };
}
