/** The names of months in the languages of feeds. */
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

const LANGUAGES =
  'en-GB de fr es pt it nl ca gl ro sv da nb fi et lv lt is pl cs sk sl sr sr-Latn bg ru uk be hu el tr sq id ar he hi th';

const NAMES = LANGUAGES.split(' ').flatMap((language) =>
  (['long', 'short'] as const).flatMap((month) => namesOf(language, month)),
);

function namesOf(language: string, month: 'long' | 'short'): [name: string, month: number][] {
  const format = new Intl.DateTimeFormat(language, {
    month,
    day: 'numeric',
    timeZone: 'UTC',
    calendar: 'gregory',
  });
  return Array.from({ length: 12 }, (_, index): [string, number] => {
    const parts = format.formatToParts(Date.UTC(2023, index, 5));
    const name = parts.find(({ type }) => type === 'month')?.value ?? '';
    return [name.split(' ').at(-1) ?? '', index + 1];
  }).filter(([name]) => /\p{L}/u.test(name));
}
