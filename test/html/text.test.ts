import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeAttribute, escapeHtml } from '../../src/html/escape.ts';
import { textOfHtml } from '../../src/html/text.ts';

const TABLE: readonly (readonly [name: string, html: string, expected: string])[] = [
  ['folds white space', ' a \n\t b&nbsp;\u3000c ', 'a b c'],
  ['blocks stand on lines of their own', '<p>a</p><p>b</p>c<div>d</div>', 'a\nb\nc\nd'],
  ['a break is a line end', 'a<br>b<br><br>c', 'a\nb\nc'],
  ['line ends of the file are spaces', '<p>a\nb</p>', 'a b'],
  ['inline elements join', 'a<b>b</b><i>c</i>', 'abc'],
  ['cells are apart', '<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>', 'a b\nc'],
  ['leaves out what is not shown', 'a<script>b</script><style>c</style><template>d</template>e', 'ae'],
  ['decodes entities', '&lt;b&gt; &amp; caf&eacute;', '<b> & café'],
  ['nothing', '', ''],
];

for (const [name, html, expected] of TABLE) {
  test(`the text of a fragment: ${name}`, () => {
    assert.equal(textOfHtml(html), expected);
  });
}

test('escapes what would be markup, and nothing else', () => {
  assert.equal(escapeHtml(`<a> & "b" 'c' é`), `&lt;a&gt; &amp; "b" 'c' é`);
  assert.equal(escapeAttribute(`<a> & "b" 'c' é`), `&lt;a&gt; &amp; &quot;b&quot; 'c' é`);
});
