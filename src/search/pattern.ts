/**
 * Patterns written by users, on an engine whose time grows with the text and not with the wickedness of the pattern
 * (product.md section 2). No look-around and no back references; in return no pattern can hang a search.
 */
import { RE2JS, RE2JSException } from 're2js';
import { FeedmillError } from '../model/error.ts';

export interface Pattern {
  /** Whether it occurs anywhere in the text. */
  test(text: string): boolean;
  /** Replaces every occurrence. `$1` to `$99` are groups, `$&` is the whole match, `$$` a dollar sign. */
  replaceAll(text: string, replacement: string): string;
}

/** Longer patterns are programs; the longest that we met in other readers' rule lists has 300 characters. */
const MAX_PATTERN_LENGTH = 2000;

/**
 * Prepares a pattern in RE2 syntax; `(?i)` at its start makes it ignore case.
 * @throws `config-invalid` with what is wrong with it
 */
export function compilePattern(source: string): Pattern {
  const engine = tryCompile(source);
  if (!(engine instanceof RE2JS)) throw new FeedmillError('config-invalid', engine.complaint);
  return {
    test: (text) => engine.test(text),
    replaceAll: (text, replacement) => engine.matcher(text).replaceAll(replacement),
  };
}

/** What is wrong with a pattern, or with a replacement that names groups which it does not have; null where nothing is. */
export function checkPattern(source: string, replacement = ''): string | null {
  const engine = tryCompile(source);
  if (!(engine instanceof RE2JS)) return engine.complaint;
  const groups = engine.groupCount();
  for (const [reference, number] of replacement.matchAll(/\$\$|\$(\d{1,2})/g)) {
    if (number === undefined || Number(number) <= groups) continue;
    return (
      `the replacement names group ${reference}, but the pattern has ${groups === 0 ? 'no group' : `${groups} of them`}. ` +
      'Put ( ) around what is to be kept, or write $$ for a dollar sign'
    );
  }
  return null;
}

function tryCompile(source: string): RE2JS | { complaint: string } {
  if (source === '') return { complaint: 'the pattern is empty: it would be found everywhere' };
  if (source.length > MAX_PATTERN_LENGTH) {
    return { complaint: `the pattern is longer than ${MAX_PATTERN_LENGTH} characters` };
  }
  try {
    return RE2JS.compile(source);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const shown = source.length > 80 ? `${source.slice(0, 80)}…` : source;
    return {
      complaint: `the pattern ${JSON.stringify(shown)} cannot be used: ${inPlainWords(error.message)}`,
    };
  }
}

function inPlainWords(engineMessage: string): string {
  const reason = engineMessage.replace(/^error parsing regexp: /, '').replace(/: `[\s\S]*`$/, '');
  if (/Perl syntax|named capture|escape sequence/.test(reason)) {
    return `${reason} (patterns run on a linear-time engine: no look-ahead, look-behind or back reference)`;
  }
  return reason;
}
