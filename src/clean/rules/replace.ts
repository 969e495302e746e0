/**
 * The rule `replace`: other words for what a pattern finds in the title, the summary or the content. In the content it sees
 * one text node at a time and changes text only: what looks like markup in the replacement is shown as it is written.
 */
import { SILENT_ELEMENTS } from '../../html/elements.ts';
import { isElement, isText, rootOf, type TreeParent } from '../../html/tree.ts';
import type { Item } from '../../model/item.ts';
import type { Rule } from '../../model/rule.ts';
import { compilePattern } from '../../search/pattern.ts';
import { editContent } from '../edit-content.ts';
import type { Step } from '../step.ts';

type Change = (text: string) => string;

/** @throws `config-invalid` for a pattern that cannot be used */
export function replace(rule: Extract<Rule, { step: 'replace' }>): Step {
  const pattern = compilePattern(rule.pattern);
  const change: Change = (text) => (pattern.test(text) ? pattern.replaceAll(text, rule.with) : text);
  return {
    name: 'replace',
    purpose: `Replaces what a pattern finds in the ${rule.in}.`,
    apply: (item) => REPLACE[rule.in](item, change),
  };
}

const REPLACE: Readonly<Record<'title' | 'summary' | 'content', (item: Item, change: Change) => Item>> = {
  title(item, change) {
    const title = change(item.title);
    return title === item.title ? item : { ...item, title };
  },
  summary(item, change) {
    const summary = item.summary === null ? null : change(item.summary);
    return summary === item.summary ? item : { ...item, summary };
  },
  content: (item, change) => editContent(item, ($) => changeTexts(rootOf($), change)),
};

function changeTexts(parent: TreeParent, change: Change): boolean {
  let any = false;
  for (const node of parent.children) {
    if (isText(node)) {
      const text = change(node.data);
      any ||= text !== node.data;
      node.data = text;
    } else if (isElement(node) && !SILENT_ELEMENTS.has(node.name)) any = changeTexts(node, change) || any;
  }
  return any;
}
