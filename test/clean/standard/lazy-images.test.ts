import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lazyImagesStep } from '../../../src/clean/standard/lazy-images.ts';
import { anItem, FEED } from '../an-item.ts';

const BLANK = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

const TABLE: readonly (readonly [name: string, html: string, expected: string])[] = [
  ['lazysizes', `<img src="${BLANK}" data-src="/a.jpg">`, '<img src="/a.jpg">'],
  ['no placeholder', '<img data-src="https://a.example/a.jpg">', '<img src="https://a.example/a.jpg">'],
  [
    'WP Rocket',
    '<img src="x.svg" data-lazy-src="/a.jpg" data-lazy-srcset="/a.jpg 1x">',
    '<img src="/a.jpg" srcset="/a.jpg 1x">',
  ],
  ['jQuery Lazy Load', '<img src="grey.gif" data-original="a.jpg">', '<img src="a.jpg">'],
  [
    'Zhihu',
    '<img src="x.png" data-actualsrc="https://a.example/b.jpg">',
    '<img src="https://a.example/b.jpg">',
  ],
  ['Cloudflare Mirage', '<img data-cfsrc="/a.jpg">', '<img src="/a.jpg">'],
  [
    'the first that holds an address wins',
    '<img data-src="1" data-original="/b.jpg">',
    '<img data-src="1" src="/b.jpg">',
  ],
  ['two that do', '<img data-src="/a.jpg" data-original="/b.jpg">', '<img src="/a.jpg">'],
  [
    'sources of a picture',
    '<picture><source data-srcset="/a.webp 2x"><img data-src="/a.jpg"></picture>',
    '<picture><source srcset="/a.webp 2x"><img src="/a.jpg"></picture>',
  ],
  [
    'embedded pages',
    '<iframe data-src="https://v.example/"></iframe>',
    '<iframe src="https://v.example/"></iframe>',
  ],
  [
    'a noscript twin goes',
    '<img data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript>',
    '<img src="/a.jpg">',
  ],
  [
    'a twin in another size goes',
    '<img data-src="/a-1.jpg"> <noscript><img src="/a.jpg"></noscript>',
    '<img src="/a-1.jpg"> ',
  ],
  [
    'a twin before its picture goes',
    '<noscript><img src="/a.jpg"></noscript><img data-src="/a.jpg">',
    '<img src="/a.jpg">',
  ],
  [
    'a twin of a picture that does not wait goes',
    '<img src="/a.jpg"><noscript><img src="/a.jpg"></noscript>',
    '<img src="/a.jpg">',
  ],
  [
    'a noscript without a twin is the picture',
    '<p>x</p><noscript><img src="/a.jpg"></noscript>',
    '<p>x</p><img src="/a.jpg">',
  ],
];

for (const [name, html, expected] of TABLE) {
  test(`shows what waits for a script: ${name}`, () => {
    const item = anItem({ contentHtml: html });
    assert.deepEqual(lazyImagesStep.apply(item, FEED), { ...item, contentHtml: expected });
  });
}

const UNTOUCHED = [
  '<img src="/a.jpg">',
  `<img src="/a.jpg" data-src="${BLANK}">`,
  '<p data-src="/x">y</p>',
  '<noscript>Turn it on</noscript>',
];

for (const html of UNTOUCHED) {
  test(`leaves alone: ${html}`, () => {
    const item = anItem({ contentHtml: html });
    assert.equal(lazyImagesStep.apply(item, FEED), item);
  });
}
