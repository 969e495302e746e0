/**
 * The nodes of a parsed fragment, and the ways of walking and changing them without selectors (which cost a compilation each).
 * Trees made by html/edit.ts hold elements and text only, at most MAX_DEPTH deep, so recursion is safe here.
 */
import type { CheerioAPI } from 'cheerio/slim';

export type TreeRoot = NonNullable<ReturnType<CheerioAPI['root']>[0]>;
export type TreeNode = TreeRoot['children'][number];
export type TreeElement = Extract<TreeNode, { attribs: unknown }>;
export type TreeText = Extract<TreeNode, { readonly nodeType: 3 }>;
export type TreeParent = NonNullable<TreeNode['parent']>;

export function isElement(node: TreeNode): node is TreeElement {
  return 'attribs' in node;
}

export function isText(node: TreeNode): node is TreeText {
  return node.nodeType === 3;
}

/** The node above the top of the fragment. */
export function rootOf($: CheerioAPI): TreeRoot {
  const root = $.root()[0];
  if (root === undefined) throw new Error('a loaded fragment has a root');
  return root;
}

/** Every element below `parent`, in the order of the document; a list of its own, so the tree may change meanwhile. */
export function elementsIn(parent: TreeParent, found: TreeElement[] = []): TreeElement[] {
  for (const node of parent.children) {
    if (!isElement(node)) continue;
    found.push(node);
    elementsIn(node, found);
  }
  return found;
}

/** All text below a node, as it stands. */
export function textIn(node: TreeNode): string {
  if (isText(node)) return node.data;
  return 'children' in node ? node.children.map(textIn).join('') : '';
}

/**
 * Offers every element below `parent` for replacement, the inner ones first, and says whether any was replaced.
 * Linear, however many go.
 * @param replace gives what stands in the element's place: nothing (it goes), its children (it is unwrapped), other
 *   nodes; null keeps it
 */
export function replaceElements(
  parent: TreeParent,
  replace: (element: TreeElement) => readonly TreeNode[] | null,
): boolean {
  let changed = false;
  let below = false;
  const settled: TreeNode[] = [];
  for (const node of parent.children) {
    let instead: readonly TreeNode[] | null = null;
    if (isElement(node)) {
      below = replaceElements(node, replace) || below;
      instead = replace(node);
    }
    changed ||= instead !== null;
    for (const next of instead ?? [node]) addNode(settled, next);
  }
  if (changed) setChildren(parent, settled);
  return changed || below;
}

/** Adds a node at the end of a list of siblings; text is joined to text. */
export function addNode(siblings: TreeNode[], node: TreeNode): void {
  const before = siblings.at(-1);
  if (before !== undefined && isText(before) && isText(node)) before.data += node.data;
  else siblings.push(node);
}

/** Gives `parent` these children, with all the links between them. */
export function setChildren(parent: TreeParent, children: TreeNode[]): void {
  children.forEach((child, at) => {
    child.parent = parent;
    child.prev = children[at - 1] ?? null;
    child.next = children[at + 1] ?? null;
  });
  parent.children = children;
}
