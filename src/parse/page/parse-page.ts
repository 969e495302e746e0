/**
 * Reads the items of a web page: by the selectors of a page source (product.md section 2), and where one is missing or
 * finds nothing, by what the page says for machines (JSON-LD, microdata), else by the obvious element of the item.
 */
import type { RawItem } from '../../model/item.ts';
import type { PageSource } from '../../model/source.ts';
import type { Warning } from '../../model/warning.ts';
import type { FetchedSource } from '../feed/fetched-source.ts';
import type { ParsedDocument } from '../raw-item.ts';
import { blockedBy } from './blocked-page.ts';
import { type JsonLdItems, readJsonLd } from './json-ld.ts';
import { readMicrodata } from './microdata.ts';
import { describePage } from './page-info.ts';
import { type Page, readPage } from './page-tree.ts';
import { completeItem, type ItemSelect, selectItem } from './select-item.ts';

/** Rejected where the page has no item: a page that was rebuilt must not look like one without news. */
export function parsePage(document: FetchedSource, select: PageSource['select']): ParsedDocument {
  const page = readPage(document.text, document.url);
  const described = readJsonLd(page);
  const items = unique(
    select.item === null
      ? [...described.items, ...readMicrodata(page, page.$.root())]
      : selectItems(page, { ...select, item: select.item }, described.items),
  );
  if (items.length === 0) return { rejected: noItems(document, select.item) };
  const warnings = [
    ...document.warnings,
    ...(select.item === null ? damagedScripts(described, document) : []),
  ];
  return { ...describePage(page, document, select), items, warnings };
}

function damagedScripts({ damaged }: JsonLdItems, { locator }: FetchedSource): Warning[] {
  if (damaged === 0) return [];
  const message = `${damaged} of the page's JSON-LD scripts cannot be read; passed over`;
  return [{ code: 'json-ld-unreadable', message, where: locator }];
}

function noItems({ text, locator }: FetchedSource, selector: string | null): Warning {
  const blocked = blockedBy(text);
  if (blocked !== null) return { code: 'blocked-content', message: blocked, where: locator };
  const message =
    selector === null
      ? 'the page describes no items for machines (JSON-LD, microdata). Name their elements with select: {item: …}'
      : `select.item "${selector}" finds nothing in the page. Open it in a browser: if it was rebuilt, correct the selector; if a script makes it, look for a feed`;
  return { code: 'not-a-feed', message, where: locator };
}

function selectItems(page: Page, select: ItemSelect, described: readonly RawItem[]): RawItem[] {
  const byAddress = new Map(described.map((item) => [item.url, item]));
  return page
    .$(select.item)
    .toArray()
    .map((node) => selectItem(page, page.$(node), select))
    .map((item) => completeItem(item, byAddress.get(item.url)));
}

/** A page shows an item twice: at the top and in its list. The first place counts; what the others know is not lost. */
function unique(items: readonly RawItem[]): RawItem[] {
  const byLocator = new Map<string, RawItem>();
  for (const item of items) {
    // Without a locator the element says nothing: a gap between items, an advertisement.
    if (item.locator !== '') byLocator.set(item.locator, completeItem(byLocator.get(item.locator), item));
  }
  return [...byLocator.values()];
}
