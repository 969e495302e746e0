/** The links of an item: those in its text (`a`, `area`), and its own address. */
import { elementsIn, rootOf } from '../../html/tree.ts';
import type { Item } from '../../model/item.ts';
import { parseHttpUrl } from '../../model/url.ts';
import { editContent } from '../edit-content.ts';

/** The item with every link as `change` gives it back. An own address that would not be http(s) any more stays. */
export function mapLinks(item: Item, change: (address: string) => string): Item {
  const url = item.url === null ? null : (parseHttpUrl(change(item.url)) ?? item.url);
  const changed = url === item.url ? item : { ...item, url };
  if (!/href/i.test(item.contentHtml)) return changed;
  return editContent(changed, ($) => {
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
