/**
 * Turns pictures that have a caption beside them into figures (product.md section 5):
 * `<img><div><small>caption</small></div>`, and in galleries `<div><img><b>title</b>：text</div>`.
 * No character of text is lost or changes its place.
 */
import type { CheerioAPI } from 'cheerio/slim';
import { BLOCK_ELEMENTS } from '../../html/elements.ts';
import { makeElement } from '../../html/make-element.ts';
import { isElement, isText, rootOf, setChildren, textIn } from '../../html/tree.ts';
import type { TreeElement, TreeNode, TreeParent } from '../../html/tree.ts';
import { editContent } from '../edit-content.ts';
import type { Step } from '../step.ts';

export const figuresStep: Step = {
  name: 'figures',
  purpose: 'Joins pictures and their captions into figures.',
  again: true,
  apply: (item) => editContent(item, ($) => joinFigures($, rootOf($))),
};

/** Boxes in which a figure may stand, and captions are looked for. */
const BOXES = new Set('div section article main blockquote li td body center'.split(' '));

function joinFigures($: CheerioAPI, parent: TreeParent): boolean {
  let changed = false;
  for (const child of parent.children) {
    if (!isElement(child) || !BOXES.has(child.name)) continue;
    if (becomeGalleryFigure($, child)) changed = true;
    else changed = joinFigures($, child) || changed;
  }
  return joinCaptions($, parent) || changed;
}

/** Whether the box was a picture with a titled text; its element becomes the figure. */
function becomeGalleryFigure($: CheerioAPI, box: TreeElement): boolean {
  if (box.name !== 'div') return false;
  const children = box.children.filter((child) => !isBlank(child));
  const [picture, title] = children;
  if (picture === undefined || title === undefined || !isPicture(picture)) return false;
  if (!isElement(title) || (title.name !== 'b' && title.name !== 'strong')) return false;
  const words = box.children.slice(box.children.indexOf(title));
  if (!words.every(isInline)) return false;
  const caption = makeElement($, 'figcaption');
  setChildren(caption, words);
  box.name = 'figure';
  setChildren(box, [picture, caption]);
  return true;
}

/** Joins each picture directly in `parent` with the caption that follows it. */
function joinCaptions($: CheerioAPI, parent: TreeParent): boolean {
  const settled: TreeNode[] = [];
  let changed = false;
  for (const node of parent.children) {
    const small = captionIn(node);
    const picture = small === null ? undefined : settled.findLast((before) => !isBlank(before));
    if (small === null || picture === undefined || !isPicture(picture)) {
      settled.push(node);
      continue;
    }
    settled.length = settled.indexOf(picture);
    settled.push(makeFigure($, picture, small));
    changed = true;
  }
  if (changed) setChildren(parent, settled);
  return changed;
}

/** The words of a `<div><small>…</small></div>`. */
function captionIn(node: TreeNode): TreeElement | null {
  if (!isElement(node) || node.name !== 'div') return null;
  const children = node.children.filter((child) => !isBlank(child));
  const [small] = children;
  if (children.length !== 1 || small === undefined || !isElement(small) || small.name !== 'small')
    return null;
  return small.children.every(isInline) && textIn(small).trim() !== '' ? small : null;
}

function makeFigure($: CheerioAPI, picture: TreeNode, caption: TreeElement): TreeElement {
  const figure = makeElement($, 'figure');
  caption.name = 'figcaption';
  caption.attribs = {};
  setChildren(figure, [picture, caption]);
  return figure;
}

/** A picture, alone or as a link. */
function isPicture(node: TreeNode): boolean {
  if (!isElement(node)) return false;
  if (node.name === 'img' || node.name === 'picture') return true;
  const [only] = node.children;
  return node.name === 'a' && node.children.length === 1 && only !== undefined && isPicture(only);
}

function isInline(node: TreeNode): boolean {
  if (isText(node)) return true;
  return (
    isElement(node) && !BLOCK_ELEMENTS.has(node.name) && node.name !== 'img' && node.children.every(isInline)
  );
}

function isBlank(node: TreeNode): boolean {
  return isText(node) && node.data.trim() === '';
}
