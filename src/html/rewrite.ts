/**
 * The two changes that safe HTML may undergo after the sanitiser: other words in its text nodes (script conversion, marks),
 * other addresses (image proxy, links to our own items). Nothing else can change, so the result is safe HTML again.
 */
import type { SafeHtml } from '../model/item.ts';
import { editHtml } from './edit.ts';
import { formatSrcset, parseSrcset } from './srcset.ts';
import { ADDRESS_ATTRIBUTES, tighten, type AddressAttribute } from './tighten.ts';
import { elementsIn, isText, rootOf, type TreeNode } from './tree.ts';

/** Every text node as `change` gives it back, as text: what looks like markup in it is escaped. */
export function mapText(safe: SafeHtml, change: (text: string) => string): SafeHtml {
  return editHtml(safe, ($) => mapTexts(rootOf($).children, change)) as SafeHtml;
}

function mapTexts(nodes: readonly TreeNode[], change: (text: string) => string): boolean {
  let changed = false;
  for (const node of nodes) {
    if (isText(node)) {
      const text = change(node.data);
      changed ||= text !== node.data;
      node.data = text;
    } else if ('children' in node) changed = mapTexts(node.children, change) || changed;
  }
  return changed;
}

/**
 * Every address as `change` gives it back; in a `srcset` each one. Null takes the address away, and with it a picture or
 * a link that has no other. Results are checked as the sanitiser checks; a path on our own server (`/items/…`) may stand, too.
 */
export function mapUrls(
  safe: SafeHtml,
  change: (url: string, attribute: AddressAttribute) => string | null,
): SafeHtml {
  const changed = editHtml(safe, ($) => {
    let any = false;
    for (const { attribs } of elementsIn(rootOf($))) {
      for (const name of ADDRESS_ATTRIBUTES) any = mapAttribute(attribs, name, change) || any;
    }
    if (any) tighten(rootOf($), true);
    return any;
  });
  return changed as SafeHtml;
}

function mapAttribute(
  attribs: Record<string, string>,
  name: AddressAttribute,
  change: (url: string, attribute: AddressAttribute) => string | null,
): boolean {
  const before = attribs[name];
  if (before === undefined) return false;
  const after = name === 'srcset' ? mapSrcset(before, (url) => change(url, name)) : change(before, name);
  if (after === before) return false;
  if (after === null) Reflect.deleteProperty(attribs, name);
  else attribs[name] = after;
  return true;
}

/** A `srcset` with each of its addresses changed; null where none is left. */
export function mapSrcset(srcset: string, change: (url: string) => string | null): string | null {
  const pictures = parseSrcset(srcset).flatMap(({ url, descriptor }) => {
    const changed = change(url);
    return changed === null ? [] : [{ url: changed, descriptor }];
  });
  return pictures.length === 0 ? null : formatSrcset(pictures);
}
