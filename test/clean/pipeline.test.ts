import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { buildPipeline } from '../../src/clean/pipeline.ts';
import { cleanItem, type CleanContext } from '../../src/clean/runner.ts';
import type { Step } from '../../src/clean/step.ts';
import { readHtml } from '../../src/html/edit.ts';
import { textOfHtml } from '../../src/html/text.ts';
import type { CleanItem, Item } from '../../src/model/item.ts';
import type { Rule } from '../../src/model/rule.ts';
import { parseHttpUrl } from '../../src/model/url.ts';
import { tagSoup } from '../html/tag-soup.ts';
import { anItem, ARCHIVE } from './an-item.ts';

const CONTEXT: CleanContext = {
  ...ARCHIVE,
  raw: '{}',
  rawHash: '',
  rawText: 'x',
  sourceNumber: 1,
  warnings: [],
};
const RULES: readonly Rule[] = [
  { step: 'unproxy_images', hosts: ['images.weserv.nl'] },
  { step: 'remove', selectors: ['.share'] },
];

const names = (steps: readonly Step[]): string[] => steps.map(({ name }) => name);

function clean(item: Item, steps: readonly Step[]): CleanItem {
  const cleaned = cleanItem(item, steps, CONTEXT);
  assert.equal(cleaned.kind, 'clean');
  return cleaned.item;
}

test('rules stand in their order between the standard steps', () => {
  assert.deepEqual(names(buildPipeline(RULES)), [
    'lazy_images',
    'absolute_links',
    'dateline',
    'unproxy_images',
    'remove',
    'tracking_params',
    'tracking_pixels',
    'figures',
    'rights',
    'empty_markup',
    'lead_image',
    'language',
  ]);
});

test('the standard steps run without any rule, and rules without effect bring no step', () => {
  const standard = buildPipeline([]);
  assert.equal(standard.length, 10);
  assert.deepEqual(buildPipeline([{ step: 'full_text', mode: 'never' }]), standard);
});

test('equal rules give the same pipeline, other rules another', () => {
  assert.equal(buildPipeline(structuredClone(RULES)), buildPipeline(RULES));
  assert.notEqual(buildPipeline(RULES.toReversed()), buildPipeline(RULES));
});

test('every step has a name and a purpose that people can read', () => {
  for (const { name, purpose } of buildPipeline(RULES)) {
    assert.match(name, /^[a-z]+(?:_[a-z]+)*$/);
    assert.match(purpose, /^[A-Z].+\.$/);
  }
});

test('an archived item becomes what a reader wants', () => {
  const html =
    '<div><i><br>2024-03-01T08:00:00.000Z</i></div>' +
    '<img src="https://images.weserv.nl/?url=pics.example/1.jpg" width="100%"><div><small style="color: #999;">The hall</small></div>' +
    '<p>The council <a href="/a?utm_source=x">met</a>.</p><p class="share">Share!</p><p></p><p>It rained.</p><br>';
  const item = clean(
    anItem({ url: parseHttpUrl('https://town.example/n/1'), contentHtml: html }),
    buildPipeline(RULES),
  );
  assert.equal(
    item.contentHtml,
    '<figure><img src="https://pics.example/1.jpg"><figcaption>The hall</figcaption></figure>' +
      '<p>The council <a href="https://town.example/a" rel="noopener noreferrer">met</a>.</p><p>It rained.</p>',
  );
  assert.equal(item.image, 'https://pics.example/1.jpg');
  assert.equal(item.published, Date.UTC(2024, 2, 1, 8));
  assert.equal(item.contentText, 'The hall\nThe council met.\nIt rained.');
});

test('cleaning what is clean changes nothing, whatever the soup', () => {
  const steps = buildPipeline(RULES);
  fc.assert(
    fc.property(tagSoup, (soup) => {
      const once = clean(
        anItem({ title: 'T', url: parseHttpUrl('https://a.example/'), contentHtml: soup }),
        steps,
      );
      assert.equal(clean({ ...once }, steps).contentHtml, once.contentHtml);
      assert.equal(once.contentText, textOfHtml(once.contentHtml));
    }),
    { numRuns: 1000 },
  );
});

test('no step tells an untruth about what it changed: with a fresh tree for each step the result is the same', () => {
  const steps = buildPipeline(RULES);
  const forgetful = steps.map((step) => ({
    ...step,
    apply: (...given: Parameters<Step['apply']>) => {
      readHtml('<p>forget the last tree</p>', () => undefined);
      return step.apply(...given);
    },
  }));
  fc.assert(
    fc.property(tagSoup, (soup) => {
      const item = anItem({ title: 'T', url: parseHttpUrl('https://a.example/'), contentHtml: soup });
      assert.deepEqual(clean(item, steps), clean(item, forgetful));
    }),
    { numRuns: 500 },
  );
});
