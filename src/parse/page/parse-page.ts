/**
 * Reads the items of a web page: by the selectors of a page source (product.md section 2), and where one is missing or
 * finds nothing, by what the page says for machines (JSON-LD, microdata), else by the obvious element of the item.
 */
import type { RawFeed, RawItem } from '../../model/item.ts';
import type { PageSource } from '../../model/source.ts';
import type { FetchedSource } from '../feed/fetched-source.ts';
import { resolveInHtml } from '../feed/xml/content.ts';
import { resolveAddress } from '../feed/xml/element.ts';
import { emptyRawItem, type ParsedDocument } from '../raw-item.ts';
import { readJsonLd } from './json-ld.ts';
import { readMicrodata } from './microdata.ts';
import { describePage } from './page-info.ts';
import { type Page, type PageElement, readPage } from './page-tree.ts';
import { selectAddress, selectHtml, selectText } from './select-part.ts';

type Select = PageSource['select'];

/** Rejected where the page has no item: a page that was rebuilt must not look like one without news. */
export function parsePage(document: FetchedSource, select: Select): ParsedDocument {
  const page = readPage(document.text, document.url);
  const described = readJsonLd(page);
  const items = unique(
    select.item === null
      ? [...described.items, ...readMicrodata(page, page.$.root())]
      : selectItems(page, { ...select, item: select.item }, described.items),
  );
  if (items.length === 0)
    return { rejected: { code: 'not-a-feed', message: nothingFound(select.item), where: document.locator } };
  const warnings =
    described.damaged === 0 || select.item !== null
      ? document.warnings
      : [
          ...document.warnings,
          {
            code: 'json-ld-unreadable',
            message: `${described.damaged} of the page's JSON-LD scripts cannot be read; passed over`,
            where: document.locator,
          },
        ];
  return { ...describePage(page, document, select), items, warnings } satisfies RawFeed;
}

function nothingFound(item: string | null): string {
  if (item === null)
    return 'the page describes no items for machines (JSON-LD, microdata). Name their elements with select: {item: …}';
  return `no element of the page is found by select.item "${item}". Open the page in a browser; if it was rebuilt, or is made by a script, correct the selector or the address`;
}

function selectItems(
  page: Page,
  select: Select & { item: string },
  described: readonly RawItem[],
): RawItem[] {
  const byAddress = new Map(described.map((item) => [item.url, item]));
  return page
    .$(select.item)
    .toArray()
    .map((node) => page.$(node))
    .flatMap((element) => selectItem(page, element, { select, byAddress }) ?? []);
}

interface Around {
  readonly select: Select;
  readonly byAddress: ReadonlyMap<string | null, RawItem>;
}

/** Null where the element says nothing: a gap between items, an advertisement. */
function selectItem(page: Page, element: PageElement, { select, byAddress }: Around): RawItem | null {
  const marked = readMicrodata(page, element)[0];
  const address = selectAddress(element, select.link) ?? marked?.url ?? obviousAddress(element);
  const url = address === null ? null : resolveAddress(address, page.base);
  const known = marked ?? byAddress.get(url);
  const title = selectText(element, select.title);
  const html = selectHtml(element, select.content);
  if (title === null && html === null && known === undefined && address === null) return null;
  const said = known ?? emptyRawItem('');
  return {
    ...said,
    locator: url ?? title ?? '',
    url,
    ...(title !== null || said.title === null
      ? { title: title ?? obviousTitle(element), titleType: 'text' }
      : {}),
    ...(html === null ? {} : { contentHtml: resolveInHtml(html, page.base), contentText: null }),
    published: selectText(element, select.date, ['datetime']) ?? said.published ?? obviousDate(element),
  };
}

function obviousAddress(element: PageElement): string | null {
  const link = [
    element,
    element.find('h1 a[href], h2 a[href], h3 a[href], h4 a[href]').first(),
    element.find('a[href]').first(),
  ].find((candidate) => candidate.is('a[href]'));
  return link?.attr('href') ?? null;
}

function obviousTitle(element: PageElement): string | null {
  return (
    selectText(element, 'h1, h2, h3, h4, h5, h6') ??
    selectText(element, 'a[href]') ??
    selectText(element, '@title') ??
    ownText(element)
  );
}

/** A link that is an item has its text for a title. */
function ownText(element: PageElement): string | null {
  const text = element.is('a') ? element.text().replaceAll(/\s+/g, ' ').trim() : '';
  return text === '' ? null : text;
}

function obviousDate(element: PageElement): string | null {
  return selectText(element, 'time', ['datetime']);
}

/** A page shows an item twice: at the top and in its list. The first counts; what the others know is not lost. */
function unique(items: readonly RawItem[]): RawItem[] {
  const byLocator = new Map<string, RawItem>();
  for (const item of items) {
    const first = byLocator.get(item.locator);
    if (item.locator === '') continue;
    byLocator.set(item.locator, first === undefined ? item : completed(first, item));
  }
  return [...byLocator.values()];
}

function completed(item: RawItem, other: RawItem): RawItem {
  const hasBody = item.contentHtml !== null || item.contentText !== null;
  return {
    ...item,
    ...(hasBody ? {} : { contentHtml: other.contentHtml, contentText: other.contentText }),
    title: item.title ?? other.title,
    summaryHtml: item.summaryHtml ?? other.summaryHtml,
    image: item.image ?? other.image,
    published: item.published ?? other.published,
    updated: item.updated ?? other.updated,
  };
}
