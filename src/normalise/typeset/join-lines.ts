/**
 * Joins the lines of a paragraph that was set at a fixed width. Between words of scripts that are written with
 * spaces the line end was a space; between Han characters and kana it was nothing.
 */

/** The lines as one text. */
export function joinLines(lines: readonly string[]): string {
  return lines.map((line, index) => (index === 0 ? '' : gap(lines[index - 1] ?? '', line)) + line).join('');
}

/** Punctuation that both kinds of script use: what stands beyond it decides. */
const NEUTRAL = /[\p{P}\p{S}]/u;
/** Scripts written without spaces, with their own punctuation and full-width forms. Korean has spaces. */
const SPACELESS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\u{3000}-\u{303F}\u{FE30}-\u{FE4F}\u{FF00}-\u{FFEF}]/u;

/** How far from the line end a deciding character is looked for: past a bracket, a quotation mark and a full stop. */
const REACH = 6;

function gap(left: string, right: string): '' | ' ' {
  // A hyphen or a dash at the line end joins as it stands; whether it was set by the typesetter cannot be told.
  if (/[\p{L}\p{N}][-‐–—]$/u.test(left)) return '';
  const before = Array.from(left.slice(-REACH)).findLast(decides);
  const after = Array.from(right.slice(0, REACH)).find(decides);
  return SPACELESS.test(before ?? '') || SPACELESS.test(after ?? '') ? '' : ' ';
}

function decides(character: string): boolean {
  return SPACELESS.test(character) || !NEUTRAL.test(character);
}
