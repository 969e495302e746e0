import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanItem, type CleanContext } from '../../src/clean/runner.ts';
import type { Step } from '../../src/clean/step.ts';
import type { CleanItem, Item } from '../../src/model/item.ts';
import { epochMs } from '../../src/model/time.ts';
import { parseHttpUrl } from '../../src/model/url.ts';
import { anItem, FEED } from './an-item.ts';

const CONTEXT: CleanContext = {
  ...FEED,
  raw: '{"title":"T"}',
  rawHash: 'hash of raw',
  rawText: 'raw text',
  sourceNumber: 7,
  warnings: [{ code: 'odd', message: 'something odd', where: null }],
};

const step = (name: string, apply: Step['apply']): Step => ({ name, purpose: `does ${name}`, apply });

function clean(item: Item, steps: readonly Step[] = [], context = CONTEXT): CleanItem {
  const cleaned = cleanItem(item, steps, context);
  assert.equal(cleaned.kind, 'clean');
  return cleaned.item;
}

test('makes a clean item of what the steps left', () => {
  const item = anItem({
    url: parseHttpUrl('https://www.a.example/1?utm_source=x'),
    guid: 'g',
    title: 'T',
    contentHtml: '<p onclick="x">a<br/>b</p>',
  });
  const tagged = clean(item, [step('tag', (given) => ({ ...given, categories: ['c'] }))]);
  const { fingerprint, ...rest } = tagged;
  assert.match(fingerprint, /^[0-9a-f]{64}$/);
  assert.deepEqual(rest, {
    ...item,
    categories: ['c'],
    contentHtml: '<p>a<br>b</p>',
    contentText: 'a\nb',
    keys: rest.keys,
    raw: CONTEXT.raw,
    rawHash: CONTEXT.rawHash,
    trail: [
      { step: 'tag', purpose: 'does tag', edits: [{ field: 'categories', before: '', after: 'c' }], more: 0 },
      {
        step: 'sanitise',
        purpose: 'Leaves only what is safe to show.',
        edits: [{ field: 'contentHtml', before: '<p onclick="x">a<br/>b', after: '<p>a<br>b' }],
        more: 0,
      },
    ],
    warnings: CONTEXT.warnings,
  });
  assert.deepEqual(
    rest.keys.map((key) => key.split(' ').slice(0, 2).join(' ')),
    ['url https://a.example/1', 'guid 7', 'text 7'],
  );
});

test('a step that changes nothing leaves no trace', () => {
  const copying = step('copy', (item) => ({ ...item }));
  assert.deepEqual(clean(anItem({ title: 'T', contentHtml: '<p>a</p>' }), [copying]).trail, []);
});

test('the sanitiser comes after every step', () => {
  const evil = step('evil', (item) => ({ ...item, contentHtml: '<script>x</script><p>a</p>' }));
  assert.equal(clean(anItem({ title: 'T' }), [evil]).contentHtml, '<p>a</p>');
});

test('an item that a step drops says which step, and why', () => {
  const drop = step('drop', () => ({ drop: 'the title says 广告' }));
  const never = step('never', () => assert.fail('the steps after it are not run'));
  assert.deepEqual(cleanItem(anItem({ title: 'T' }), [drop, never], CONTEXT), {
    kind: 'dropped',
    reason: 'drop: the title says 广告',
  });
});

const NOTHING: readonly (readonly [given: Partial<Item>, rawText: string, dropped: boolean])[] = [
  [{}, '', true],
  [{ contentHtml: '<p> </p>' }, '', true],
  [{ title: 'T' }, '', false],
  [{ summary: 's' }, '', false],
  [{ guid: 'g' }, '', false],
  [{ url: parseHttpUrl('https://a.example/') }, '', false],
  [{ contentHtml: '<p>a</p>' }, 'a', false],
];

for (const [given, rawText, dropped] of NOTHING) {
  test(`an item of nothing but ${JSON.stringify(given)} is ${dropped ? 'dropped' : 'kept'}`, () => {
    const cleaned = cleanItem(anItem(given), [], { ...CONTEXT, rawText });
    assert.equal(cleaned.kind, dropped ? 'dropped' : 'clean');
  });
}

test('the fingerprint is of what a reader sees: not of dates, guids and places', () => {
  const one = anItem({ title: 'T', contentHtml: '<p>a</p>', language: 'en' });
  const same = anItem({
    ...one,
    published: epochMs(1),
    updated: epochMs(2),
    guid: 'g',
    locator: 'elsewhere',
  });
  assert.equal(clean(one).fingerprint, clean(same).fingerprint);
  const others = [
    { title: 'U' },
    { contentHtml: '<p>b</p>' },
    { rights: '©' },
    { categories: ['c'] },
    { language: 'de' },
  ];
  for (const other of others) {
    assert.notEqual(clean(anItem({ ...one, ...other })).fingerprint, clean(one).fingerprint);
  }
});
