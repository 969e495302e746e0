/** The links of an item: those in its text (`a`, `area`), and its own address; and what parameters they carry. */
import { elementsIn, rootOf } from '../html/tree.ts';
import type { Item } from '../model/item.ts';
import { parseHttpUrl } from '../model/url.ts';
import { editContent } from './edit-content.ts';

/** The item with every link as `change` gives it back. An own address that would not be http(s) any more stays. */
export function mapLinks(item: Item, change: (address: string) => string): Item {
  const url = item.url === null ? null : (parseHttpUrl(change(item.url)) ?? item.url);
  return mapContentLinks(url === item.url ? item : { ...item, url }, change);
}

/** The item with the links in its text as `change` gives them back. */
export function mapContentLinks(item: Item, change: (address: string) => string): Item {
  if (!/href/i.test(item.contentHtml)) return item;
  return editContent(item, ($) => {
    let any = false;
    for (const { name, attribs } of elementsIn(rootOf($))) {
      const href = name === 'a' || name === 'area' ? attribs['href'] : undefined;
      if (href === undefined) continue;
      const after = change(href);
      any ||= after !== href;
      attribs['href'] = after;
    }
    return any;
  });
}

/** An address without the query parameters of these (decoded) names. What stays keeps its order and its spelling. */
export function withoutParams(address: string, isUnwanted: (name: string) => boolean): string {
  const found = /^([^?#]*)\?([^#]*)(.*)$/s.exec(address);
  if (found === null) return address;
  const [, before = '', query = '', fragment = ''] = found;
  const params = query.split('&');
  const kept = params.filter((param) => !isUnwanted(nameOf(param)));
  if (kept.length === params.length) return address;
  return before + (kept.length === 0 ? '' : `?${kept.join('&')}`) + fragment;
}

function nameOf(param: string): string {
  const [name] = new URLSearchParams(param).keys();
  return name ?? '';
}
