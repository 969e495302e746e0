/**
 * Makes a freshly parsed tree fit for the steps: elements and text only, texts joined, no attribute whose name could not
 * be written, nothing below MAX_DEPTH. No reader sees a difference.
 */
import { MAX_DEPTH } from './nesting.ts';
import { addNode, isElement, isText, setChildren } from './tree.ts';
import type { TreeNode, TreeParent, TreeText } from './tree.ts';

const WRITABLE_NAME = /^[a-z_][\w:.-]*$/i;

/** Tidies what is below `parent`, in place. */
export function tidyTree(parent: TreeParent, depth = 0): void {
  let odd = false;
  let afterText = false;
  for (const node of parent.children) {
    if (isText(node)) {
      odd ||= afterText;
      afterText = true;
    } else {
      afterText = false;
      if (!isElement(node) || depth >= MAX_DEPTH) odd = true;
      else {
        dropUnwritableNames(node.attribs);
        tidyTree(node, depth + 1);
      }
    }
  }
  if (odd) setChildren(parent, settledChildren(parent.children, depth));
}

function dropUnwritableNames(attributes: Record<string, string>): void {
  for (const name of Object.keys(attributes)) {
    if (!WRITABLE_NAME.test(name)) Reflect.deleteProperty(attributes, name);
  }
}

function settledChildren(children: readonly TreeNode[], depth: number): TreeNode[] {
  const settled: TreeNode[] = [];
  for (const node of children) {
    if (isElement(node) && depth < MAX_DEPTH) settled.push(node);
    else for (const text of textsIn(node)) addNode(settled, text);
  }
  return settled;
}

/** Not recursive: here the depth has no limit yet. */
function textsIn(top: TreeNode): TreeText[] {
  const texts: TreeText[] = [];
  const waiting: TreeNode[] = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isText(node)) texts.push(node);
    else if (isElement(node)) for (const child of node.children.toReversed()) waiting.push(child);
  }
  return texts;
}
