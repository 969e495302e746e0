import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSelector } from '../../src/html/selector.ts';

const GOOD = [
  'p',
  '.share',
  '#a > b',
  'div:has(> form)',
  'a[href^="https://x@y"]',
  'li:nth-child(2n+1)',
  'li:first a',
];
const GOOD_TOO = ['p:not(.a, .b)', '*', 'a, b', ':is(h1, h2) + p', 'p:contains("a/b")', '.a\\@b', 'h2 ~ ul'];

for (const selector of [...GOOD, ...GOOD_TOO]) {
  test(`can be used: ${selector}`, () => {
    assert.equal(checkSelector(selector), null);
  });
}

const BAD: readonly (readonly [selector: string, why: RegExp])[] = [
  ['', /empty/],
  ['a::text', /Pseudo-elements/],
  ['div > > a', /successive/],
  ['a:foo', /:foo/],
  ['li:first a:foo', /:foo/],
  ['p:not(:foo)', /:foo/],
  ['a[href=', /terminate/],
  ['p:not(', /parenthesis/],
  ['a,', /Empty/],
  ['a@href', /"@" means nothing/],
  ['<b>', /"<" means nothing/],
  ['svg|a', /[Nn]amespace/],
];

for (const [selector, why] of BAD) {
  test(`cannot be used, and says why: ${JSON.stringify(selector)}`, () => {
    assert.match(checkSelector(selector) ?? 'no objection', why);
  });
}
