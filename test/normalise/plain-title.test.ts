/** Titles as one line of plain text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { cutText, MAX_TITLE_LENGTH, plainLine } from '../../src/normalise/plain-title.ts';

const CASES: readonly (readonly [name: string, written: string, plain: string])[] = [
  ['folds white space', ' a\n\t b\u{3000}c ', 'a b c'],
  ['keeps markup as text', '<b>x</b> & "q"', '<b>x</b> & "q"'],
  ['removes control characters', 'a\u{0}b\u{7f}c\u{85}', 'abc'],
  ['mends half characters', 'a\u{d800}b', 'a\u{fffd}b'],
  ['closes an override', 'abc\u{202e}gnp', 'abc\u{202e}gnp\u{202c}'],
  ['closes from the inside out', '\u{2067}a\u{202a}b', '\u{2067}a\u{202a}b\u{202c}\u{2069}'],
  ['drops what closes nothing', 'a\u{202c}b\u{2069}', 'ab'],
  ['keeps what is closed', '\u{2067}a\u{2069}b', '\u{2067}a\u{2069}b'],
];

for (const [name, written, plain] of CASES) test(name, () => assert.equal(plainLine(written), plain));

test('cuts between graphemes', () => {
  const family = '👩‍👩‍👧';
  assert.equal(cutText(family.repeat(3), family.length * 2 + 3), `${family.repeat(2)}…`);
  assert.equal(cutText('長'.repeat(MAX_TITLE_LENGTH), MAX_TITLE_LENGTH), '長'.repeat(MAX_TITLE_LENGTH));
  assert.equal(cutText('長'.repeat(9), 5), '長長長長…');
});

test('doing it twice changes nothing', () => {
  const character = fc.constantFrom(
    'a',
    ' ',
    '長',
    '\u{202e}',
    '\u{202c}',
    '\u{2066}',
    '\u{2069}',
    '\n',
    '\u{0}',
    'e\u{301}',
  );
  fc.assert(
    fc.property(fc.array(character), (characters) => {
      const once = cutText(plainLine(characters.join('')), 12);
      assert.equal(cutText(plainLine(once), 12), once);
    }),
  );
});
