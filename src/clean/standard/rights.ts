/**
 * Takes the copyright notice that closes a text out of it, and keeps it as the rights of the item. Only a whole paragraph
 * (or a last line of its own) of the form that the table knows is a notice; whatever stands elsewhere is text.
 * The notice of Deutsche Welle stands before the footer of feedx: `strip_footer` goes first.
 */
import { BLOCK_ELEMENTS } from '../../html/elements.ts';
import { isElement, isText, rootOf, textIn, type TreeNode, type TreeRoot } from '../../html/tree.ts';
import { foldHan } from '../../search/han-fold.ts';
import { editContent } from '../edit-content.ts';
import { cutToEnd, elementsAround, isBlank, leavesFromEnd } from '../leaves.ts';
import type { Step } from '../step.ts';
import { COPYRIGHT_NOTICES } from './copyright-notices.ts';

interface Line {
  /** The first node of the line; the rest are its later siblings. */
  readonly first: TreeNode;
  readonly text: string;
}

/** One of these is in every notice. */
const MARK = /©|&copy|&#169|&#xa9|\(c\)|copyright|rights reserved|版[权權]/i;
/** How much of the end is searched for the mark: the longest notice with ample markup, and a footer. */
const MAX_END = 4000;
/** A notice may be set in several paragraphs. */
const MAX_NOTICES = 4;

/** Around a notice; in anything else (a quotation, a caption, a list) it belongs to the text. */
const AROUND = new Set(
  'a abbr article b big body center div em font footer i main p section small span strong sub sup time u'.split(
    ' ',
  ),
);

export const rightsStep: Step = {
  name: 'rights',
  purpose: 'Takes the closing copyright notice out of the text, as the rights of the item.',
  apply(item) {
    if (!MARK.test(item.contentHtml.slice(-MAX_END))) return item;
    const notices: string[] = [];
    const changed = editContent(item, ($) => {
      for (let line = lastLine(rootOf($)); isNotice(line) && notices.length < MAX_NOTICES;) {
        notices.unshift(line.text);
        cutToEnd(rootOf($), line.first, { rules: false });
        line = lastLine(rootOf($));
      }
      return notices.length > 0;
    });
    return notices.length === 0 ? item : { ...changed, rights: notices.join('\n') };
  },
};

function isNotice(line: Line | null): line is Line {
  if (line === null) return false;
  const text = foldHan(line.text);
  return COPYRIGHT_NOTICES.some(({ pattern, longest }) => text.length <= longest && pattern.test(text));
}

/** The last line that shows anything; null where that is no text, or part of something. */
function lastLine(root: TreeRoot): Line | null {
  for (const leaf of leavesFromEnd(root)) {
    if (isBlank(leaf)) continue;
    return isText(leaf) ? lineAround(leaf) : null;
  }
  return null;
}

function lineAround(leaf: TreeNode): Line | null {
  let inBlock = leaf;
  let blockFound = false;
  for (const element of elementsAround(leaf)) {
    if (!AROUND.has(element.name)) return null;
    blockFound ||= BLOCK_ELEMENTS.has(element.name);
    if (!blockFound) inBlock = element;
  }
  const nodes: TreeNode[] = [];
  for (let node: TreeNode | null = inBlock; node !== null && isInLine(node); node = node.prev)
    nodes.push(node);
  const first = nodes.at(-1) ?? inBlock;
  return nodes.every(isWords) ? { first, text: joined(nodes.toReversed().map(textIn).join('')) } : null;
}

function isInLine(node: TreeNode): boolean {
  return !isElement(node) || (node.name !== 'br' && !BLOCK_ELEMENTS.has(node.name));
}

/** Text, and inline elements that hold nothing else. */
function isWords(node: TreeNode): boolean {
  if (isText(node)) return true;
  return isElement(node) && AROUND.has(node.name) && node.children.every(isWords);
}

/** White space folded, and none between Han characters: pieces of one sentence were set apart there. */
function joined(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(
      /(?<=\p{Script=Han}|[，。、：；！？「」『』（）]) (?=\p{Script=Han}|[，。、：；！？「」『』（）])/gu,
      '',
    );
}
