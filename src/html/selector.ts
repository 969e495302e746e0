/** Says what is wrong with a CSS selector before any item meets it. The engine's own compiler is the judge. */
import { load } from 'cheerio/slim';

const EMPTY = load('<p></p>', { xml: { xmlMode: false } }, false);

/** Escapes, strings and attribute tests, in which any character may stand. */
const QUOTED = /\\.|"[^"]*"|'[^']*'|\[[^\]]*\]/gs;

/** Characters without a meaning in selectors, which the compiler takes for names of elements that never occur. */
const MEANINGLESS = /[@<{};!?&/]/;

/** jQuery's positions: what follows one is compiled only after it matched, so they are put aside for the trial. */
const POSITION = /:(?:first|last|even|odd|(?:eq|nth|gt|lt)\([^)]*\))(?![\w-])/g;

/** Null where `remove` and `select` can use the selector; else one sentence why they cannot. */
export function checkSelector(text: string): string | null {
  if (text.trim() === '') return 'the selector is empty';
  const odd = MEANINGLESS.exec(text.replaceAll(QUOTED, ''));
  if (odd !== null) return `"${text}" is not a CSS selector: "${odd[0]}" means nothing there`;
  try {
    EMPTY.root().find(text);
    EMPTY.root().find(text.replaceAll(POSITION, ':empty'));
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `"${text}" is not a CSS selector that can be used here: ${why.replace(/\.$/, '')}`;
  }
}
