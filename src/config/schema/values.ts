/**
 * The building blocks of the schema: maps with known keys, lists, texts, choices. Each says in its own words what it wants,
 * as the end of a sentence that begins with the key; describe-issue.ts adds key, place and what was found.
 */
import { z } from 'zod';
import type { Reading } from './readings.ts';

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

function inWords(words: readonly string[]): string {
  return words.length === 1 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
