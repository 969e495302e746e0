/**
 * Makes one item of one element of a page: each part by its selector, else by the microdata in the element, else from
 * the obvious element (the heading, the first link, the first time).
 */
import type { RawItem } from '../../model/item.ts';
import type { PageSource } from '../../model/source.ts';
import { resolveInHtml } from '../feed/xml/content.ts';
import { resolveAddress } from '../feed/xml/element.ts';
import { emptyRawItem } from '../raw-item.ts';
import { readMicrodata } from './microdata.ts';
import { lineOf, type Page, type PageElement } from './page-tree.ts';
import { selectAddress, selectHtml, selectText } from './select-part.ts';

/** The selectors of a page whose items are found by one. */
export type ItemSelect = PageSource['select'] & { readonly item: string };

/** The locator is the address, else the title, else how the text begins; empty where the element says nothing. */
export function selectItem(page: Page, element: PageElement, select: ItemSelect): RawItem {
  const html = selectHtml(element, select.content);
  const selected: RawItem = {
    ...emptyRawItem(''),
    url: absolute(selectAddress(element, select.link), page),
    title: selectText(element, select.title),
    contentHtml: html === null ? null : resolveInHtml(html, page.base),
    published: selectText(element, select.date, ['datetime']),
  };
  const item = completeItem(
    completeItem(selected, readMicrodata(page, element)[0]),
    obviousItem(page, element),
  );
  return { ...item, locator: item.url ?? item.title ?? item.contentHtml?.slice(0, 200) ?? '' };
}

/** What one says, and where it says nothing, what the other says. Title and body come from one alone. */
export function completeItem(item: RawItem | undefined, other: RawItem | undefined): RawItem {
  if (item === undefined || other === undefined) return item ?? other ?? emptyRawItem('');
  const hasBody = item.contentHtml !== null || item.contentText !== null;
  const said = Object.entries(item).filter(
    ([, value]) => value !== null && (!Array.isArray(value) || value.length > 0),
  );
  return {
    ...other,
    ...Object.fromEntries(said),
    titleType: item.title === null ? other.titleType : item.titleType,
    contentHtml: hasBody ? item.contentHtml : other.contentHtml,
    contentText: hasBody ? item.contentText : other.contentText,
  };
}

function obviousItem(page: Page, element: PageElement): RawItem {
  const heading = element.find('h1, h2, h3, h4, h5, h6').first();
  const link = [
    element,
    heading.find('a[href]').first(),
    heading.closest('a[href]'),
    element.find('a[href]').first(),
  ].find((candidate) => candidate.is('a[href]'));
  return {
    ...emptyRawItem(''),
    url: absolute(link?.attr('href') ?? null, page),
    title: lineOf(heading) ?? (link === undefined ? null : link.attr('title')?.trim() || lineOf(link)),
    published: selectText(element, 'time', ['datetime']),
  };
}

/** Addresses that lead nowhere by themselves (`#`, a script) are none. */
function absolute(address: string | null, { base }: Page): string | null {
  return address === null || /^(?:#|javascript:|$)/i.test(address) ? null : resolveAddress(address, base);
}
