/** The rules `drop` and `tag`, each on the item as the steps before it left it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPipeline } from '../../../src/clean/pipeline.ts';
import { cleanItem, type CleanContext, type Cleaned } from '../../../src/clean/runner.ts';
import type { Item } from '../../../src/model/item.ts';
import type { Condition, Rule } from '../../../src/model/rule.ts';
import type { EpochMs } from '../../../src/model/time.ts';
import { anItem, FEED } from '../an-item.ts';

const CONTEXT: CleanContext = {
  ...FEED,
  raw: '{}',
  rawHash: '',
  rawText: 'x',
  sourceNumber: 1,
  warnings: [],
};
const DAY_MS = 86_400_000;

function clean(given: Partial<Item>, ...rules: Rule[]): Cleaned {
  return cleanItem(anItem(given), buildPipeline(rules), CONTEXT);
}

function reasonOf(given: Partial<Item>, ...rules: Rule[]): string | null {
  const cleaned = clean(given, ...rules);
  return cleaned.kind === 'dropped' ? cleaned.reason : null;
}

function categoriesOf(given: Partial<Item>, ...rules: Rule[]): readonly string[] {
  const cleaned = clean(given, ...rules);
  assert.equal(cleaned.kind, 'clean');
  return cleaned.item.categories;
}

const drop = (condition: Condition): Rule => ({ step: 'drop', condition });
const tag = (as: string, when: Condition | null = null): Rule => ({ step: 'tag', as, when });

test('drops an item and names the word that was found', () => {
  const rule = drop({ title: ['推广', '广告'] });
  assert.equal(reasonOf({ title: '廣告：春季特賣' }, rule), 'drop: the title holds "广告"');
  assert.equal(reasonOf({ title: '市議會開會' }, rule), null);
});

test('sees the text without markup, and with its characters decoded', () => {
  const rule = drop({ text: ['Q&A session'] });
  assert.equal(
    reasonOf({ contentHtml: '<p>The <b>Q&amp;A</b> session.</p>' }, rule),
    'drop: the text holds "Q&A session"',
  );
  assert.equal(reasonOf({ contentHtml: '<p title="Q&amp;A session">Nothing.</p>', title: 'T' }, rule), null);
});

test('sees what the rules before it left', () => {
  const remove: Rule = { step: 'remove', selectors: ['.ad'] };
  const item = { title: 'T', contentHtml: '<p>News.</p><p class="ad">Buy!</p>' };
  const dropBuy = drop({ text: ['buy'] });
  assert.equal(reasonOf(item, remove, dropBuy), null);
  assert.equal(reasonOf(item, dropBuy, remove), 'drop: the text holds "buy"');
  assert.equal(
    reasonOf(item, tag('short', { shorterThan: 50 }), drop({ category: ['short'] })),
    'drop: a category holds "short"',
  );
});

test('knows the language of an item that says none', () => {
  const rule = drop({ language: ['en'] });
  const english = {
    contentHtml: '<p>The town council met on Tuesday evening to speak about the bridge.</p>',
  };
  assert.equal(reasonOf(english, rule), 'drop: the language is en');
  assert.equal(reasonOf({ contentHtml: '<p>市議會星期二晚上開會討論橋的事情，沒有結果。</p>' }, rule), null);
});

test('counts the age of an item back from when it came', () => {
  const rule = drop({ olderThanMs: 30 * DAY_MS });
  const published = (days: number): Partial<Item> => ({
    title: 'T',
    published: (FEED.now - days * DAY_MS) as EpochMs,
  });
  assert.equal(reasonOf(published(31), rule), 'drop: it was published 31 days before it arrived');
  assert.equal(reasonOf(published(30), rule), null);
});

test('tags every item, or those for which the condition holds, and none twice', () => {
  const item = { title: '中俄會談', categories: ['World'] };
  assert.deepEqual(categoriesOf(item, tag('All')), ['World', 'All']);
  assert.deepEqual(categoriesOf(item, tag('中俄', { any: ['中俄'] }), tag('none', { any: ['海'] })), [
    'World',
    '中俄',
  ]);
  assert.deepEqual(categoriesOf(item, tag('World')), ['World']);
});

test('a tag is told in the trail', () => {
  const cleaned = clean({ title: 'T' }, tag('Town'));
  assert.equal(cleaned.kind, 'clean');
  assert.deepEqual(cleaned.item.trail, [
    {
      step: 'tag',
      purpose: 'Gives the category Town.',
      edits: [{ field: 'categories', before: '', after: 'Town' }],
      more: 0,
    },
  ]);
});
