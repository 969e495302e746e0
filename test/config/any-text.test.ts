/** Whatever stands in the file, the loader answers with mistakes, and soon. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { linesOf, loadText } from './world.ts';

/** Pieces of configurations, put together as nobody would. */
const PIECES = [
  ...'version: 1|sources|feeds|pipelines|server|a|b|type: feed|type: page|select|where|any|__proto__'.split(
    '|',
  ),
  ...'&x|*x|<<|!!str|!t|${A}|${A:-b}|${|$${|"|[|]|{|}|:|: |,|, |- |? |\n|\n  |\n    |\t|#| #|>|---|...|%|@|`'.split(
    '|',
  ),
  ...'1|-1|.inf|0x1F|1e400|null|~|true|中文|\ud83d|\r\n|\u2028|https://u:p@x/'.split('|'),
  "'",
  '|',
];

test('never throws, whatever the text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => `version: 1\n${pieces.join('')}`),
  );
  fc.assert(
    fc.property(texts, (text) => isAnswer(loadText(text, { env: { A: 'x' } }))),
    { numRuns: 500 },
  );
});

test('never throws, whatever the bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => isAnswer(loadText(bytes))));
});

test('never throws, whatever the values', () => {
  const value = fc.json({ maxDepth: 4 });
  const key = fc.constantFrom(
    'server',
    'store',
    'auth',
    'fetch',
    'defaults',
    'sources',
    'pipelines',
    'feeds',
    'identity',
  );
  fc.assert(
    fc.property(key, value, (name, json) => isAnswer(loadText(`version: 1\n${name}: ${json}\n`))),
    { numRuns: 200 },
  );
});

const HEAD = 'version: 1\n';
const BOMBS: readonly [name: string, text: string][] = [
  ['brackets', `${HEAD}x: ${'['.repeat(900_000)}`],
  ['dashes', HEAD + '- '.repeat(400_000)],
  ['a long list', `${HEAD}x: [${'x,'.repeat(400_000)}]`],
  ['a list of mistakes', `${HEAD}feeds: {a: {where: {any: [${'1,'.repeat(30_000)}]}}}`],
  ['many keys', Array.from({ length: 70_000 }, (_, index) => `key${index}: v`).join('\n')],
  ['many unclosed variables', `${HEAD}feeds: {a: {title: "${'${A:-'.repeat(150_000)}"}}`],
  ['aliases of aliases', `${HEAD}${doubling((name) => `[*${name}, *${name}]`)}`],
  ['merges of merges', `${HEAD}${doubling((name) => `{<<: [*${name}, *${name}]}`)}`],
  ['names that nobody knows', `${HEAD}feeds: {a: {sources: [${names(3000)}]}}\nsources:\n${sources(1500)}`],
];

for (const [name, text] of BOMBS) {
  test(`answers within two seconds to ${name}`, () => {
    const started = performance.now();
    const lines = linesOf(loadText(text));
    assert.ok(performance.now() - started < 2000, `took ${performance.now() - started} ms`);
    assert.ok(lines.length > 0);
  });
}

test('loads 2,000 sources in under a second', () => {
  const text = `${HEAD}sources:\n${sources(2000)}\nfeeds: {main: {}}`;
  loadText(text);
  const started = performance.now();
  const loaded = loadText(text);
  assert.ok(performance.now() - started < 1000, `took ${performance.now() - started} ms`);
  assert.deepEqual(linesOf(loaded), []);
});

function isAnswer(loaded: ReturnType<typeof loadText>): boolean {
  return 'config' in loaded || loaded.mistakes.every(({ line, column }) => line >= 1 && column >= 1);
}

function doubling(twice: (name: string) => string): string {
  const lines = Array.from(
    { length: 40 },
    (_, index) => `a${index + 1}: &a${index + 1} ${twice(`a${index}`)}`,
  );
  return ['a0: &a0 {x: 1}', ...lines].join('\n');
}

function names(count: number): string {
  return Array.from({ length: count }, (_, index) => `nobody${index}`).join(', ');
}

function sources(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, index) => `  source${index}: {type: feed, url: "https://x${index}.example/"}`,
  );
  return lines.join('\n');
}
