/**
 * Reads one part of an item by what the user wrote under `select`: a CSS selector, with `@attribute` behind it where an
 * attribute is meant (product.md section 2). `@href` alone is an attribute of the item itself.
 */
import { lineOf, type PageElement } from './page-tree.ts';

/** The attribute, or the text in one line, of the first element that has it; null where none has, or no selector is given. */
export function selectText(
  within: PageElement,
  selector: string | null,
  attributes: readonly string[] = [],
): string | null {
  const { found, attribute } = find(within, selector);
  for (let at = 0; at < found.length; at += 1) {
    const element = found.eq(at);
    const named = attribute === null ? attributes : [attribute];
    const value = named
      .map((name) => element.attr(name)?.trim())
      .find((text) => text !== undefined && text !== '');
    const said = value ?? (attribute === null ? lineOf(element) : null);
    if (said !== null) return said;
  }
  return null;
}

/** The address: of the element, of the first link in it, or of the link that it stands in. */
export function selectAddress(within: PageElement, selector: string | null): string | null {
  const { found, attribute } = find(within, selector);
  if (attribute !== null) return selectText(within, selector);
  const first = found.first();
  const link = [first, first.find('[href]').first(), first.closest('[href]')].find((element) =>
    element.is('[href]'),
  );
  return link?.attr('href')?.trim() ?? selectText(within, selector, ['src']);
}

/** The markup inside of all elements that are meant; an attribute is markup too. Null where there is none. */
export function selectHtml(within: PageElement, selector: string | null): string | null {
  const { found, attribute } = find(within, selector);
  if (attribute !== null) return selectText(within, selector);
  const nodes = new Set<unknown>(found.toArray());
  const parts = found
    .toArray()
    .filter((node) => !isInside(node, nodes))
    .map((node) => partOf(found.filter(node), nodes.size > 1));
  const html = parts.join('\n').trim();
  return html === '' ? null : html;
}

interface Placed {
  readonly parent: Placed | null;
}

/** Whether an element above it is meant as well, and brings it along. */
function isInside(node: Placed, nodes: ReadonlySet<unknown>): boolean {
  for (let above = node.parent; above !== null; above = above.parent) if (nodes.has(above)) return true;
  return false;
}

/** Of several elements (`p`, say) each keeps its own tag. */
function partOf(element: PageElement, isOneOfMany: boolean): string {
  return (isOneOfMany ? element.prop('outerHTML') : element.html()) ?? '';
}

function find(
  within: PageElement,
  selector: string | null,
): { found: PageElement; attribute: string | null } {
  const [, css = '', attribute = null] = /^(.*?)(?:@([A-Za-z_][\w:.-]*))?$/s.exec(selector ?? '') ?? [];
  if (css.trim() !== '') return { found: within.find(css), attribute };
  return { found: attribute === null ? within.slice(0, 0) : within, attribute };
}
