/**
 * Building blocks that ask about the world around the file: names that it declares, checkers that other folders own,
 * what came out of the environment.
 */
import { z } from 'zod';
import { textAs } from './values.ts';

/** What the schema must know besides the value: the checkers that other folders own, and the names in the file. */
export interface Surroundings {
  /** Directory of the YAML file: relative paths start here. */
  readonly directory: string;
  readonly sources: ReadonlySet<string>;
  readonly pipelines: ReadonlySet<string>;
  /** Texts that came out of the environment: numbers may be written in them, and messages may not show them. */
  readonly fromEnvironment: ReadonlySet<string>;
  /** What is wrong with a pattern, or with the replacement for it; null where nothing is. */
  checkPattern(source: string, replacement?: string): string | null;
  /** What is wrong with a CSS selector; null where nothing is. */
  checkSelector(selector: string): string | null;
  isDirectory(path: string): boolean;
}

/** A whole number within limits, which may also come out of the environment. */
export function wholeNumber(lowest: number, highest: number, around: Surroundings) {
  const error = `must be a whole number from ${lowest} to ${highest}`;
  return z.preprocess(
    (input) => numberFromEnvironment(input, around),
    z.int({ error }).min(lowest, { error }).max(highest, { error }),
  );
}

/** A setting that out of the environment is text: the number or truth value that it spells, or itself. */
export function numberFromEnvironment(input: unknown, around: Surroundings): unknown {
  if (typeof input !== 'string' || !around.fromEnvironment.has(input)) return input;
  if (input === 'true' || input === 'false') return input === 'true';
  return /^-?\d{1,15}$/.test(input) ? Number(input) : input;
}

/** The name of something that the file declares. */
export function nameOf(what: string, names: ReadonlySet<string>) {
  return textAs((text) => (names.has(text) ? { value: text } : { wrong: `names an unknown ${what}` }), {
    names: [...names],
  });
}

/** A pattern for the linear-time engine. */
export function pattern(around: Surroundings) {
  return checkedBy((text) => around.checkPattern(text), around);
}

/** A CSS selector. */
export function selector(around: Surroundings) {
  return checkedBy((text) => checkFilled(text, around), around);
}

/** A CSS selector, or one with `@attribute` behind it: `a@href`, `@href`. */
export function selectorOrAttribute(around: Surroundings) {
  return checkedBy((text) => {
    const css = text.replace(/@[A-Za-z_][\w:.-]*$/, '');
    return css === '' && text !== '' ? null : checkFilled(css, around);
  }, around);
}

/** A time zone by its IANA name. */
export function timezone() {
  return textAs((text) => {
    try {
      return { value: new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone };
    } catch {
      return { wrong: 'must be a time zone such as Europe/Berlin, Asia/Taipei or UTC' };
    }
  });
}

function checkedBy(check: (text: string) => string | null, around: Surroundings) {
  return textAs(
    (text) => {
      const wrong = check(text);
      if (wrong === null) return { value: text };
      return {
        wrong: around.fromEnvironment.has(text) ? 'the value from the environment cannot be used' : wrong,
      };
    },
    { whole: true },
  );
}

function checkFilled(css: string, around: Surroundings): string | null {
  return css.trim() === '' ? 'the selector is empty' : around.checkSelector(css);
}
