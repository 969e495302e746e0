/**
 * The nodes of a parsed fragment, and walking over them without selectors (which cost a compilation each).
 * Trees made by html/edit.ts hold elements and text only, at most MAX_DEPTH deep, so recursion is safe.
 */
import type { CheerioAPI } from 'cheerio/slim';

type Root = NonNullable<ReturnType<CheerioAPI['root']>[0]>;
export type TreeNode = Root['children'][number];
export type TreeElement = Extract<TreeNode, { attribs: unknown }>;
export type TreeText = Extract<TreeNode, { readonly nodeType: 3 }>;

export function isElement(node: TreeNode): node is TreeElement {
  return 'attribs' in node;
}

export function isText(node: TreeNode): node is TreeText {
  return node.nodeType === 3;
}

/** The top nodes of the fragment. */
export function topNodes($: CheerioAPI): TreeNode[] {
  return $.root()[0]?.children ?? [];
}

/** Every element below `nodes`, in the order of the document; a copy, so the tree may be changed while it is read. */
export function elementsIn(nodes: readonly TreeNode[]): TreeElement[] {
  const found: TreeElement[] = [];
  collect(nodes, found);
  return found;
}

function collect(nodes: readonly TreeNode[], found: TreeElement[]): void {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    found.push(node);
    collect(node.children, found);
  }
}

/** All text below a node, as it stands. */
export function textIn(node: TreeNode): string {
  if (isText(node)) return node.data;
  return 'children' in node ? node.children.map(textIn).join('') : '';
}
