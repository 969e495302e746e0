/** The rule `strip_params`: takes parameters off links by their names. What stays keeps its order and its spelling. */
import type { Rule } from '../../model/rule.ts';
import type { Step } from '../step.ts';
import { mapLinks } from './content-links.ts';

export function stripParams(rule: Extract<Rule, { step: 'strip_params' }>): Step {
  const names = new Set(rule.params);
  return {
    name: 'strip_params',
    purpose: 'Takes the named parameters off links.',
    apply: (item) => mapLinks(item, (address) => withoutParams(address, names)),
  };
}

function withoutParams(address: string, names: ReadonlySet<string>): string {
  const found = /^([^?#]*)\?([^#]*)(.*)$/s.exec(address);
  if (found === null) return address;
  const [, before = '', query = '', fragment = ''] = found;
  const params = query.split('&');
  const kept = params.filter((param) => !names.has(nameOf(param)));
  if (kept.length === params.length) return address;
  return before + (kept.length === 0 ? '' : `?${kept.join('&')}`) + fragment;
}

function nameOf(param: string): string {
  const [name] = new URLSearchParams(param).keys();
  return name ?? '';
}
