/** The rule `strip_params`: takes parameters off links by their names. */
import type { Rule } from '../../model/rule.ts';
import { mapLinks, withoutParams } from '../links.ts';
import type { Step } from '../step.ts';

export function stripParams(rule: Extract<Rule, { step: 'strip_params' }>): Step {
  const names = new Set(rule.params);
  return {
    name: 'strip_params',
    purpose: 'Takes the named parameters off links.',
    apply: (item) => mapLinks(item, (address) => withoutParams(address, (name) => names.has(name))),
  };
}
