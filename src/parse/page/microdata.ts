/** Finds the items in a page's microdata (HTML standard, section 5; schema.org), and reads them like JSON-LD. */
import type { RawItem } from '../../model/item.ts';
import { resolveInHtml } from '../feed/xml/content.ts';
import { lineOf, type Page, type PageElement } from './page-tree.ts';
import { isItemType, readStructuredItem } from './structured-item.ts';

/** All items below the element, the element among them. */
export function readMicrodata(page: Page, within: PageElement): readonly RawItem[] {
  const scopes = within.find(SCOPE).addBack(SCOPE);
  return scopes
    .toArray()
    .map((node) => page.$(node))
    .filter((scope) => isItemType(scope.attr('itemtype')?.trim().split(/\s+/)))
    .map((scope) => readStructuredItem(propertiesOf(page, scope), page.base))
    .filter((item) => item !== null);
}

const SCOPE = '[itemscope][itemtype*="schema.org/"]';

/** Properties of the scope itself; what stands in a scope inside of it is that one's. */
function propertiesOf(page: Page, scope: PageElement): Record<string, unknown> {
  const said = new Map<string, unknown[]>();
  for (const node of scope.find('[itemprop]').toArray()) {
    const element = page.$(node);
    if (!element.parent().closest('[itemscope]').is(scope)) continue;
    for (const name of (element.attr('itemprop') ?? '').trim().split(/\s+/)) {
      said.set(name, [...(said.get(name) ?? []), valueOf(page, element)]);
      if (name === 'articleBody')
        said.set('articleBodyHtml', [resolveInHtml(element.html() ?? '', page.base)]);
    }
  }
  return Object.fromEntries(said);
}

function valueOf(page: Page, element: PageElement): unknown {
  if (element.is('[itemscope]')) return propertiesOf(page, element);
  for (const name of ['content', 'datetime', 'href', 'src', 'data']) {
    const value = element.attr(name);
    if (value !== undefined) return value;
  }
  return lineOf(element) ?? '';
}
