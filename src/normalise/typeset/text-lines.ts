/** Text without markup as lines and blocks of lines, with their widths in columns: what layout is told by. */

/** A line without the white space around it. Widths are columns: a Han character takes two. */
export interface TextLine {
  readonly text: string;
  readonly indent: number;
  readonly width: number;
}

/** Lines between blank ones. An indented line begins a block of its own, as paragraphs do where no blank lines are set. */
export function blocksOf(text: string): TextLine[][] {
  const blocks: TextLine[][] = [];
  let block: TextLine[] = [];
  const close = () => {
    if (block.length > 0) blocks.push(block);
    block = [];
  };
  for (const written of text.split(/\r\n|[\n\r\f\v\u{85}\u{2028}\u{2029}]/u)) {
    const line = lineOf(written);
    const before = block.at(-1);
    const startsParagraph = before !== undefined && line.indent >= MIN_INDENT && line.indent > before.indent;
    if (line.text === '' || startsParagraph || isIdeographicIndent(written)) close();
    if (line.text !== '') block.push(line);
  }
  close();
  return blocks;
}

/** How many columns a text takes in a fixed-width setting. */
export function columns(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

/** Narrower than this, spaces before a line are carelessness. */
const MIN_INDENT = 2;

/** Two ideographic spaces open a Chinese paragraph, whatever stood before. */
function isIdeographicIndent(line: string): boolean {
  return line.startsWith('\u{3000}\u{3000}');
}

function lineOf(written: string): TextLine {
  const text = written.trim();
  const leading = written.slice(0, written.length - written.trimStart().length);
  return { text, indent: columns(leading.replaceAll('\t', '    ')), width: columns(text) };
}

/** First and last code points of East Asian wide and full-width characters. @see Unicode UAX 11 */
const WIDE_RANGES: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return code >= 0x1100 && WIDE_RANGES.some(([first, last]) => code >= first && code <= last);
}
