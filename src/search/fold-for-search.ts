/**
 * The form of a text in which words are looked for: full-width and other compatibility forms as the ordinary ones
 * (Unicode NFKC), lower case, traditional Chinese as simplified (han-fold.ts), each run of white space as one space.
 * Words and texts are folded alike, so that neither script, case nor width keeps them apart.
 */
import { foldHan } from './han-fold.ts';

/** Folding twice changes nothing more. Places are not those of the text. */
export function foldForSearch(text: string): string {
  return foldHan(text.normalize('NFKC').toLowerCase().normalize('NFKC')).replaceAll(/\s+/g, ' ').trim();
}
