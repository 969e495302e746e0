import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Condition } from '../../src/model/rule.ts';
import type { EpochMs } from '../../src/model/time.ts';
import { foldForSearch } from '../../src/search/fold-for-search.ts';
import { explainMatch, matchesCondition, type Matchable } from '../../src/search/match-condition.ts';

const DAY_MS = 86_400_000;
const NOW = (100 * DAY_MS) as EpochMs;

const ITEM: Matchable = {
  title: '快訊：市議會開會，ＡＩ 計畫通過',
  text: 'The Town Council read the plan.\nNew\nYork was not asked. 習近平與普京會談。',
  authors: [{ name: 'Anna Müller' }, { name: null }],
  categories: ['Local News', '中俄關係'],
  url: 'https://town.example/sports/%E4%BD%93%E8%82%B2?Page=2',
  language: 'zh-Hant',
  published: (90 * DAY_MS) as EpochMs,
};

const HOLDS: readonly [name: string, condition: Condition, holds: boolean][] = [
  ['a simplified word in a traditional title', { title: ['快讯'] }, true],
  ['a traditional word for the same', { title: ['快訊'] }, true],
  ['a simplified word in a traditional text', { text: ['习近平与普京会谈'] }, true],
  ['a Han word stands inside of others', { title: ['議會'] }, true],
  ['an ASCII word for full-width letters', { title: ['ai'] }, true],
  ['a full-width word for ASCII letters', { text: ['ＴＯＷＮ'] }, true],
  ['a full-width colon for an ASCII one', { title: ['快讯:'] }, true],
  ['a Latin word within a longer one', { text: ['ad'] }, false],
  ['a Latin word at the beginning of a longer one', { text: ['counc'] }, false],
  ['two words over a line end', { text: ['new york'] }, true],
  ['a word in the text when the title is asked', { title: ['council'] }, false],
  ['a word of the title when the text is asked', { text: ['快讯'] }, false],
  ['any: one word in the title', { any: ['nothing', '快讯'] }, true],
  ['any: one word in the text', { any: ['nothing', 'council'] }, true],
  ['any: no word', { any: ['nothing', 'never'] }, false],
  ['all: one in the title, one in the text', { all: ['开会', 'york'] }, true],
  ['all: one is missing', { all: ['开会', 'nothing'] }, false],
  ['none: none is there', { none: ['nothing'] }, true],
  ['none: one is there', { none: ['nothing', '普京'] }, false],
  ['a pattern', { title: [{ pattern: '^快[訊讯]' }] }, true],
  ['a pattern sees the text as it is', { title: [{ pattern: '快讯' }] }, false],
  ['a pattern that ignores case', { text: [{ pattern: '(?i)town\\s+council' }] }, true],
  ['an author', { author: ['müller'] }, true],
  ['an author with a decomposed letter', { author: ['mu\u0308ller'] }, true],
  ['a part of an author', { author: ['mull'] }, false],
  ['a category, in the other script', { category: ['关系'] }, true],
  ['a word of a category', { category: ['news'] }, true],
  ['a piece of the link', { link: ['town.example/sport'] }, true],
  ['a piece of the link in another case', { link: ['page=2'] }, true],
  ['a piece of the link that is escaped', { link: ['体育'] }, true],
  ['a pattern over the link', { link: [{ pattern: '/sports/.*\\?' }] }, true],
  ['another link', { link: ['sea.example'] }, false],
  ['the language', { language: ['en', 'zh-hant'] }, true],
  ['a language with every script', { language: ['zh'] }, true],
  ['the other script', { language: ['zh-Hans'] }, false],
  ['a language that begins alike', { language: ['z'] }, false],
  ['older than nine days', { olderThanMs: 9 * DAY_MS }, true],
  ['older than its age', { olderThanMs: 10 * DAY_MS }, false],
  ['shorter than its length', { shorterThan: Array.from(ITEM.text).length }, false],
  ['shorter than one more', { shorterThan: Array.from(ITEM.text).length + 1 }, true],
  ['two parts that hold', { title: ['快讯'], language: ['zh'] }, true],
  ['two parts of which one holds', { title: ['快讯'], language: ['en'] }, false],
  ['words of white space alone', { any: [' '] }, false],
  ['a condition without parts', {}, false],
];

for (const [name, condition, holds] of HOLDS) {
  test(`${name}: ${holds ? 'holds' : 'does not hold'}`, () => {
    assert.equal(matchesCondition(condition, ITEM, NOW), holds);
  });
}

test('what an item does not say fulfils nothing that asks for it', () => {
  const silent: Matchable = {
    ...ITEM,
    text: '',
    authors: [],
    categories: [],
    url: null,
    language: null,
    published: null,
  };
  const asking: Condition[] = [
    { text: ['a'] },
    { author: ['a'] },
    { category: ['a'] },
    { link: ['a'] },
    { language: ['en'] },
    { olderThanMs: 1 },
  ];
  assert.deepEqual(
    asking.map((condition) => matchesCondition(condition, silent, NOW)),
    asking.map(() => false),
  );
  assert.equal(matchesCondition({ shorterThan: 1 }, silent, NOW), true);
});

test('says what it found, part by part', () => {
  assert.equal(
    explainMatch({ any: ['x', '普京'], title: [{ pattern: '快' }] }, ITEM, NOW),
    'the title holds the pattern 快; title or text holds "普京"',
  );
  assert.equal(
    explainMatch({ olderThanMs: DAY_MS, language: ['zh'], none: ['x'] }, ITEM, NOW),
    'it was published 10 days before it arrived; the language is zh-Hant; neither title nor text holds "x"',
  );
});

test('characters beyond the first plane count once', () => {
  const item = { ...ITEM, text: '𠀀𠀁𠀂' };
  assert.equal(matchesCondition({ shorterThan: 4 }, item, NOW), true);
  assert.equal(matchesCondition({ shorterThan: 3 }, item, NOW), false);
});

test('does not read the text where the title decides', () => {
  const item = {
    ...ITEM,
    get text(): string {
      throw new Error('was read');
    },
  };
  assert.equal(matchesCondition({ title: ['nothing'], any: ['a'] }, item, NOW), false);
});

test('folding twice changes nothing more, and a text holds what it is folded to', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = foldForSearch(text);
      assert.equal(foldForSearch(once), once);
    }),
    { numRuns: 2000 },
  );
});
