/** The names of months in forty languages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMonth, isWeekday } from '../../../src/normalise/date/month-names.ts';

test('no name of one language is another month in another', () => {
  const seen = new Map<string, number>();
  for (const [name, month] of NAMES) {
    assert.equal(seen.get(name) ?? month, month, name);
    seen.set(name, month);
    assert.equal(findMonth(name), month, name);
  }
});

test('reads a name however it is spelt', () => {
  const spelt: readonly (readonly [word: string, month: number | null])[] = [
    ['SEPTEMBER', 9],
    ['Sept.', 9],
    ['févr.', 2],
    ['fevrier', 2],
    ['FÉVRIER', 2],
    ['Kasım', 11],
    ['Ιουνίου', 6],
    ['ΙΟΥΝ', 6],
    ['ju', null],
    ['jui', null],
    ['monday', null],
    ['toString', null],
  ];
  assert.deepEqual(
    spelt.map(([word]) => [word, findMonth(word)]),
    spelt,
  );
});

test('knows a weekday that might be a month', () => {
  assert.deepEqual(['mar.', 'Tuesday', 'mars'].map(isWeekday), [true, true, false]);
});

const NAMES = [
  'en-GB',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'pl',
  'cs',
  'ru',
  'uk',
  'el',
  'hu',
  'tr',
  'ro',
  'fi',
  'sv',
].flatMap((language) =>
  Array.from({ length: 12 }, (_, index): [string, number] => {
    const format = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', timeZone: 'UTC' });
    const parts = format.formatToParts(Date.UTC(2023, index, 5));
    return [parts.find(({ type }) => type === 'month')?.value ?? '', index + 1];
  }),
);
