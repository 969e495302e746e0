/** The rule `drop`: leaves out the items for which a condition holds, and says what it found. */
import type { Rule } from '../../model/rule.ts';
import { explainMatch } from '../../search/match-condition.ts';
import type { Step } from '../step.ts';
import { asMatchable } from './as-matchable.ts';

/** The step of one `drop` rule. */
export function drop({ condition }: Extract<Rule, { step: 'drop' }>): Step {
  return {
    name: 'drop',
    purpose: 'Leaves out the items for which the condition holds.',
    apply(item, { now }) {
      const found = explainMatch(condition, asMatchable(item), now);
      return found === null ? item : { drop: found };
    },
  };
}
