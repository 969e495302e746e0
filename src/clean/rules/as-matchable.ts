/**
 * An item as conditions see it where their rule stands in the pipeline: as the steps before left it.
 * Its text and its language are worked out when a condition first asks for them.
 */
import { textOfHtml } from '../../html/text.ts';
import type { Item } from '../../model/item.ts';
import type { Matchable } from '../../search/match-condition.ts';
import { languageOf } from '../standard/language.ts';

/** Rules that stand one after another ask about the same item. */
const remembered = new WeakMap<Item, Matchable>();

/** The same view for the same item. */
export function asMatchable(item: Item): Matchable {
  const known = remembered.get(item);
  if (known !== undefined) return known;
  const view = viewOf(item);
  remembered.set(item, view);
  return view;
}

function viewOf(item: Item): Matchable {
  const { title, authors, categories, url, published } = item;
  let text: string | null = null;
  return {
    title,
    authors,
    categories,
    url,
    published,
    get text() {
      return (text ??= textOfHtml(item.contentHtml));
    },
    get language() {
      return languageOf(item, () => this.text);
    },
  };
}
