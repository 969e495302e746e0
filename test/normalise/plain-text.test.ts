/** The text of short markup. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText } from '../../src/normalise/plain-text.ts';

test('reads tags, comments and entities as a browser would', () => {
  const cases: Record<string, string> = {
    'a <b>b</b>&amp;c': 'a b &c',
    '1 &lt; 2 &#38;&#x26; 3 > 2': '1 < 2 && 3 > 2',
    'a<!-- b --><br/>c': 'a c',
    '&unknown; &#0; &#x110000;': '&unknown; &#0; &#x110000;',
    '&amp;lt;': '&lt;',
  };
  assert.deepEqual(Object.keys(cases).map(plainText), Object.values(cases));
});
