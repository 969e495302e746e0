/**
 * Finding a word in a text, both folded (fold-for-search.ts). In alphabets whose words stand apart, a word is found whole:
 * `ad` is not in `read`. Where nothing divides words (Chinese, Japanese, Thai) or endings grow onto them (Korean, Arabic,
 * Hebrew), it is found anywhere.
 */

/** Letters that a word cannot end or begin between, digits, and the marks on them. */
const PART_OF_WORD =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Inherited}\p{Nd}]/u;

/** Whether a folded word stands in a folded text. Nothing is nowhere. */
export function holdsWord(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (isBorder(text, at) && isBorder(text, end)) return true;
  }
  return false;
}

/** No border where the characters before and after a place both belong to one word. */
function isBorder(text: string, place: number): boolean {
  return !(PART_OF_WORD.test(text.charAt(place - 1)) && PART_OF_WORD.test(text.charAt(place)));
}
