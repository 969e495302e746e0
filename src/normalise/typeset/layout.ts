/**
 * Finds headings and paragraphs in blocks of lines (product.md section 5, files without a header).
 * What tells them apart is how the text was set: where it was wrapped at a fixed width, a full line without closing
 * punctuation before a blank one is a column break, and a short one is a heading.
 */
import { joinLines } from './join-lines.ts';
import type { TextLine } from './text-lines.ts';

/** A part of the text. A heading's first line stands over the others; a paragraph has more than one line where breaks are kept. */
export interface TextPart {
  readonly kind: 'heading' | 'paragraph';
  readonly lines: readonly string[];
}

export function layOut(blocks: readonly TextLine[][]): TextPart[] {
  const setting = settingOf(blocks);
  const parts: { kind: TextPart['kind']; lines: string[]; isRun: boolean }[] = [];
  let isCut = false;
  for (const [index, block] of blocks.entries()) {
    const kind: TextPart['kind'] = isHeadingAt(blocks, index, setting) ? 'heading' : 'paragraph';
    const isRun = kind === 'paragraph' && isWrappedBlock(block, setting);
    const lines = textsOf(block);
    if (isCut && isRun) parts.at(-1)?.lines.push(...lines);
    else if (kind === 'paragraph' && !isRun && standAlone(block))
      parts.push(...lines.map((line) => ({ kind, lines: [line], isRun })));
    else parts.push({ kind, lines, isRun });
    isCut = isRun && endsInColumnBreak(block, setting);
  }
  return parts.map(({ kind, lines, isRun }) => ({ kind, lines: isRun ? [joinLines(lines)] : lines }));
}

/** How the whole text was set. */
interface Setting {
  /** Columns of a full line. */
  readonly measure: number;
  /** Whether line ends come from the width and mean nothing. */
  readonly isWrapped: boolean;
  /** Columns up to which a line is too short to have been ended by the width. */
  readonly short: number;
}

/** Narrower columns and wider lines than these nobody sets: such line ends are the author's. */
const MIN_MEASURE = 16;
const MAX_MEASURE = 120;
/** Lines of one text differ: columns beside pictures are narrower, and no line may begin with a comma. */
const FULL_SHARE = 2 / 3;
/** Widest line that can be a heading where nothing is known of the setting: twenty Han characters. */
const SHORT_COLUMNS = 40;
const MAX_HEADING_LINES = 4;

function settingOf(blocks: readonly TextLine[][]): Setting {
  const plain = blocks.filter((block) => !block.some(({ text }) => hasOwnBreak(text)));
  const measure = measureOf(plain);
  // Blocks of short lines are headings, verse, addresses: they say nothing of how the paragraphs were set.
  const paragraphLike = plain.filter((block) => block.some(({ width }) => width >= measure * FULL_SHARE));
  const inner = paragraphLike.flatMap((block) => block.slice(0, -1));
  const full = inner.filter(({ width }) => width >= measure * FULL_SHARE);
  const closed = inner.filter(({ text }) => closesSentence(text));
  const isWrapped =
    measure >= MIN_MEASURE &&
    measure <= MAX_MEASURE &&
    full.length >= inner.length * FULL_SHARE &&
    closed.length < inner.length / 2;
  return { measure, isWrapped, short: isWrapped ? measure * FULL_SHARE : SHORT_COLUMNS };
}

/** The width that nine tenths of the lines that another follows do not exceed. */
function measureOf(blocks: readonly TextLine[][]): number {
  const inner = blocks.flatMap((block) => block.slice(0, -1));
  const widths = inner.map(({ width }) => width).toSorted((a, b) => a - b);
  return widths[Math.floor(widths.length * 0.9)] ?? 0;
}

/** A heading stands over a paragraph: directly, or with one more heading between (a title over a first section). */
function isHeadingAt(blocks: readonly TextLine[][], index: number, setting: Setting): boolean {
  const looksLikeOne = (at: number) => looksLikeHeading(blocks[at] ?? [], setting);
  if (!looksLikeOne(index) || blocks[index + 1] === undefined) return false;
  return !looksLikeOne(index + 1) || (blocks[index + 2] !== undefined && !looksLikeOne(index + 2));
}

function looksLikeHeading(block: readonly TextLine[], { short }: Setting): boolean {
  return (
    block.length <= MAX_HEADING_LINES &&
    block.every(({ text, width }) => width <= short && !/[\p{Po}\p{Pd}]$/u.test(text) && !hasOwnBreak(text))
  );
}

/** Whether the line ends inside a block come from the width. */
function isWrappedBlock(block: readonly TextLine[], { isWrapped, measure, short }: Setting): boolean {
  if (!isWrapped || block.some(({ text }) => hasOwnBreak(text))) return false;
  if (block.length === 1) return (block[0]?.width ?? 0) > short || closesSentence(block[0]?.text ?? '');
  if (block.length > 2 && block.every(({ text }) => /\p{P}$/u.test(text))) return false;
  return block.slice(0, -1).every(({ width }, index) => {
    const next = /^[^\s\p{sc=Han}]*/u.exec(block[index + 1]?.text ?? '')?.[0].length ?? 0;
    return width + next >= measure * FULL_SHARE;
  });
}

function endsInColumnBreak(block: readonly TextLine[], { short }: Setting): boolean {
  const last = block.at(-1);
  return last !== undefined && last.width > short && !closesSentence(last.text);
}

/** Where line ends are the author's, long lines are paragraphs of their own; short ones belong together as they stand. */
function standAlone(block: readonly TextLine[]): boolean {
  return block.some(({ width }) => width > SHORT_COLUMNS * 2);
}

/** Punctuation that ends a sentence, leads to a list, or closes around either. A number or a comma does not. */
function closesSentence(line: string): boolean {
  return /[。！？!?….．：:；;\p{Pe}\p{Pf}"']$/u.test(line);
}

/** Lines that end where their author wanted: addresses of pages, and lists. */
function hasOwnBreak(line: string): boolean {
  return /^(?:https?:\/\/|[-*•·●]\s|\d{1,3}[.)]\s)/i.test(line);
}

function textsOf(block: readonly TextLine[]): string[] {
  return block.map(({ text }) => text);
}
