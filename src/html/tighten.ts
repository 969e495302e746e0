/**
 * The second half of sanitising: on a tree that holds only allowed elements and attributes, checks every value, and takes
 * away what is nothing without the value that went. Doing it twice does nothing more.
 */
import { isOwnPath, safeAddress, type AddressUse } from './address.ts';
import { VOID_ELEMENTS } from './elements.ts';
import { formatSrcset, parseSrcset } from './srcset.ts';
import {
  elementsIn,
  isElement,
  isText,
  replaceElements,
  type TreeElement,
  type TreeNode,
  type TreeRoot,
} from './tree.ts';

/** Attributes that hold addresses, on any element. */
export const ADDRESS_ATTRIBUTES = ['href', 'src', 'srcset', 'poster'] as const;
export type AddressAttribute = (typeof ADDRESS_ATTRIBUTES)[number];

/** Values that an attribute may have; attributes not listed are free text. */
const VALUES: Readonly<Record<string, RegExp>> = {
  lang: /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i,
  dir: /^(?:ltr|rtl|auto)$/i,
  width: /^\d{1,5}$/,
  height: /^\d{1,5}$/,
  loading: /^(?:lazy|eager)$/i,
};

/** Characters that XML 1.0 forbids and other controls, and carriage returns, which HTML reads as line ends. */
const FORBIDDEN = /\r\n?|[^\P{Cc}\t\n]|[\ufffe\uffff]/gu;

/** Checks the whole tree. @param ownPaths whether addresses on our own server may stand beside absolute ones */
export function tighten(root: TreeRoot, ownPaths: boolean): void {
  for (const node of root.children) tightenValues(node, ownPaths);
  replaceElements(root, (element) => REPLACE[element.name]?.(element) ?? null);
  for (const element of elementsIn(root)) if (element.name === 'pre') trimLineEnds(element.children);
}

function tightenValues(node: TreeNode, ownPaths: boolean): void {
  if (isText(node)) node.data = node.data.replace(FORBIDDEN, lineEndOrNothing);
  if (!isElement(node)) return;
  const { attribs } = node;
  for (const name of Object.keys(attribs)) {
    const value = tightValue(
      node,
      name,
      (attribs[name] ?? '').replace(FORBIDDEN, lineEndOrNothing),
      ownPaths,
    );
    if (value === null) Reflect.deleteProperty(attribs, name);
    else attribs[name] = value;
  }
  for (const child of node.children) tightenValues(child, ownPaths);
  SETTLE[node.name]?.(node);
}

function lineEndOrNothing(found: string): string {
  return found.startsWith('\r') ? '\n' : '';
}

function tightValue(element: TreeElement, name: string, value: string, ownPaths: boolean): string | null {
  if (name === 'href' || name === 'src' || name === 'poster') {
    return ownPaths && isOwnPath(value) ? value : safeAddress(value, useOf(element, name));
  }
  if (name === 'srcset') return tightSrcset(value, ownPaths);
  return VALUES[name]?.test(value) === false ? null : value;
}

function useOf(element: TreeElement, attribute: AddressAttribute): AddressUse {
  if (attribute === 'href') return 'link';
  return element.name === 'img' && attribute === 'src' ? 'picture' : 'media';
}

function tightSrcset(value: string, ownPaths: boolean): string | null {
  const pictures = parseSrcset(value).flatMap(({ url, descriptor }) => {
    const safe = ownPaths && isOwnPath(url) ? url : safeAddress(url, 'media');
    return safe === null ? [] : [{ url: safe, descriptor }];
  });
  return pictures.length === 0 ? null : formatSrcset(pictures);
}

/** Attributes that follow from others. */
const SETTLE: Readonly<Record<string, (element: TreeElement) => void>> = {
  a: ({ attribs }) => {
    if (/^https?:/i.test(attribs['href'] ?? '')) attribs['rel'] = 'noopener noreferrer';
    else Reflect.deleteProperty(attribs, 'rel');
  },
  audio: settlePlayer,
  video: settlePlayer,
};

function settlePlayer(element: TreeElement): void {
  element.attribs['controls'] = '';
  element.attribs['preload'] = 'none';
}

/** Elements that are nothing without an address, and what stands in their place then. */
const REPLACE: Readonly<Record<string, (element: TreeElement) => readonly TreeNode[] | null>> = {
  a: (element) => ('href' in element.attribs && !isInLink(element) ? null : element.children),
  img: (element) => (hasAddress(element) || isIn(element, ['picture']) ? null : []),
  source: (element) => (hasAddress(element) && isIn(element, ['picture', 'audio', 'video']) ? null : []),
  picture: (element) => (hasAddressBelow(element) && childNamed(element, 'img') ? null : []),
  audio: (element) => (hasAddressBelow(element) ? null : element.children),
  video: (element) => (hasAddressBelow(element) ? null : element.children),
};

function isInLink(element: TreeElement): boolean {
  for (let above = element.parent; above !== null && 'attribs' in above; above = above.parent) {
    if (above.name === 'a' && 'href' in above.attribs) return true;
  }
  return false;
}

function isIn(element: TreeElement, names: readonly string[]): boolean {
  const above = element.parent;
  return above !== null && 'attribs' in above && names.includes(above.name);
}

function hasAddress({ attribs }: TreeElement): boolean {
  return 'src' in attribs || 'srcset' in attribs;
}

function hasAddressBelow(element: TreeElement): boolean {
  return hasAddress(element) || element.children.some((child) => isElement(child) && hasAddress(child));
}

function childNamed(element: TreeElement, name: string): boolean {
  return element.children.some((child) => isElement(child) && child.name === name);
}

/**
 * HTML drops a line end right after <pre>, so each reading and writing would eat one.
 * True as soon as something stands there that is none.
 */
function trimLineEnds(nodes: readonly TreeNode[]): boolean {
  return nodes.some((node) => {
    if (isElement(node)) return VOID_ELEMENTS.has(node.name) || trimLineEnds(node.children);
    if (!isText(node)) return false;
    node.data = node.data.replace(/^\n+/, '');
    return node.data !== '';
  });
}
