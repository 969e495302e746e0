/**
 * The rule `strip_footer`: takes a republisher's footer off the end of the text, in every spelling, and nothing else.
 * It is a footer only where the end of the text holds its words, links to its domains, and not a letter more; a text that
 * mentions or quotes it keeps it (product.md section 5).
 */
import { rootOf, isText, type TreeNode, type TreeRoot, type TreeText } from '../../html/tree.ts';
import type { Rule } from '../../model/rule.ts';
import { foldHan } from '../../search/han-fold.ts';
import { editContent } from '../edit-content.ts';
import { beginsLine, cutToEnd, elementsAround, isBlank, leavesFromEnd } from '../leaves.ts';
import type { Step } from '../step.ts';
import { FEEDX_FOOTER, type Footer } from './footer-feedx.ts';

type StripFooterRule = Extract<Rule, { step: 'strip_footer' }>;

interface KnownFooter {
  /** Stands in every spelling; asked before the text is parsed. */
  readonly mark: RegExp;
  readonly words: readonly string[];
  readonly address: RegExp;
  readonly written: RegExp;
}

/** A text that was republished twice has two. */
const MAX_FOOTERS = 10;
/** Three links with line breaks and spaces are 15 leaves. */
const MAX_LEAVES = 60;

/** Where a footer may stand. In a quotation, a list or a table it is part of the text. */
const FREE = new Set(
  'a article b big center div em font footer i main p section small span strong u'.split(' '),
);

const KNOWN: Readonly<Record<StripFooterRule['footer'], KnownFooter>> = {
  feedx: prepare(/feedx/i, FEEDX_FOOTER),
};

export function stripFooter(rule: StripFooterRule): Step {
  const footer = KNOWN[rule.footer];
  return {
    name: 'strip_footer',
    purpose: 'Takes the footer of a republisher off the end of the text.',
    apply(item) {
      if (!footer.mark.test(item.contentHtml)) return item;
      return editContent(item, ($) => cutFooters(rootOf($), footer));
    },
  };
}

function prepare(mark: RegExp, { words, domains }: Footer): KnownFooter {
  const names = domains.map(({ domain }) => domain.replaceAll('.', '\\.')).join('|');
  return {
    mark,
    words: words.map(({ text }) => text),
    address: new RegExp(`^\\s*(?:https?:)?//(?:[\\w-]+\\.)*(?:${names})(?:[/?#:]|\\s*$)`, 'i'),
    written: new RegExp(`(?:https?://)?(?:www\\.)?(?:${names})/?`, 'g'),
  };
}

function cutFooters(root: TreeRoot, footer: KnownFooter): boolean {
  let cut = 0;
  for (; cut < MAX_FOOTERS; cut += 1) {
    const first = findFooter(root, footer);
    if (first === null) break;
    cutToEnd(root, first, { rules: true });
  }
  return cut > 0;
}

/** Reads backwards from the end; gives the text with which the footer begins. */
function findFooter(root: TreeRoot, footer: KnownFooter): TreeNode | null {
  let said = '';
  let links = 0;
  let leaves = 0;
  for (const leaf of leavesFromEnd(root)) {
    leaves += 1;
    if (leaves > MAX_LEAVES) return null;
    if (isBlank(leaf)) continue;
    if (!isText(leaf) || !standsFree(leaf)) return null;
    const own = isLinkOf(leaf, footer) ? '' : withoutAddresses(leaf, footer);
    if (own !== compared(leaf.data)) links += 1;
    said = own + said;
    const words = said.replace(/:$/, '');
    if (footer.words.includes(words)) return links > 0 && beginsLine(leaf) ? leaf : null;
    if (!footer.words.some((known) => known.endsWith(words))) return null;
  }
  return null;
}

function standsFree(leaf: TreeNode): boolean {
  for (const { name } of elementsAround(leaf)) if (!FREE.has(name)) return false;
  return true;
}

function isLinkOf(leaf: TreeText, { address }: KnownFooter): boolean {
  for (const { name, attribs } of elementsAround(leaf)) {
    if (name === 'a') return address.test(attribs['href'] ?? '');
  }
  return false;
}

function withoutAddresses({ data }: TreeText, { written }: KnownFooter): string {
  return compared(data).replaceAll(written, '');
}

function compared(text: string): string {
  return foldHan(text.normalize('NFKC'))
    .replaceAll(/[\s\u200b-\u200d\ufeff]+/g, '')
    .toLowerCase();
}
