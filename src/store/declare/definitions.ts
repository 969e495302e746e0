/**
 * What publications demand of an item besides its source: `where` and `exclude`, as the last declaration gave them.
 * They are asked when an item arrives or changes and when a definition changes, never by a request (architecture.md A.5).
 */
import { createHash } from 'node:crypto';
import type { Condition } from '../../model/rule.ts';
import type { EpochMs } from '../../model/time.ts';
import { matchesCondition, type Matchable } from '../../search/match-condition.ts';

/** The conditions of one publication; null where none is set. */
export interface Definition {
  readonly where: Condition | null;
  readonly exclude: Condition | null;
}

/** By number of the declared publication. One without conditions has no place here: it takes every item of its sources. */
export type Definitions = Map<number, Definition>;

/** Raised by whoever changes what a condition finds: memberships are then decided anew. */
const MATCHING_VERSION = 1;

/** @param arrived when the item first came: ages count back from there, so that a decision stays the same */
export function isAdmitted(definition: Definition | undefined, item: Matchable, arrived: EpochMs): boolean {
  if (definition === undefined) return true;
  const { where, exclude } = definition;
  return (
    (where === null || matchesCondition(where, item, arrived)) &&
    (exclude === null || !matchesCondition(exclude, item, arrived))
  );
}

/** Changes with everything that decides which items of its sources a publication takes; empty where it takes all. */
export function definitionHash({ where, exclude }: Definition): string {
  if (where === null && exclude === null) return '';
  const text = JSON.stringify([MATCHING_VERSION, where, exclude]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
