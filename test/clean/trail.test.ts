import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { contentEdits } from '../../src/clean/content-edits.ts';
import { cut, MAX_EDIT_LENGTH } from '../../src/clean/cut.ts';
import { MAX_EDITS_KEPT, trailEntry } from '../../src/clean/trail.ts';
import { epochMs } from '../../src/model/time.ts';
import { tagSoup } from '../html/tag-soup.ts';
import { anItem } from './an-item.ts';

const STEP = { name: 'step', purpose: 'does something' };
const LONG = 'a sentence that is long enough to keep two places apart, '.repeat(4);

type Told = readonly (readonly [before: string, after: string])[];

const TABLE: readonly (readonly [name: string, before: string, after: string, edits: Told])[] = [
  [
    'an attribute, with the words beside it',
    '<p>See the minutes <a href="/1">here</a>.</p>',
    '<p>See the minutes <a href="/2">here</a>.</p>',
    [['the minutes <a href="/1">here', 'the minutes <a href="/2">here']],
  ],
  ['something taken out', '<p>a</p><hr><p>b</p>', '<p>a</p><p>b</p>', [['</p><hr><p>', '</p><p>']]],
  ['something put in', '<p>a</p><p>b</p>', '<p>a</p><hr><p>b</p>', [['</p><p>', '</p><hr><p>']]],
  [
    'a word in a text',
    '<p>one two three</p>',
    '<p>one 2 three</p>',
    [['one two three</p>', 'one 2 three</p>']],
  ],
  [
    'places far apart are told one by one',
    `<b>x</b>${LONG}<i>y</i>`,
    `<u>x</u>${LONG}<s>y</s>`,
    [
      [`<b>x</b>${LONG.slice(0, 12)}`, `<u>x</u>${LONG.slice(0, 12)}`],
      [`${LONG.slice(-12)}<i>y</i>`, `${LONG.slice(-12)}<s>y</s>`],
    ],
  ],
  ['everything', '<p>a</p>', 'b', [['<p>a</p>', 'b']]],
  ['nothing left', '<p>a</p>', '', [['<p>a</p>', '']]],
  ['the same', '<p>a</p>', '<p>a</p>', []],
];

for (const [name, before, after, edits] of TABLE) {
  test(`the trail shows ${name}`, () => {
    assert.deepEqual(
      contentEdits(before, after),
      edits.map(([was, is]) => ({ field: 'contentHtml', before: was, after: is })),
    );
  });
}

test('edits are found wherever two contents differ, and nowhere else', () => {
  fc.assert(
    fc.property(tagSoup, tagSoup, (before, after) => {
      assert.equal(contentEdits(before, after).length > 0, before !== after);
    }),
  );
});

const many = (mark: (at: number) => string): string =>
  Array.from({ length: 30 }, (_, at) => `<p class="${mark(at)}">${at}${LONG}</p>`).join('');

test('keeps so many edits and counts the rest', () => {
  const [before, after] = [many(() => 'a'), many((at) => `b${at}`)];
  const entry = trailEntry(STEP, anItem({ contentHtml: before }), anItem({ contentHtml: after }));
  assert.equal(entry?.edits.length, MAX_EDITS_KEPT);
  assert.equal(entry.more, 30 - MAX_EDITS_KEPT);
});

test('tells once what was done in many places, and counts the others', () => {
  const [before, after] = [many(() => 'a'), many((at) => (at === 7 ? 'c' : 'b'))];
  const entry = trailEntry(STEP, anItem({ contentHtml: before }), anItem({ contentHtml: after }));
  const told = entry?.edits.map(({ after: is }) => /class="."/.exec(is)?.[0]);
  assert.deepEqual([told, entry?.more], [['class="b"', 'class="c"'], 28]);
});

test('tells the other fields as people read them', () => {
  const before = anItem({ title: 'a', categories: ['x'] });
  const after = anItem({ title: 'b', categories: ['x', 'y'], published: epochMs(0) });
  assert.deepEqual(trailEntry(STEP, before, after), {
    step: 'step',
    purpose: 'does something',
    edits: [
      { field: 'title', before: 'a', after: 'b' },
      { field: 'published', before: '', after: '1970-01-01T00:00:00.000Z' },
      { field: 'categories', before: 'x', after: 'x, y' },
    ],
    more: 0,
  });
});

test('cuts long texts in the middle, between characters', () => {
  const text = cut('😀'.repeat(500));
  assert.ok(text.length <= MAX_EDIT_LENGTH + 3);
  assert.ok(text.isWellFormed());
  assert.equal(cut('short'), 'short');
});
