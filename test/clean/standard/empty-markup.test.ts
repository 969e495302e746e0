import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { emptyMarkupStep } from '../../../src/clean/standard/empty-markup.ts';
import { figuresStep } from '../../../src/clean/standard/figures.ts';
import { textOfHtml } from '../../../src/html/text.ts';
import { tagSoup } from '../../html/tag-soup.ts';
import { anItem, FEED } from '../an-item.ts';

const TABLE: readonly (readonly [name: string, html: string, expected: string])[] = [
  ['empty paragraphs', '<p>a</p><p></p><p>&nbsp;</p><p><br></p><p>b</p>', '<p>a</p><p>b</p>'],
  ['empty elements in empty elements', '<p>a</p><div><p><b></b><span> </span></p></div>', '<p>a</p>'],
  ['words stay apart', '<p>a<b> </b>b<i><br></i>c</p>', '<p>a b<br>c</p>'],
  ['lines stay apart', 'a<p></p><div> </div>b<p>c</p>', 'a<br>b<p>c</p>'],
  ['breaks at the borders', '<br> <br><p><br>a<br></p><br><br>b<br><hr><br>c<br>', '<p>a</p>b<hr>c'],
  ['breaks by the dozen', '<p>a<br><br><br> <br>b<br><br>c</p>', '<p>a<br><br> b<br><br>c</p>'],
  ['links around nothing', '<p>a<a href="https://a.example/"> </a>b</p>', '<p>a b</p>'],
  ['a box around everything', ' <div><section><p>a</p><p>b</p></section></div>\n', '<p>a</p><p>b</p>'],
  ['breaks that a box had hidden', '<div><br><div>a</div><br></div>', 'a'],
  ['everything', '<p> </p><br>', ''],
];

for (const [name, html, expected] of TABLE) {
  test(`markup that shows nothing goes: ${name}`, () => {
    const item = anItem({ contentHtml: html });
    const after = emptyMarkupStep.apply(item, FEED);
    assert.ok(!('drop' in after));
    assert.equal(after.contentHtml.trim(), expected);
    assert.equal(textOfHtml(expected), textOfHtml(html));
  });
}

const UNTOUCHED: readonly (readonly [name: string, html: string])[] = [
  ['pictures', '<p><img src="https://a.example/1.jpg"></p><p>a</p>'],
  ['rules and players', '<hr><p><video src="https://a.example/"></video></p>'],
  ['cells and list items', '<table><tr><td></td><td>a</td></tr></table><ul><li></li><li>b</li></ul>'],
  ['one empty line', '<p>a<br><br>b</p>c'],
  ['preformatted text', '<pre>\na<br><br><br>b<br></pre>c'],
  ['a box that names the language', '<div lang="zh"><p>a</p></div>'],
  ['white space between blocks', '<p>a</p>\n\n<p>b</p>'],
];

for (const [name, html] of UNTOUCHED) {
  test(`leaves alone: ${name}`, () => {
    const item = anItem({ contentHtml: html });
    assert.equal(emptyMarkupStep.apply(item, FEED), item);
  });
}

for (const step of [figuresStep, emptyMarkupStep]) {
  test(`${step.name} loses no text, and does nothing the second time, whatever the soup`, () => {
    fc.assert(
      fc.property(tagSoup, (soup) => {
        const after = step.apply(anItem({ contentHtml: soup }), FEED);
        assert.ok(!('drop' in after));
        assert.equal(letters(after.contentHtml), letters(soup));
        assert.equal(step.apply(after, FEED), after);
      }),
      { numRuns: 1000 },
    );
  });
}

function letters(html: string): string {
  return textOfHtml(html).replaceAll(/[\s\p{Cc}]/gu, '');
}
