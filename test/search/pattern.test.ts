import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FeedmillError } from '../../src/model/error.ts';
import { checkPattern, compilePattern } from '../../src/search/pattern.ts';

const REPLACED: readonly [pattern: string, replacement: string, text: string, result: string][] = [
  ['^https://api\\.x/(\\d+)$', 'https://www.x/a-$1', 'https://api.x/42', 'https://www.x/a-42'],
  ['a', 'b', 'banana', 'bbnbnb'],
  ['(a)(b)', '$2$1', 'abab', 'baba'],
  ['(\\d+) EUR', '$$$1', '5 EUR', '$5'],
  ['^快讯[：:]', '', '快讯：新闻', '新闻'],
  ['(?i)breaking', '$&!', 'BREAKING', 'BREAKING!'],
  ['x*', '-', 'ab', '-a-b-'],
  ['.', '_', '😀中', '__'],
];

for (const [pattern, replacement, text, result] of REPLACED) {
  test(`replaces ${pattern} by ${replacement}`, () => {
    assert.equal(compilePattern(pattern).replaceAll(text, replacement), result);
  });
}

test('finds a pattern anywhere, again and again', () => {
  const pattern = compilePattern('b+');
  assert.deepEqual([pattern.test('abbc'), pattern.test('abbc'), pattern.test('ac')], [true, true, false]);
});

test('takes time by the text, whatever the pattern', () => {
  const text = `${'a'.repeat(100_000)}!`;
  const started = performance.now();
  assert.equal(compilePattern('(a+)+$').test(text), false);
  assert.equal(compilePattern('(.*)*x').test(text), false);
  assert.ok(performance.now() - started < 1000);
});

const REFUSED: readonly [pattern: string, complaint: string][] = [
  ['(abc', 'the pattern "(abc" cannot be used: missing closing )'],
  ['[z-a]', 'the pattern "[z-a]" cannot be used: invalid character class range'],
  [
    'a(?=b)',
    'the pattern "a(?=b)" cannot be used: invalid or unsupported Perl syntax (patterns run on a linear-time engine: no look-ahead, look-behind or back reference)',
  ],
  ['', 'the pattern is empty: it would be found everywhere'],
  ['a'.repeat(2001), 'the pattern is longer than 2000 characters'],
];

for (const [pattern, complaint] of REFUSED) {
  test(`refuses the pattern "${pattern.slice(0, 20)}"`, () => {
    assert.equal(checkPattern(pattern), complaint);
    assert.throws(() => compilePattern(pattern), new FeedmillError('config-invalid', complaint));
  });
}

test('refuses a replacement with a group that the pattern lacks', () => {
  assert.equal(checkPattern('(a)', '$1 $$2 $&'), null);
  assert.match(
    checkPattern('(a)', '$2') ?? '',
    /^the replacement names group \$2, but the pattern has 1 of them/,
  );
});
