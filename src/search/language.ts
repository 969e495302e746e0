/**
 * The language of a text, as a BCP 47 tag. Chinese, Japanese and Korean are told by their characters; the two Chinese
 * scripts by the characters that only one of them has, so that a traditional text which quotes a simplified one is
 * judged by the majority. Everything else is left to eld (docs/decisions/dependencies.md), loaded when first needed:
 * its tables take 60 MB, and an archive in Chinese never needs them.
 */
import type * as Eld from 'eld/extrasmall';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { countHanScript, type HanScriptCount } from './han-fold.ts';

/** The beginning is enough to tell by; texts of megabytes cost no more than long articles. */
const MAX_SAMPLE = 20_000;
/** eld named 200 of 200 English slices of this length rightly; more costs time only. */
const MAX_ALPHABETIC_SAMPLE = 400;
/** A Han character, a syllable of Korean or Japanese says about as much as three letters. */
const LETTERS_PER_CHARACTER = 3;
const FEWEST_LETTERS = 20;
/** Japanese headlines have a fifth of kana, texts half; a Chinese text that names a Japanese work stays below. */
const LEAST_KANA_SHARE = 1 / 6;

const require = createRequire(import.meta.url);
/** Resolved as an import is: the package names no file for `require`. */
const ELD = fileURLToPath(import.meta.resolve('eld/extrasmall'));

/** @returns null where the text is too short, or nothing can be told with confidence */
export function detectLanguage(text: string): string | null {
  const sample = text.slice(0, MAX_SAMPLE);
  const count = countHanScript(sample);
  const eastAsian = (count.han + count.kana + count.hangul) * LETTERS_PER_CHARACTER;
  if (eastAsian + count.other < FEWEST_LETTERS) return null;
  return eastAsian >= count.other ? eastAsianLanguage(count) : alphabeticLanguage(sample);
}

function eastAsianLanguage(count: HanScriptCount): string {
  const { han, kana, hangul, traditionalOnly, simplifiedOnly } = count;
  if (hangul > han + kana) return 'ko';
  if (kana >= (han + kana) * LEAST_KANA_SHARE) return 'ja';
  if (traditionalOnly === simplifiedOnly) return 'zh';
  return traditionalOnly > simplifiedOnly ? 'zh-Hant' : 'zh-Hans';
}

function alphabeticLanguage(sample: string): string | null {
  const { eld }: typeof Eld = require(ELD);
  const found = eld.detect(sample.slice(0, MAX_ALPHABETIC_SAMPLE));
  return found.language !== '' && found.isReliable() ? found.language : null;
}
