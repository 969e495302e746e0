/**
 * Makes every address in the content absolute: a feed is read far away from the page it was written for.
 * The base is the item's own address, else the source's; an address that cannot be resolved is taken away.
 */
import { mapSrcset } from '../../html/rewrite.ts';
import { elementsIn, rootOf } from '../../html/tree.ts';
import { parseHttpUrl } from '../../model/url.ts';
import { editContent } from '../edit-content.ts';
import type { Step } from '../step.ts';

/** `data` is where an `object` keeps its address. */
const ATTRIBUTES = ['href', 'src', 'poster', 'data', 'srcset'];

export const absoluteLinksStep: Step = {
  name: 'absolute_links',
  purpose: 'Makes relative addresses absolute.',
  apply: (item, context) =>
    editContent(item, ($) => {
      const base = item.url ?? context.url;
      let changed = false;
      for (const { attribs } of elementsIn(rootOf($))) {
        for (const name of ATTRIBUTES) changed = resolveAttribute(attribs, name, base) || changed;
      }
      return changed;
    }),
};

function resolveAttribute(attribs: Record<string, string>, name: string, base: string | null): boolean {
  const before = attribs[name];
  if (before === undefined) return false;
  const after = name === 'srcset' ? resolveSrcset(before, base) : resolve(before, base);
  if (after === before) return false;
  if (after === null) Reflect.deleteProperty(attribs, name);
  else attribs[name] = after;
  return true;
}

/** The same string where every address in it is absolute already, however it is spaced. */
function resolveSrcset(srcset: string, base: string | null): string | null {
  let changed = false;
  const mapped = mapSrcset(srcset, (url) => {
    const resolved = resolve(url, base);
    changed ||= resolved !== url;
    return resolved;
  });
  return changed || mapped === null ? mapped : srcset;
}

/** Addresses with a scheme stay as they are: whether it is a good one is for the sanitiser to say. */
function resolve(address: string, base: string | null): string | null {
  const trimmed = address.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return address;
  if (trimmed === '') return null;
  if (/^[/\\]{2}/.test(trimmed)) return parseHttpUrl(`https:${trimmed}`);
  return base === null ? null : parseHttpUrl(trimmed, base);
}
