/**
 * Traditional and simplified Chinese: folding one into the other character by character, so that a word written in
 * either script finds both, and counting which script a text is in. Folding by phrases reads better but gives one word
 * different folds in different places, so words would no longer be found inside texts (docs/decisions).
 */
import { HAN_FOLDS, SHARED_HAN } from './han-fold.data.ts';

/** How many letters of each script a text holds, in UTF-16 units. */
export interface HanScriptCount {
  readonly han: number;
  /** Of `han`: characters that nobody writes in simplified Chinese. */
  readonly traditionalOnly: number;
  /** Of `han`: characters that nobody writes in traditional Chinese. */
  readonly simplifiedOnly: number;
  readonly kana: number;
  readonly hangul: number;
  /** Letters of every alphabet. */
  readonly other: number;
}

const HAN = 1;
const TRADITIONAL = 2;
const SIMPLIFIED = 3;
const KANA = 4;
const HANGUL = 5;
const OTHER = 6;

/** Unicode 17, Blocks.txt. Of the characters beyond the first plane only the leading half is counted. */
const LETTER_RANGES: readonly (readonly [kind: number, first: number, last: number])[] = [
  [OTHER, 0x41, 0x5a],
  [OTHER, 0x61, 0x7a],
  [OTHER, 0xc0, 0x10ff],
  [HANGUL, 0x1100, 0x11ff],
  [OTHER, 0x1200, 0x1fff],
  [KANA, 0x3041, 0x3096],
  [KANA, 0x30a1, 0x30fa],
  [HANGUL, 0x3131, 0x318e],
  [HAN, 0x3400, 0x4dbf],
  [HAN, 0x4e00, 0x9fff],
  [HANGUL, 0xac00, 0xd7a3],
  [HAN, 0xd840, 0xd88d],
  [HAN, 0xf900, 0xfaff],
  [KANA, 0xff66, 0xff9d],
];

const FIRST_FOLDED = 0x3400;
const folds = foldTable();
const kinds = kindTable();

/** The text with every traditional character as its simplified form. Length and places stay; folding twice changes nothing more. */
export function foldHan(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= FIRST_FOLDED && folds[unit] !== 0) return foldFrom(text, at);
  }
  return text;
}

/** Counts what tells Chinese, Japanese and Korean apart, and the two Chinese scripts. */
export function countHanScript(text: string): HanScriptCount {
  const counts = new Uint32Array(OTHER + 1);
  for (let at = 0; at < text.length; at += 1) {
    const kind = kinds[text.charCodeAt(at)] ?? 0;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const [, neutral = 0, traditionalOnly = 0, simplifiedOnly = 0, kana = 0, hangul = 0, other = 0] = counts;
  const han = neutral + traditionalOnly + simplifiedOnly;
  return { han, traditionalOnly, simplifiedOnly, kana, hangul, other };
}

function foldFrom(text: string, first: number): string {
  const units = new Uint16Array(text.length - first);
  for (let at = first; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    units[at - first] = folds[unit] || unit;
  }
  return text.slice(0, first) + Buffer.from(units.buffer).toString('utf16le');
}

function foldTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let at = 0; at < HAN_FOLDS.length; at += 2) {
    table[HAN_FOLDS.charCodeAt(at)] = HAN_FOLDS.charCodeAt(at + 1);
  }
  return table;
}

function kindTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [kind, first, last] of LETTER_RANGES) table.fill(kind, first, last + 1);
  for (let at = 0; at < HAN_FOLDS.length; at += 2) {
    table[HAN_FOLDS.charCodeAt(at)] = TRADITIONAL;
    table[HAN_FOLDS.charCodeAt(at + 1)] = SIMPLIFIED;
  }
  for (let at = 0; at < SHARED_HAN.length; at += 1) table[SHARED_HAN.charCodeAt(at)] = HAN;
  return table;
}
