import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SafeHtml } from '../../src/model/item.ts';
import { excerptOf, shorten } from '../../src/publish/excerpt.ts';
import { sampleItem } from './sample-view.ts';

test('an excerpt is the summary, else the opening of the text', () => {
  const contentHtml = '<p>One.</p><p>Two &amp; three.</p>' as SafeHtml;
  assert.equal(excerptOf(sampleItem({ summary: ' a\n b ', contentHtml })), 'a b');
  assert.equal(excerptOf(sampleItem({ summary: null, contentHtml })), 'One. Two & three.');
});

test('an excerpt passes over the captions of pictures where there is other text', () => {
  const figure = '<figure><img src="https://i.example/a"><figcaption>A boat</figcaption></figure>';
  const shown = [`${figure}<p>Text</p>${figure}`, figure].map((html) =>
    excerptOf(sampleItem({ summary: null, contentHtml: html as SafeHtml })),
  );
  assert.deepEqual(shown, ['Text', 'A boat']);
});

const CASES: readonly (readonly [string, string, number, string])[] = [
  ['short text stays', 'abc', 3, 'abc'],
  ['Latin text is cut before a word', 'aaaaaaaaaaaaaaaaa bbbb', 20, 'aaaaaaaaaaaaaaaaa…'],
  ['Han text is cut between characters', '一二三四五六七八', 5, '一二三四…'],
  ['a pair of surrogates is not torn', '一二三𠮷五六', 5, '一二三…'],
];
for (const [name, text, length, expected] of CASES) {
  test(name, () => assert.equal(shorten(text, length), expected));
}
