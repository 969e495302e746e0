import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresStep } from '../../../src/clean/standard/figures.ts';
import { textOfHtml } from '../../../src/html/text.ts';
import { anItem, ARCHIVE } from '../an-item.ts';

const IMG = '<img src="https://a.example/1.jpg">';
const FIGURE = `<figure>${IMG}<figcaption>鎮公所</figcaption></figure>`;

const TABLE: readonly (readonly [name: string, html: string, expected: string])[] = [
  [
    'as the archive has it',
    `${IMG}<div><small style="color: #999;">鎮公所</small></div><p>x</p>`,
    `${FIGURE}<p>x</p>`,
  ],
  [
    'in the middle of the text',
    `<p>a</p>${IMG}<div><small>鎮公所</small></div><p>b</p>`,
    `<p>a</p>${FIGURE}<p>b</p>`,
  ],
  ['with white space between', `${IMG}\n <div> <small>鎮公所</small>\n</div>`, FIGURE],
  ['in a box', `<div><p>a</p>${IMG}<div><small>鎮公所</small></div></div>`, `<div><p>a</p>${FIGURE}</div>`],
  [
    'a picture that is a link',
    `<a href="https://a.example/">${IMG}</a><div><small>鎮<b>公</b>所</small></div>`,
    `<figure><a href="https://a.example/">${IMG}</a><figcaption>鎮<b>公</b>所</figcaption></figure>`,
  ],
  ['one after another', `${IMG}<div><small>鎮公所</small></div>`.repeat(2), FIGURE.repeat(2)],
  [
    'a gallery',
    `<h3>相关图集：集会</h3><div>${IMG}<b>一</b>：文<br>二</div><div>${IMG}<b>三</b>：四</div>`,
    `<h3>相关图集：集会</h3><figure>${IMG}<figcaption><b>一</b>：文<br>二</figcaption></figure><figure>${IMG}<figcaption><b>三</b>：四</figcaption></figure>`,
  ],
];

for (const [name, html, expected] of TABLE) {
  test(`pictures with captions become figures: ${name}`, () => {
    const item = anItem({ contentHtml: html });
    assert.deepEqual(figuresStep.apply(item, ARCHIVE), { ...item, contentHtml: expected });
    assert.equal(textOfHtml(expected), textOfHtml(html));
    const again = anItem({ contentHtml: expected });
    assert.equal(figuresStep.apply(again, ARCHIVE), again);
  });
}

const UNTOUCHED: readonly (readonly [name: string, html: string])[] = [
  ['a picture alone', `<p>${IMG}</p>${IMG}`],
  ['small print without a picture', '<p>x</p><div><small>y</small></div>'],
  ['small print and more', `${IMG}<div><small>x</small>y</div>`],
  ['text between', `${IMG}x<div><small>y</small></div>`],
  ['an empty caption', `${IMG}<div><small> </small></div>`],
  ['a box with paragraphs', `<div>${IMG}<b>x</b><p>y</p></div>`],
  ['a box with two pictures', `<div>${IMG}<b>x</b>${IMG}</div>`],
  ['a box that begins with text', `<div>x${IMG}<b>y</b></div>`],
  ['a picture in a paragraph', `<p>${IMG}</p><div><small>x</small></div>`],
  ['a figure', FIGURE],
];

for (const [name, html] of UNTOUCHED) {
  test(`leaves alone: ${name}`, () => {
    const item = anItem({ contentHtml: html });
    assert.equal(figuresStep.apply(item, ARCHIVE), item);
  });
}
