/** Players and pages embedded in an item become links to their address: nothing is loaded before somebody clicks. */
import type { CheerioAPI } from 'cheerio/slim';
import { safeAddress } from './address.ts';
import { BLOCK_ELEMENTS } from './elements.ts';
import { makeElement } from './make-element.ts';
import { replaceElements, rootOf, setChildren, type TreeElement, type TreeNode } from './tree.ts';

/** Where each kind of embedding keeps its address. */
const ADDRESS_OF: ReadonlyMap<string, string> = new Map([
  ['iframe', 'src'],
  ['frame', 'src'],
  ['embed', 'src'],
  ['object', 'data'],
]);

/** Whether the HTML may hold anything for `linkEmbeds`: cheaper than walking a tree. */
export function mayHoldEmbeds(html: string): boolean {
  return /<(?:i?frame|embed|object)\b/i.test(html);
}

/** Puts a link in the place of every embedding; the content of an `object` follows it. True where there was one. */
export function linkEmbeds($: CheerioAPI): boolean {
  return replaceElements(rootOf($), (element) => {
    const attribute = ADDRESS_OF.get(element.name);
    if (attribute === undefined) return null;
    const link = linkTo($, element, safeAddress(element.attribs[attribute] ?? '', 'link'));
    return element.name === 'object' ? [...link, ...element.children] : link;
  });
}

function linkTo($: CheerioAPI, element: TreeElement, url: string | null): TreeNode[] {
  if (url === null || url.startsWith('mailto:')) return [];
  const link = makeElement($, 'a', { href: url });
  const title = (element.attribs['title'] ?? '').trim();
  setChildren(
    link,
    $.root()
      .clone()
      .text(title === '' ? url : title)
      .contents()
      .toArray(),
  );
  if (!mayHoldParagraph(element)) return [link];
  const paragraph = makeElement($, 'p');
  setChildren(paragraph, [link]);
  return [paragraph];
}

/** A paragraph may not stand in another one, nor in a line of text. */
function mayHoldParagraph(element: TreeElement): boolean {
  const above = element.parent;
  if (above === null || !('attribs' in above)) return true;
  return (
    BLOCK_ELEMENTS.has(above.name) && !/^(?:p|h[1-6]|pre|summary|table|tbody|tr|ul|ol|dl)$/.test(above.name)
  );
}
