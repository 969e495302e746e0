/** How steps change the HTML of an item: on its tree, and the same item where nothing changed. */
import type { CheerioAPI } from 'cheerio/slim';
import { editHtml } from '../html/edit.ts';
import type { Item } from '../model/item.ts';

/** @param edit as in html/edit.ts: says whether it changed anything, and must not have touched the tree where it did not */
export function editContent(item: Item, edit: ($: CheerioAPI) => boolean): Item {
  const contentHtml = editHtml(item.contentHtml, edit);
  return contentHtml === item.contentHtml ? item : { ...item, contentHtml };
}
