/**
 * Finding what a rule names, a word or a pattern, in one text of an item. Words are looked for in the folded text
 * (fold-for-search.ts), patterns in the text as it is.
 */
import type { Needle } from '../model/rule.ts';
import { holdsWord } from './find-word.ts';
import { foldForSearch } from './fold-for-search.ts';
import { compilePattern, type Pattern } from './pattern.ts';

/** A text in both its forms, each made when first read. */
export interface SearchedText {
  readonly plain: string;
  readonly folded: string;
  /** An address has no words: any piece of it may be named. */
  readonly isAddress: boolean;
}

/** Compiling costs more than an item; rules are few and asked of every item. */
const MAX_KEPT = 256;
const patterns = new Map<string, Pattern>();
const words = new Map<string, string>();

/** @throws `config-invalid` for a pattern that cannot be used */
export function findNeedle(needle: Needle, text: SearchedText): boolean {
  if (typeof needle !== 'string')
    return remembered(patterns, needle.pattern, compilePattern).test(text.plain);
  const word = remembered(words, needle, foldForSearch);
  if (text.isAddress) return word !== '' && text.folded.includes(word);
  return holdsWord(text.folded, word);
}

/** A text that is read when first needed. */
export function searchedText(read: () => string, isAddress = false): SearchedText {
  let plain: string | null = null;
  let folded: string | null = null;
  return {
    get plain() {
      return (plain ??= read());
    },
    get folded() {
      return (folded ??= foldForSearch(this.plain));
    },
    isAddress,
  };
}

/** An address as it is written, and with its escapes as the characters that they stand for. */
export function searchedAddress(url: string): SearchedText[] {
  const plain = url.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
  return [...new Set([url, plain])].map((text) => searchedText(() => text, true));
}

function remembered<Value>(kept: Map<string, Value>, source: string, make: (source: string) => Value): Value {
  const known = kept.get(source);
  if (known !== undefined) return known;
  const made = make(source);
  const [oldest] = kept.keys();
  if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(source, made);
  return made;
}
