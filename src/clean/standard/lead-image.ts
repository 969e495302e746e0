/** Takes the picture above the text as the item's image, where the publisher names none. */
import { readHtml } from '../../html/edit.ts';
import { isElement, isText, rootOf, type TreeNode } from '../../html/tree.ts';
import { parseHttpUrl } from '../../model/url.ts';
import type { Step } from '../step.ts';

export const leadImageStep: Step = {
  name: 'lead_image',
  purpose: 'Names the picture above the text as the image of the item.',
  apply: (item) => {
    if (item.image !== null) return item;
    const src = readHtml(item.contentHtml, ($) => leadIn(rootOf($).children));
    const image = typeof src === 'string' ? parseHttpUrl(src) : null;
    return image === null ? item : { ...item, image };
  },
};

/** Words that may stand above a lead picture without being the text. */
const BESIDE_THE_TEXT = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'figcaption',
  'header',
  'noscript',
  'script',
  'style',
]);

/** The address of the picture above the text; `text` where the text comes first; null where there is neither. */
function leadIn(nodes: readonly TreeNode[]): string | { readonly kind: 'text' } | null {
  for (const node of nodes) {
    if (isText(node) && node.data.trim() !== '') return { kind: 'text' };
    if (!isElement(node)) continue;
    const src = node.attribs['src'];
    if (node.name === 'img' && src !== undefined && /^https?:/i.test(src)) return src;
    const below = leadIn(node.children);
    if (typeof below === 'string' || (below !== null && !BESIDE_THE_TEXT.has(node.name))) return below;
  }
  return null;
}
