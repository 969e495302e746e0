/**
 * Makes a freshly parsed tree fit for the steps: elements and text only, texts joined, no attribute whose name could not
 * be written, nothing below MAX_DEPTH. No reader sees a difference.
 */
import { MAX_DEPTH } from './nesting.ts';
import { isElement, isText, type TreeNode, type TreeText } from './tree.ts';

type TreeParent = NonNullable<TreeNode['parent']>;

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
    else for (const text of textsIn(node)) addText(settled, text);
  }
  return settled;
}

function addText(settled: TreeNode[], text: TreeText): void {
  const before = settled.at(-1);
  if (before !== undefined && isText(before)) before.data += text.data;
  else settled.push(text);
}

/** Not recursive: here the depth has no limit yet. */
function textsIn(top: TreeNode): TreeText[] {
  const texts: TreeText[] = [];
  const waiting: TreeNode[] = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isText(node)) texts.push(node);
    else if (isElement(node)) waiting.push(...node.children.toReversed());
  }
  return texts;
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
