/**
 * Writes a tree as HTML: every attribute quoted, every character as itself except & < > and, in attributes, ".
 * Parsing what is written gives the tree that was written wherever `isAsParsed` holds.
 */
import { CLOSES_PARENT, RAW_TEXT_ELEMENTS, SHOULD_NOT_HOLD, VOID_ELEMENTS } from './elements.ts';
import { escapeAttribute, escapeHtml } from './escape.ts';
import { isElement, isText, type TreeElement, type TreeNode } from './tree.ts';

/** Elements that the tokenizer reads by rules of their own; trees that hold them are read again rather than trusted. */
const READ_SPECIALLY = new Set(
  'script style title textarea xmp svg math select option optgroup input button datalist output body head html'.split(
    ' ',
  ),
);

/** The HTML of these nodes. Comments, declarations and instructions are not written. */
export function serialise(nodes: readonly TreeNode[]): string {
  let html = '';
  for (const node of nodes) {
    if (isText(node)) html += escapeHtml(node.data);
    else if (isElement(node)) html += serialiseElement(node);
  }
  return html;
}

function serialiseElement(element: TreeElement): string {
  const { name } = element;
  let tag = `<${name}`;
  for (const key of Object.keys(element.attribs)) {
    tag += ` ${key}="${escapeAttribute(element.attribs[key] ?? '')}"`;
  }
  if (VOID_ELEMENTS.has(name)) return `${tag}>`;
  return `${tag}>${RAW_TEXT_ELEMENTS.has(name) ? rawText(element) : serialise(element.children)}</${name}>`;
}

function rawText(element: TreeElement): string {
  return element.children.map((child) => (isText(child) ? child.data : '')).join('');
}

/** Whether reading what `serialise` writes gives exactly these nodes. It may say no too often, never yes too often. */
export function isAsParsed(nodes: readonly TreeNode[], parent: string | null = null): boolean {
  let afterText = false;
  for (const node of nodes) {
    if (isText(node)) {
      if (afterText || node.data === '') return false;
      afterText = true;
    } else {
      if (!isElement(node) || !isElementAsParsed(node, parent)) return false;
      afterText = false;
    }
  }
  return true;
}

function isElementAsParsed(element: TreeElement, parent: string | null): boolean {
  const { name, children } = element;
  if (READ_SPECIALLY.has(name)) return false;
  if (parent !== null && (closes(CLOSES_PARENT, name, parent) || closes(SHOULD_NOT_HOLD, name, parent)))
    return false;
  return VOID_ELEMENTS.has(name) ? children.length === 0 : isAsParsed(children, name);
}

function closes(table: ReadonlyMap<string, ReadonlySet<string>>, name: string, parent: string): boolean {
  return table.get(name)?.has(parent) === true;
}
