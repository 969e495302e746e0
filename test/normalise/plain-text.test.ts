/** The text of short markup. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText, plainTitle } from '../../src/normalise/plain-text.ts';

test('reads tags, comments and entities as a browser would', () => {
  const cases: Record<string, string> = {
    'a <b>b</b>&amp;c': 'a b&c',
    '1 &lt; 2 &#38;&#x26; 3 > 2': '1 < 2 && 3 > 2',
    'a<!-- b --><br/>c': 'a c',
    '&unknown; &#0; &#x110000;': '&unknown; &#0; &#x110000;',
    '&amp;lt;': '&lt;',
  };
  assert.deepEqual(Object.keys(cases).map(plainText), Object.values(cases));
});

test('sets blocks apart and leaves words whole', () => {
  const cases: Record<string, string> = {
    'H<sub>2</sub>O': 'H2O',
    '<p>one</p><p>two</p>': 'one two',
    'a<script>b()</script>c<style>d': 'a c',
    '<![CDATA[a]]>': 'a',
    'x<y, 1 < 2, <3': 'x<y, 1 < 2, <3',
    'it&#146;s &eacute;t&eacute;&hellip; AT&T &copy 2023': 'it’s été… AT&T &copy 2023',
  };
  assert.deepEqual(Object.keys(cases).map(plainText), Object.values(cases));
});

test('reads a title that was escaped twice, and leaves one that speaks of markup', () => {
  const cases: Record<string, string> = {
    'It&amp;#8217;s &amp;quot;new&amp;quot; &amp;hellip;': 'It’s "new" …',
    'AT&amp;amp;T &amp;amp; others': 'AT&T & others',
    'How &amp;lt;b&amp;gt; works': 'How &lt;b&gt; works',
    'How &amp;#60;b&amp;#x3e; works': 'How &#60;b&#x3e; works',
    'How &lt;b&gt; works': 'How <b> works',
    'The entity &amp;amp;amp;lt;': 'The entity &amp;amp;lt;',
  };
  assert.deepEqual(Object.keys(cases).map(plainTitle), Object.values(cases));
});

test('is done in no time with what never closes', () => {
  const started = performance.now();
  for (const piece of ['<!--', '<script', '<a ', '&amp;', '<![CDATA[']) plainTitle(piece.repeat(200_000));
  assert.ok(performance.now() - started < 5000);
});
