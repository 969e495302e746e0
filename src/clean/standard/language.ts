/**
 * The language of an item: what the document says, in its canonical form; where it says nothing, or nothing that is a
 * language, what the text is written in (product.md section 5).
 */
import { textOfHtml } from '../../html/text.ts';
import type { Item } from '../../model/item.ts';
import { detectLanguage } from '../../search/language.ts';
import type { Step } from '../step.ts';

/** The forms of a tag that publishers use: language, script, region, one variant. @see RFC 5646, section 2.1 */
const TAG = /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))?$/i;
/** Tags that are well-formed and name no language: undetermined, several, none. */
const NO_LANGUAGE = /^(?:und|mul|zxx|mis)\b/i;

/** ECMAScript's own register: `cn` and `jp`, which are countries, have no name in it. */
const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

export const languageStep: Step = {
  name: 'language',
  purpose: 'Says in which language the item is written.',
  apply(item) {
    const language = languageOf(item, () => textOfHtml(item.contentHtml));
    return language === item.language ? item : { ...item, language };
  },
};

/** @param text the text of the content; asked for where the item does not say its language */
export function languageOf({ language, title }: Item, text: () => string): string | null {
  const said = canonicalTag(language);
  const isKnown = said !== null && names.of(said) !== undefined;
  return isKnown ? said : (detectLanguage(`${title}\n${text()}`) ?? said);
}

function canonicalTag(language: string | null): string | null {
  const tag = language?.trim().replaceAll('_', '-') ?? '';
  if (!TAG.test(tag) || NO_LANGUAGE.test(tag)) return null;
  return Intl.getCanonicalLocales(tag)[0] ?? null;
}
