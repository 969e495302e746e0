/**
 * The building blocks of the schema: maps with known keys, lists, texts, numbers, choices. Each says in its own words what it wants,
 * as the end of a sentence that begins with the key; describe-issue.ts adds key, place and what was found.
 */
import { z } from 'zod';
import type { Reading } from './readings.ts';

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

/** What an issue of our own carries, besides its message. */
export interface IssueParams {
  /** The names among which the right one may be. */
  readonly names?: readonly string[];
  /** The message is a sentence of its own and says what was found. */
  readonly whole?: boolean;
}

/** Said of what is no text where any text would do. */
export const MUST_BE_TEXT = 'must be text';

/** A map that has these keys and no others. `what` says what it is. */
export function keyed<Shape extends z.core.$ZodLooseShape>(shape: Shape, what = 'must be a map of keys') {
  // An error map can hand on nothing but a string: of unknown keys, the known ones.
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? known : what) });
}

/** A map under names that the user chooses. One with nothing in it may be left empty. */
export function named<Value extends z.ZodType>(value: Value, what: string) {
  const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
  return z.preprocess(
    (input) => (input === null ? {} : input),
    z.record(name, value, { error: `must be a map: ${what}` }),
  );
}

/** A list of values. */
export function listOf<Value extends z.ZodType>(value: Value, what: string) {
  return z.array(value, { error: `must be a list of ${what}, in [ ] or one to a line after "- "` });
}

/** Text that `read` turns into a value. What it says of an empty text is said of what is no text, too. */
export function textAs<T>(read: (text: string) => Reading<T>, params: IssueParams = {}) {
  const error = () => {
    const reading = read('');
    return 'wrong' in reading && reading.wrong.startsWith('must') ? reading.wrong : MUST_BE_TEXT;
  };
  return z.string({ error }).transform((text, context) => {
    const reading = read(text);
    if ('value' in reading) return reading.value;
    context.addIssue({ code: 'custom', message: reading.wrong, params: { ...params }, input: text });
    return z.NEVER;
  });
}

/** Any text. */
export function anyText() {
  return z.string({ error: MUST_BE_TEXT });
}

/** Text that says something. */
export function someText() {
  return textAs((text) => (text.trim() === '' ? { wrong: 'says nothing' } : { value: text }));
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `must be ${inWords(words)}` });
}

/** A whole number within limits, which may also come out of the environment. */
export function wholeNumber(lowest: number, highest: number, around: Surroundings) {
  const error = `must be a whole number from ${lowest} to ${highest}`;
  return z.preprocess(
    (input) => numberFromEnvironment(input, around),
    z.int({ error }).min(lowest, { error }).max(highest, { error }),
  );
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

/** A setting that out of the environment is text: the number or truth value that it spells, or itself. */
export function numberFromEnvironment(input: unknown, around: Surroundings): unknown {
  if (typeof input !== 'string' || !around.fromEnvironment.has(input)) return input;
  if (input === 'true' || input === 'false') return input === 'true';
  return /^-?\d{1,15}$/.test(input) ? Number(input) : input;
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

function inWords(words: readonly string[]): string {
  return words.length === 1 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
