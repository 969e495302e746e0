import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trackingParamsStep } from '../../../src/clean/standard/tracking-params.ts';
import { trackingPixelsStep } from '../../../src/clean/standard/tracking-pixels.ts';
import { parseHttpUrl } from '../../../src/model/url.ts';
import { anItem, FEED } from '../an-item.ts';

const LINKS: readonly (readonly [name: string, href: string, expected: string])[] = [
  ['alone', 'https://a.example/?utm_source=rss', 'https://a.example/'],
  [
    'among others, which keep order and spelling',
    'https://a.example/?b=%7e&utm_medium=x&a=+1&fbclid=2#c',
    'https://a.example/?b=%7e&a=+1#c',
  ],
  ['in another case, escaped', 'https://a.example/?UTM%5Fsource=x&a', 'https://a.example/?a'],
];

const link = (address: string): string => `<a href="${address.replaceAll('&', '&amp;')}">x</a>`;

for (const [name, href, expected] of LINKS) {
  test(`tracking parameters leave links: ${name}`, () => {
    const url = parseHttpUrl('https://a.example/1?utm_source=rss');
    const item = anItem({ url, contentHtml: link(href) });
    assert.deepEqual(trackingParamsStep.apply(item, FEED), { ...item, contentHtml: link(expected) });
  });
}

test('the item keeps the link that its publisher gave it, and links without tracking stay as they are', () => {
  const url = parseHttpUrl('https://a.example/1?utm_source=rss');
  const item = anItem({
    url,
    contentHtml: '<a href=https://a.example/?a=1&&b>x</a><img src="https://a.example/?utm_source=x">',
  });
  assert.equal(trackingParamsStep.apply(item, FEED), item);
});

const PIXELS = [
  '<img src="https://a.example/p.gif" width="1" height="1">',
  '<img src="https://a.example/p.gif" width=0 height=0>',
  '<img src="https://a.example/p.gif" height="1px" width="1px"/>',
  '<img src="https://a.example/p.gif" height="1">',
  '<img src="https://a.example/p.gif" style="width: 1px; height:1px">',
  '<img src="https://pixel.wp.com/b.gif?host=x">',
  '<img src="https://stats.wordpress.com/b.gif">',
  '<img src="http://feeds.feedburner.com/~r/x/~4/y">',
  '<img src="https://blogger.googleusercontent.com/tracker/1-2?l=x">',
  '<img src="https://medium.com/_/stat?event=post.clientViewed">',
  '<img src="https://www.google-analytics.com/collect?v=1">',
  '<img src="https://www.facebook.com/tr?id=1&amp;ev=PageView&amp;noscript=1">',
  '<img src="https://ssl-vg03.met.vgwort.de/na/0123">',
  '<img src="https://counter.theconversation.com/content/1/count.gif">',
  '<img src="https://hm.baidu.com/hm.gif?si=1">',
  '<img src="https://stats.example.org/matomo.php?idsite=1&amp;rec=1">',
];

for (const pixel of PIXELS) {
  test(`a counter goes: ${pixel}`, () => {
    const item = anItem({ contentHtml: `<p>x${pixel}y</p>` });
    assert.deepEqual(trackingPixelsStep.apply(item, FEED), { ...item, contentHtml: '<p>xy</p>' });
  });
}

const PICTURES = [
  '<img src="https://a.example/p.jpg">',
  '<img src="https://a.example/p.jpg" width="100%" height="10">',
  '<img src="https://a.example/p.jpg" width="1" height="300">',
  '<img src="https://a.example/p.jpg" style="max-width:1px">',
  '<img src="https://www.facebook.com/travel.jpg">'.replace('/tr', '/images/tr'),
  '<img src="https://notmedium.com/_/stat">',
  '<img src="https://feeds.feedburner.com/logo.png">',
];

for (const picture of PICTURES) {
  test(`a picture stays: ${picture}`, () => {
    const item = anItem({ contentHtml: `<p>x${picture}y</p>` });
    assert.equal(trackingPixelsStep.apply(item, FEED), item);
  });
}
