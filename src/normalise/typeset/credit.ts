/**
 * The credit at the end of a text set as plain text: `据新华社`, `（据新华社北京3月7日电）`, `来源：…`.
 * It becomes a closing paragraph of its own, and its agency the author.
 */

/** A text without its credit, and the credit. */
export interface SplitCredit {
  readonly text: string;
  readonly credit: string;
  /** The agency or paper that the credit names. */
  readonly name: string;
}

/** Columns nobody's credit exceeds; a longer tail is a sentence. */
const MAX_CREDIT_LENGTH = 40;

/** Null where the text does not end in a credit. `text` is empty where it is nothing else. */
export function splitCredit(paragraph: string): SplitCredit | null {
  const from = Math.max(0, paragraph.length - MAX_CREDIT_LENGTH);
  const match = CREDIT.exec(paragraph.slice(from));
  const name = match === null ? undefined : nameIn(match[1] ?? '');
  if (match === null || name === undefined) return null;
  const text = paragraph.slice(0, from + match.index).trimEnd();
  const standsAlone = text === '' ? from + match.index === 0 : /[\p{P}\p{S}]$/u.test(text);
  return standsAlone ? { text, credit: match[0].trim(), name } : null;
}

const CREDIT = /[（(]?(?:据|據|[来來]源[：:]|Source:)\s*([^，。！？；：,.!?;:（）()]{2,30})[）)]?\s*$/u;

/** Up to the word that ends the name of an agency, a paper or a station; what follows is a place, a day or a verb. */
function nameIn(credit: string): string | undefined {
  const house = /^.{1,14}?(?:通[讯訊]社|社|[网網]|[报報](?![道導导])|[台臺](?!湾|灣))/u.exec(credit)?.[0];
  return house ?? (/^\p{Lu}[\p{L}\p{N} .&'-]*$/u.test(credit) ? credit.trim() : undefined);
}
