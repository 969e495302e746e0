/** A short plain text that stands for an item where its whole text is not shown. */
import { textOfHtml } from '../html/text.ts';
import type { SafeHtml, StoredItem } from '../model/item.ts';

const MAX_CHARACTERS = 300;

/** The publisher's summary, else the opening of the text, cut at a boundary of words with an ellipsis; empty where there is neither. */
export function excerptOf(item: StoredItem, maxCharacters = MAX_CHARACTERS): string {
  const text = item.summary ?? openingOf(item.contentHtml);
  return shorten(text.replace(/\s+/g, ' ').trim(), maxCharacters);
}

/** A caption above the text says little without its picture, so figures are passed over where there is other text. */
function openingOf(html: SafeHtml): string {
  const withoutFigures = textOfHtml(html.replace(/<figure\b[^]*?<\/figure>/g, ' '));
  return withoutFigures.trim() === '' ? textOfHtml(html) : withoutFigures;
}

/** Cuts text to at most so many characters: before a word where one ends near, else between characters, as Han text allows. */
export function shorten(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const cut = text
    .slice(0, maxCharacters - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  const lastSpace = cut.lastIndexOf(' ');
  const kept = lastSpace > maxCharacters * 0.8 ? cut.slice(0, lastSpace) : cut;
  return `${kept.replace(/[\s\p{Mn}\u200D]+$/u, '')}…`;
}
