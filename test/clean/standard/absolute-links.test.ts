import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absoluteLinksStep } from '../../../src/clean/standard/absolute-links.ts';
import { parseHttpUrl } from '../../../src/model/url.ts';
import { anItem, ARCHIVE, FEED } from '../an-item.ts';

const ITEM_URL = parseHttpUrl('https://news.example/2024/council.html');

const TABLE: readonly (readonly [name: string, html: string, expected: string])[] = [
  ['a path', '<a href="/about">x</a>', '<a href="https://news.example/about">x</a>'],
  ['a neighbour', '<img src="pic.jpg">', '<img src="https://news.example/2024/pic.jpg">'],
  ['up', '<a href="../2023/x?y#z">x</a>', '<a href="https://news.example/2023/x?y#z">x</a>'],
  ['a query', '<a href="?p=2">x</a>', '<a href="https://news.example/2024/council.html?p=2">x</a>'],
  ['a fragment', '<a href="#n1">x</a>', '<a href="https://news.example/2024/council.html#n1">x</a>'],
  [
    'another host without a scheme',
    '<img src="//cdn.example/a.jpg">',
    '<img src="https://cdn.example/a.jpg">',
  ],
  [
    'every picture of a srcset',
    '<img srcset="/a.jpg 1x, //cdn.example/b.jpg 2x">',
    '<img srcset="https://news.example/a.jpg 1x, https://cdn.example/b.jpg 2x">',
  ],
  ['posters', '<video poster="p.jpg"></video>', '<video poster="https://news.example/2024/p.jpg"></video>'],
  ['embedded pages', '<iframe src="/v"></iframe>', '<iframe src="https://news.example/v"></iframe>'],
  ['objects', '<object data="/v"></object>', '<object data="https://news.example/v"></object>'],
  ['empty addresses go', '<p><img src=""><a href=" ">x</a></p>', '<p><img><a>x</a></p>'],
  ['addresses that are none go', '<a href="//">x</a>', '<a>x</a>'],
];

for (const [name, html, expected] of TABLE) {
  test(`resolves against the item's own address: ${name}`, () => {
    const item = anItem({ url: ITEM_URL, contentHtml: html });
    assert.deepEqual(absoluteLinksStep.apply(item, FEED), { ...item, contentHtml: expected });
  });
}

test('resolves against the source where the item has no address', () => {
  const item = anItem({ contentHtml: '<a href="x">x</a>' });
  assert.deepEqual(absoluteLinksStep.apply(item, FEED), {
    ...item,
    contentHtml: '<a href="https://news.example/x">x</a>',
  });
});

test('takes away what cannot be resolved', () => {
  const item = anItem({ contentHtml: '<a href="x">x</a><a href="//a.example/">y</a>' });
  assert.deepEqual(absoluteLinksStep.apply(item, ARCHIVE), {
    ...item,
    contentHtml: '<a>x</a><a href="https://a.example/">y</a>',
  });
});

test('leaves alone what has a scheme, however it is spelt', () => {
  const html =
    '<a href=HTTP://A.example/%7e>x</a><a href="mailto:a@b.example">y</a><img srcset="https://a.example/1,https://a.example/2 2x">';
  const item = anItem({ contentHtml: html });
  assert.equal(absoluteLinksStep.apply(item, FEED), item);
});
