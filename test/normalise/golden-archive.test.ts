/**
 * Golden pairs: each file of fixtures/archive through parse/ and normalise/, beside what it must come out as.
 * The sample files in seeds/ and, where they are, the real files come out whole.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Item, RawItem } from '../../src/model/item.ts';
import type { EpochMs } from '../../src/model/time.ts';
import { normaliseItem } from '../../src/normalise/normalise-item.ts';
import { parseDocument } from '../../src/parse/parse-document.ts';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'test/fixtures/archive');
const SEEDS = join(ROOT, 'seeds');
const REAL = join(ROOT, '../shared/seeds');
const NOW = Date.UTC(2025, 0, 1) as EpochMs;

interface Read {
  readonly raw: RawItem;
  readonly item: Item;
  readonly warnings: readonly string[];
}

function read(directory: string, name: string): Read {
  const text = readFileSync(join(directory, name), 'utf8');
  const parsed = parseDocument({ kind: 'archive', locator: name, text, warnings: [] });
  assert.ok('items' in parsed && parsed.items[0] !== undefined);
  const raw = parsed.items[0];
  const { item, warnings } = normaliseItem(raw, { type: 'archive', url: null, timezone: null }, NOW);
  return { raw, item, warnings: [...parsed.warnings, ...warnings].map(({ message }) => message) };
}

const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.txt'));

test('there are golden pairs', () => assert.ok(names.length >= 4));

for (const name of names)
  test(`reads ${name} as expected`, () => {
    const expected: unknown = JSON.parse(
      readFileSync(join(FIXTURES, name.replace(/txt$/, 'expected.json')), 'utf8'),
    );
    const { item, warnings } = read(FIXTURES, name);
    assert.deepEqual({ item, warnings }, expected);
  });

test('the sample files show every feature of the format', () => {
  const samples = readdirSync(SEEDS).map((name) => read(SEEDS, name));
  const all = samples.map(({ item }) => item.contentHtml).join('\n');
  assert.equal(samples.length, 8);
  for (const feature of [
    /^<div><i><br>\d{4}-/m,
    /images\.weserv\.nl\/\?url=/,
    /<small style="color: #999;">/,
    /相关图集：/,
    /rel="ArticleRef"/,
    /（鹽湖之聲中文網）/,
    /（綜合報導）/,
    /<em>©[^<]*<\/em><em>/,
    /获取更多RSS：/,
    /獲取更多RSS:/,
    /<h2>.*<h3>/,
    /<strong>林秋帆：<\/strong>/,
  ])
    assert.match(all, feature);
  assert.ok(
    samples.some(({ item }) => item.title.startsWith('[Live]') && item.url?.includes('_(town)_') === true),
  );
  assert.ok(samples.some(({ raw }) => raw.contentText !== null));
  assert.ok(samples.some(({ raw }) => raw.contentText === null && raw.archived === null));
});

test('real files with a header are read with nothing left to say', (t) => {
  if (!existsSync(REAL)) return t.skip('../shared is not here: real files are not read');
  const headed = readdirSync(REAL).filter((name) => !name.startsWith('004_'));
  for (const name of headed) {
    const { raw, item, warnings } = read(REAL, name);
    const [epoch, title, , , body] = readFileSync(join(REAL, name), 'utf8').split('\n');
    assert.deepEqual(warnings, []);
    assert.equal(epoch, `<!--${raw.archived}-->`);
    assert.equal(title, `[${item.title}](${raw.url})`);
    assert.equal(item.url, raw.url);
    assert.equal(item.contentHtml, body);
    assert.equal(item.published, raw.archived);
  }
  assert.equal(headed.length, 4);
});

test('the real plain text comes out whole, in order, with headings, turns and credit', (t) => {
  if (!existsSync(REAL)) return t.skip('../shared is not here: the real plain text is not read');
  const name = readdirSync(REAL).find((file) => file.startsWith('004_')) ?? assert.fail('no 004_ file');
  const { raw, item } = read(REAL, name);
  const html = item.contentHtml;
  const count = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
  assert.equal(html.replaceAll(/<[^>]*>|\s/g, ''), (raw.contentText ?? '').replaceAll(/\s/g, ''));
  assert.deepEqual(
    {
      sections: count(/<h2>谈[^<]*<\/h2><h3>[^<]*<\/h3><h3>[^<]*<\/h3>/g),
      h2: count(/<h2>/g),
      h3: count(/<h3>/g),
      paragraphs: count(/<p>/g),
      questions: count(/<p><strong>[^<]{2,14}记者：<\/strong>/g),
      answers: count(/<p><strong>王毅：<\/strong>/g),
      turns: count(/<strong>/g),
      breaks: count(/<br>/g),
      // A paragraph that a column break had cut would end without closing punctuation.
      cut: count(/[^。？]<\/p>/g),
    },
    { sections: 5, h2: 5, h3: 10, paragraphs: 32, questions: 5, answers: 5, turns: 10, breaks: 0, cut: 1 },
  );
  assert.ok(html.endsWith('<p>据新华社</p>'));
  assert.equal(item.title, '3月7日，十四届全国人大二次会议在梅地亚中心举行记者会。');
  assert.deepEqual(item.authors, [{ name: '新华社', url: null, email: null }]);
  assert.deepEqual([item.url, item.published, item.archived], [null, null, null]);
});
