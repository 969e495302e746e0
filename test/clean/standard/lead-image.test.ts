import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leadImageStep } from '../../../src/clean/standard/lead-image.ts';
import { parseHttpUrl } from '../../../src/model/url.ts';
import { anItem, FEED } from '../an-item.ts';

const URL = parseHttpUrl('https://a.example/1.jpg');
const IMG = `<img src="${URL}">`;

const ABOVE: readonly (readonly [name: string, html: string])[] = [
  ['at the very top', `${IMG}<p>text</p><img src="https://a.example/2.jpg">`],
  ['in a figure', `<figure>${IMG}<figcaption>c</figcaption></figure><p>text</p>`],
  ['under its caption', `<figure><figcaption>c</figcaption>${IMG}</figure><p>text</p>`],
  ['in a link, in a paragraph', `<p> <a href="https://a.example/">${IMG}</a></p><p>text</p>`],
  ['under the title', `<h1>Title</h1>${IMG}<p>text</p>`],
  ['after one as data', `<img src="data:image/png;base64,AA==">${IMG}`],
];

for (const [name, html] of ABOVE) {
  test(`the picture above the text is the item's image: ${name}`, () => {
    const item = anItem({ contentHtml: html });
    assert.deepEqual(leadImageStep.apply(item, FEED), { ...item, image: URL });
  });
}

const NONE: readonly (readonly [name: string, html: string])[] = [
  ['below the text', `<p>text</p>${IMG}`],
  ['in the line of text', `<p>text ${IMG}</p>`],
  ['no picture', '<p>text</p>'],
  ['a picture without an address', '<img alt="x"><p>text</p>'],
  ['nothing', ''],
];

for (const [name, html] of NONE) {
  test(`an item without a picture above its text has no image: ${name}`, () => {
    const item = anItem({ contentHtml: html });
    assert.equal(leadImageStep.apply(item, FEED), item);
  });
}

test('the image that the publisher names stays', () => {
  const item = anItem({ contentHtml: IMG, image: parseHttpUrl('https://a.example/named.jpg') });
  assert.equal(leadImageStep.apply(item, FEED), item);
});
