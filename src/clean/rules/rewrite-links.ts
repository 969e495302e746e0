/** The rule `rewrite_links`: other addresses for links that match a pattern; pictures are left alone. */
import type { Rule } from '../../model/rule.ts';
import { compilePattern } from '../../search/pattern.ts';
import type { Step } from '../step.ts';
import { mapLinks } from '../links.ts';

/** @throws `config-invalid` for a pattern that cannot be used */
export function rewriteLinks(rule: Extract<Rule, { step: 'rewrite_links' }>): Step {
  const from = compilePattern(rule.from);
  return {
    name: 'rewrite_links',
    purpose: 'Rewrites the links that match a pattern.',
    apply: (item) => mapLinks(item, (address) => from.replaceAll(address, rule.to)),
  };
}
