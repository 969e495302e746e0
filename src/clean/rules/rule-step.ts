/** From a rule of the configuration to the step that performs it. */
import type { Rule } from '../../model/rule.ts';
import type { Step } from '../step.ts';
import { drop } from './drop.ts';
import { remove } from './remove.ts';
import { replace } from './replace.ts';
import { rewriteLinks } from './rewrite-links.ts';
import { stripFooter } from './strip-footer.ts';
import { stripParams } from './strip-params.ts';
import { tag } from './tag.ts';
import { unproxyImages } from './unproxy-images.ts';

const WITHOUT_EFFECT = ['boilerplate', 'full_text', 'near_duplicates', 'tests'] as const;
type IdleRule = Extract<Rule, { step: (typeof WITHOUT_EFFECT)[number] }>;

/**
 * The step of a rule; null for rules that have no effect yet.
 * Compiles patterns and checks selectors, so call it once a source and not once an item.
 * @throws `config-invalid` for a pattern or a selector that cannot be used
 */
export function ruleStep(rule: Rule): Step | null {
  return isIdle(rule) ? null : effectiveStep(rule);
}

function isIdle(rule: Rule): rule is IdleRule {
  return WITHOUT_EFFECT.some((step) => step === rule.step);
}

function effectiveStep(rule: Exclude<Rule, IdleRule>): Step {
  switch (rule.step) {
    case 'strip_footer':
      return stripFooter(rule);
    case 'unproxy_images':
      return unproxyImages(rule);
    case 'rewrite_links':
      return rewriteLinks(rule);
    case 'strip_params':
      return stripParams(rule);
    case 'remove':
      return remove(rule);
    case 'drop':
      return drop(rule);
    case 'tag':
      return tag(rule);
    case 'replace':
    default:
      return replace(rule);
  }
}
