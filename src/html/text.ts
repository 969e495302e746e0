/** The text of a fragment, as somebody would read it aloud: for search, excerpts and comparing. */
import { readHtml } from './edit.ts';
import { BLOCK_ELEMENTS, SILENT_ELEMENTS } from './elements.ts';
import { isElement, isText, rootOf, type TreeNode } from './tree.ts';

/**
 * White space folded to single spaces; a line end (one) wherever a block begins or ends and at each `br`.
 * Without scripts, styles and templates.
 */
export function textOfHtml(html: string): string {
  if (!/[<&\0\u2028]/.test(html)) return html.replaceAll(/\s+/g, ' ').trim();
  const read = readHtml(html, ($) => spoken(rootOf($).children));
  return read.replaceAll(/\s+/g, (space) => (space.includes(LINE_END) ? '\n' : ' ')).trim();
}

/** Stands for line ends that mean one: the line separator, which is white space here and text to no publisher. */
const LINE_END = '\u2028';

function spoken(nodes: readonly TreeNode[]): string {
  let text = '';
  for (const node of nodes) {
    if (isText(node)) text += node.data;
    else if (isElement(node)) text += spokenElement(node.name, node.children);
  }
  return text;
}

function spokenElement(name: string, children: readonly TreeNode[]): string {
  if (SILENT_ELEMENTS.has(name)) return '';
  if (name === 'br') return LINE_END;
  if (name === 'td' || name === 'th') return `${spoken(children)} `;
  return BLOCK_ELEMENTS.has(name) ? `${LINE_END}${spoken(children)}${LINE_END}` : spoken(children);
}
