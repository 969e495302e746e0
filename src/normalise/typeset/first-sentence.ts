/** The first sentence of a text: the title of a file that has none (product.md section 5). */
import { cutText, plainLine } from '../plain-title.ts';

/** Characters of a title made from text. A first "sentence" without an end may be the whole text. */
const MAX_LENGTH = 150;

/** With its closing punctuation; cut with an ellipsis where it is too long for a title. */
export function firstSentence(text: string): string {
  return cutText(plainLine(text.slice(0, endOfSentence(text.slice(0, MAX_LENGTH * 2)))), MAX_LENGTH);
}

function endOfSentence(text: string): number {
  for (const match of text.matchAll(/[。！？!?]+[\p{Pe}\p{Pf}"']*|\.[\p{Pe}\p{Pf}"']*(?=\s|$)/gu)) {
    const end = match.index + match[0].length;
    if (!ABBREVIATION.test(text.slice(0, end))) return end;
  }
  return text.length;
}

/** Initials and titles whose full stop ends no sentence. */
const ABBREVIATION = /(?:^|[\s.(])(?:\p{L}|Mr|Mrs|Ms|Dr|St|No|vs)\.$/u;
