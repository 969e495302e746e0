import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalUrl } from '../../src/model/canonical-url.ts';

/** [what it teaches, as found, canonical] */
const ROWS: readonly (readonly [string, string, string | null])[] = [
  ['http and https are one address', 'http://example.com/a', 'https://example.com/a'],
  ['a leading www. does not count', 'https://www.example.com/a', 'https://example.com/a'],
  ['www alone is a name', 'https://www.com/a', 'https://www.com/a'],
  ['hosts are compared in lower case', 'https://EXAMPLE.com/A', 'https://example.com/A'],
  [
    'internationalised hosts in ASCII form',
    'https://例子.example/路径',
    'https://xn--fsqu00a.example/%E8%B7%AF%E5%BE%84',
  ],
  ['the empty path is a slash', 'https://example.com', 'https://example.com/'],
  ['a trailing slash is another address', 'https://example.com/a/', 'https://example.com/a/'],
  ['the default port goes', 'https://example.com:443/a', 'https://example.com/a'],
  ['the default port of http goes with it', 'http://example.com:80/a', 'https://example.com/a'],
  ['another port stays', 'https://example.com:8443/a', 'https://example.com:8443/a'],
  ['user and password go', 'https://me:secret@example.com/a', 'https://example.com/a'],
  ['the fragment goes', 'https://example.com/a#part', 'https://example.com/a'],
  ['dot segments are resolved', 'https://example.com/a/../b/./c', 'https://example.com/b/c'],
  ['parentheses stay bare', 'https://example.com/a_(b)_(c)', 'https://example.com/a_(b)_(c)'],
  ['escaped parentheses stay escaped', 'https://example.com/a_%28b%29', 'https://example.com/a_%28b%29'],
  [
    'escapes of unreserved characters are decoded',
    'https://example.com/%7euser/%61%2Db',
    'https://example.com/~user/a-b',
  ],
  ['other escapes are upper-case', 'https://example.com/%e4%b8%ad', 'https://example.com/%E4%B8%AD'],
  ['an escaped slash is no slash', 'https://example.com/a%2fb', 'https://example.com/a%2Fb'],
  ['a bare Han character is its UTF-8 escape', 'https://example.com/中', 'https://example.com/%E4%B8%AD'],
  ['a space is escaped', 'https://example.com/a b', 'https://example.com/a%20b'],
  ['plus stays plus', 'https://example.com/a+b?q=c+d', 'https://example.com/a+b?q=c+d'],
  ['an escaped plus stays escaped', 'https://example.com/?q=c%2bd', 'https://example.com/?q=c%2Bd'],
  ['an apostrophe in the query stays as found', "https://example.com/?q='a'", "https://example.com/?q='a'"],
  ['a stray percent sign is escaped', 'https://example.com/100%', 'https://example.com/100%25'],
  ['bars and carets are escaped', 'https://example.com/?a=b|c^d', 'https://example.com/?a=b%7Cc%5Ed'],
  ['parameters keep their order', 'https://example.com/?b=2&a=1', 'https://example.com/?b=2&a=1'],
  [
    'tracking parameters go, the others stay',
    'https://example.com/?b=2&utm_source=x&a=1&fbclid=y',
    'https://example.com/?b=2&a=1',
  ],
  [
    'a tracking name may be escaped or in capitals',
    'https://example.com/?UTM%5Fmedium=x',
    'https://example.com/',
  ],
  ['an empty query is none', 'https://example.com/a?', 'https://example.com/a'],
  ['tabs and line ends inside are nothing', 'https://example.com/a\n?b=\t1', 'https://example.com/a?b=1'],
  ['mail is no address of an item', 'mailto:me@example.com', null],
  ['a relative address is none', '/a/b', null],
];

for (const [lesson, found, expected] of ROWS) {
  test(`canonical URL: ${lesson}`, () => assert.equal(canonicalUrl(found), expected));
}

test('canonical URL: the canonical form of a canonical form is itself', () => {
  for (const [, found] of ROWS) {
    const once = canonicalUrl(found);
    if (once !== null) assert.equal(canonicalUrl(once), once);
  }
});
