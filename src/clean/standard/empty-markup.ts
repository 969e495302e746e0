/**
 * Takes out markup that shows nothing: empty paragraphs and spans, line breaks at the borders of a text or by the dozen,
 * a box around everything. Rules, pictures and players stay; so does every character, and every border between lines.
 */
import type { CheerioAPI } from 'cheerio/slim';
import { BLOCK_ELEMENTS } from '../../html/elements.ts';
import { makeElement } from '../../html/make-element.ts';
import { addNode, isElement, isText, rootOf, setChildren } from '../../html/tree.ts';
import type { TreeElement, TreeNode, TreeParent, TreeRoot } from '../../html/tree.ts';
import { editContent } from '../edit-content.ts';
import type { Step } from '../step.ts';

/** More than one empty line says nothing more. */
const MAX_BREAKS = 2;

const EMPTY_BLOCKS = new Set(
  (
    'p div section article header footer aside main nav center address blockquote figure figcaption h1 h2 h3 h4 h5 h6 ' +
    'ul ol dl'
  ).split(' '),
);

const EMPTY_INLINES = new Set(
  'span b strong i em u s small big sub sup mark a font tt code del ins cite q abbr label'.split(' '),
);

/** Blocks that hold something else than lines: white space in them is layout, or means itself. */
const WITHOUT_LINES = new Set('pre table thead tbody tfoot tr ul ol dl'.split(' '));

const WRAPPERS = new Set('div section article main center body html'.split(' '));

export const emptyMarkupStep: Step = {
  name: 'empty_markup',
  purpose: 'Takes out markup that shows nothing.',
  again: true,
  apply: (item) =>
    editContent(item, ($) => {
      const root = rootOf($);
      let changed = removeEmpty($, root);
      changed = trimBreaksBelow(root) || changed;
      while (unwrapAll(root)) {
        changed = true;
        trimBreaks(root);
      }
      return changed;
    }),
};

/** Inner ones first, so that what holds only empty elements is empty, too. */
function removeEmpty($: CheerioAPI, parent: TreeParent): boolean {
  let changed = false;
  for (const child of parent.children) {
    if (isElement(child)) changed = removeEmpty($, child) || changed;
  }
  if (!parent.children.some(isEmpty)) return changed;
  setChildren(parent, withoutEmpty($, parent.children));
  return true;
}

function withoutEmpty($: CheerioAPI, children: readonly TreeNode[]): TreeNode[] {
  const settled: TreeNode[] = [];
  let lineOpen = false;
  let lineCut = false;
  for (const node of children) {
    if (isEmpty(node)) {
      lineCut ||= EMPTY_BLOCKS.has(node.name);
      for (const child of EMPTY_BLOCKS.has(node.name) ? [] : node.children) addNode(settled, child);
      continue;
    }
    if (!isBlank(node)) {
      // An empty block between two words still keeps them on lines of their own.
      if (lineCut && lineOpen && isInline(node)) settled.push(makeElement($, 'br'));
      lineCut = false;
      lineOpen = isInline(node) && !isBreak(node);
    }
    addNode(settled, node);
  }
  return settled;
}

function isEmpty(node: TreeNode): node is TreeElement {
  if (!isElement(node) || !(EMPTY_BLOCKS.has(node.name) || EMPTY_INLINES.has(node.name))) return false;
  return node.children.every((child) => isBlank(child) || isBreak(child));
}

function trimBreaksBelow(parent: TreeParent): boolean {
  let changed = false;
  for (const child of parent.children) {
    if (isElement(child) && child.name !== 'pre') changed = trimBreaksBelow(child) || changed;
  }
  const holdsLines =
    !('name' in parent) || (BLOCK_ELEMENTS.has(parent.name) && !WITHOUT_LINES.has(parent.name));
  return (holdsLines && trimBreaks(parent)) || changed;
}

/** Takes out the breaks directly in `parent` that begin or end a text, and those beyond MAX_BREAKS in a row. */
function trimBreaks(parent: TreeParent): boolean {
  const settled: TreeNode[] = [];
  let waiting: TreeNode[] = [];
  let atBorder = true;
  let changed = false;
  const settleWaiting = (limit: number): void => {
    let breaks = 0;
    for (const node of waiting) {
      if (isBreak(node)) breaks += 1;
      if (isBreak(node) && breaks > limit) changed = true;
      else addNode(settled, node);
    }
    waiting = [];
  };
  for (const node of parent.children) {
    if (isBreak(node) || isBlank(node)) {
      waiting.push(node);
      continue;
    }
    const inline = isInline(node);
    settleWaiting(atBorder || !inline ? 0 : MAX_BREAKS);
    settled.push(node);
    atBorder = !inline;
  }
  settleWaiting(0);
  if (changed) setChildren(parent, settled);
  return changed;
}

/** Whether the fragment was one box around everything; its children are the fragment then. */
function unwrapAll(root: TreeRoot): boolean {
  const [only, ...others] = root.children.filter((child) => !isBlank(child));
  if (only === undefined || others.length > 0 || !isElement(only) || !WRAPPERS.has(only.name)) return false;
  // The language and direction of the whole text are said here.
  if ('lang' in only.attribs || 'dir' in only.attribs) return false;
  setChildren(root, only.children);
  return true;
}

/** Without anything to see: white space, the no-break and the zero-width kind and control characters included. */
function isBlank(node: TreeNode): boolean {
  return isText(node) && /^[\s\p{Cc}\u200b\ufffe\uffff]*$/u.test(node.data);
}

function isBreak(node: TreeNode): boolean {
  return isElement(node) && node.name === 'br';
}

function isInline(node: TreeNode): boolean {
  return !isElement(node) || !BLOCK_ELEMENTS.has(node.name);
}
