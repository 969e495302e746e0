/** The rule `remove`: takes away what CSS selectors find. */
import { checkSelector } from '../../html/selector.ts';
import { FeedmillError } from '../../model/error.ts';
import type { Rule } from '../../model/rule.ts';
import { editContent } from '../edit-content.ts';
import type { Step } from '../step.ts';

/** @throws `config-invalid` for a selector that cannot be used */
export function remove(rule: Extract<Rule, { step: 'remove' }>): Step {
  for (const selector of rule.selectors) {
    const mistake = checkSelector(selector);
    if (mistake !== null) throw new FeedmillError('config-invalid', mistake);
  }
  return {
    name: 'remove',
    purpose: 'Takes away the parts of the text that the selectors name.',
    apply: (item) =>
      editContent(item, ($) => {
        let any = false;
        for (const selector of rule.selectors) {
          const found = $(selector);
          any ||= found.length > 0;
          found.remove();
        }
        return any;
      }),
  };
}
