/** The rule `tag`: gives items a category, all of them or those for which a condition holds. */
import type { Rule } from '../../model/rule.ts';
import { matchesCondition } from '../../search/match-condition.ts';
import type { Step } from '../step.ts';
import { asMatchable } from './as-matchable.ts';

/** The step of one `tag` rule. */
export function tag({ as, when }: Extract<Rule, { step: 'tag' }>): Step {
  return {
    name: 'tag',
    purpose: `Gives the category ${as}.`,
    apply(item, { now }) {
      if (item.categories.includes(as)) return item;
      if (when !== null && !matchesCondition(when, asMatchable(item), now)) return item;
      return { ...item, categories: [...item.categories, as] };
    },
  };
}
