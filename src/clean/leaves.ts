/**
 * The two ends of a fragment. Footers, datelines and notices are known by what stands last or first, and the markup
 * around them differs from file to file; so they are looked for among the leaves, whatever holds these.
 */
import { BLOCK_ELEMENTS } from '../html/elements.ts';
import {
  isElement,
  isText,
  setChildren,
  type TreeElement,
  type TreeNode,
  type TreeParent,
  type TreeRoot,
} from '../html/tree.ts';

/** Elements that show nothing while they are empty. */
const BLANK_WHEN_EMPTY = new Set(
  'a b big br center div em font footer i p section small span strong u wbr'.split(' '),
);

/** Texts and childless elements below `parent`, the last one first. The tree must not change meanwhile. */
export function* leavesFromEnd(parent: TreeParent): Generator<TreeNode> {
  for (let node = parent.children.at(-1) ?? null; node !== null; node = node.prev) {
    if (isElement(node) && node.children.length > 0) yield* leavesFromEnd(node);
    else yield node;
  }
}

/** Texts and childless elements below `parent`, in the order of the document. The tree must not change meanwhile. */
export function* leavesFromStart(parent: TreeParent): Generator<TreeNode> {
  for (const node of parent.children) {
    if (isElement(node) && node.children.length > 0) yield* leavesFromStart(node);
    else yield node;
  }
}

/** Whether a node shows nothing: white space, line breaks, empty elements. A rule (`hr`) or a picture is something. */
export function isBlank(node: TreeNode): boolean {
  if (isText(node)) return !/[^\s\u200b\ufeff]/.test(node.data);
  return isElement(node) && BLANK_WHEN_EMPTY.has(node.name) && node.children.every(isBlank);
}

/** The elements around a node, from the inside out. */
export function* elementsAround(node: TreeNode): Generator<TreeElement> {
  for (let parent = node.parent; parent !== null && 'attribs' in parent; parent = parent.parent) yield parent;
}

/** Whether nothing stands before the node on its line. */
export function beginsLine(node: TreeNode): boolean {
  for (let before = node.prev; before !== null; before = before.prev) {
    if (isElement(before) && (before.name === 'br' || BLOCK_ELEMENTS.has(before.name))) return true;
    if (!isBlank(before)) return false;
  }
  const { parent } = node;
  if (parent === null || !('attribs' in parent) || BLOCK_ELEMENTS.has(parent.name)) return true;
  return beginsLine(parent);
}

/**
 * Takes away everything from `first` to the end of the fragment, elements that are left without content, and what
 * only separated it from the text before: white space, line breaks and, where `rules` says so, `hr`.
 */
export function cutToEnd(root: TreeRoot, first: TreeNode, { rules }: { rules: boolean }): void {
  const parent = parentOf(first, root);
  const before = parent.children.slice(0, parent.children.indexOf(first));
  const last = before.findLastIndex((node) => !isBlank(node) && !(rules && isRule(node)));
  setChildren(parent, before.slice(0, last + 1));
  if (!('attribs' in parent)) return;
  if (last === -1) cutToEnd(root, parent, { rules });
  else cutAfter(root, parent);
}

function cutAfter(root: TreeRoot, node: TreeElement): void {
  const parent = parentOf(node, root);
  setChildren(parent, parent.children.slice(0, parent.children.indexOf(node) + 1));
  if ('attribs' in parent) cutAfter(root, parent);
}

function parentOf({ parent }: TreeNode, root: TreeRoot): TreeParent {
  return parent !== null && 'attribs' in parent ? parent : root;
}

function isRule(node: TreeNode): boolean {
  return isElement(node) && node.name === 'hr';
}
