import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleStep } from '../../../src/clean/rules/rule-step.ts';
import { FeedmillError } from '../../../src/model/error.ts';
import type { Item } from '../../../src/model/item.ts';
import type { Rule } from '../../../src/model/rule.ts';
import { parseHttpUrl, type HttpUrl } from '../../../src/model/url.ts';
import { anItem, FEED } from '../an-item.ts';

const WESERV: Rule = { step: 'unproxy_images', hosts: ['images.weserv.nl'] };
const DW: Rule = {
  step: 'rewrite_links',
  from: '^https://api\\.dw\\.com/api/detail/article/(\\d+)$',
  to: 'https://www.dw.com/zh/a-$1',
};
const MACA: Rule = { step: 'strip_params', params: ['maca', 'utm source'] };

const CONTENT: readonly (readonly [name: string, rule: Rule, before: string, after: string])[] = [
  [
    'restores the address behind a picture proxy',
    WESERV,
    '<img src="https://images.weserv.nl/?url=static.dw.com/image/1_303.jpg" width="100%">',
    '<img src="https://static.dw.com/image/1_303.jpg" width="100%">',
  ],
  [
    'leaves the proxy its parameters',
    WESERV,
    '<img src="//images.weserv.nl/?w=800&amp;url=a.example/b.jpg&amp;h=1">',
    '<img src="https://a.example/b.jpg">',
  ],
  [
    'decodes the address once',
    WESERV,
    '<img src="http://IMAGES.weserv.nl/?url=https%3A%2F%2Fa.example%2Fb%2520c%2Bd+e.jpg%3Fx%3D1%26y%3D2">',
    '<img src="https://a.example/b%20c+d+e.jpg?x=1&amp;y=2">',
  ],
  [
    'knows the old ssl: prefix, http and a bare //',
    WESERV,
    '<img src="https://images.weserv.nl/?url=ssl:a.example/1.jpg"><img src="https://images.weserv.nl/?url=http://a.example/2.jpg"><img src="https://images.weserv.nl/?url=//a.example/3.jpg">',
    '<img src="https://a.example/1.jpg"><img src="https://a.example/2.jpg"><img src="https://a.example/3.jpg">',
  ],
  [
    'looks behind a proxy behind a proxy',
    WESERV,
    '<img src="https://images.weserv.nl/?url=images.weserv.nl%2F%3Furl%3Da.example%2Fb.jpg">',
    '<img src="https://a.example/b.jpg">',
  ],
  [
    'restores addresses wherever a picture has them',
    WESERV,
    '<picture><source srcset="https://images.weserv.nl/?url=a.example/1.jpg 1x, https://b.example/2.jpg 2x"><img data-src="https://images.weserv.nl/?url=a.example/1.jpg"></picture><video poster="https://images.weserv.nl/?url=a.example/p.jpg"></video><a href="https://images.weserv.nl/?url=a.example/1.jpg">large</a>',
    '<picture><source srcset="https://a.example/1.jpg 1x, https://b.example/2.jpg 2x"><img data-src="https://a.example/1.jpg"></picture><video poster="https://a.example/p.jpg"></video><a href="https://a.example/1.jpg">large</a>',
  ],
  [
    'keeps a proxy address that names no picture, and other hosts',
    WESERV,
    '<a href="https://images.weserv.nl/docs/">docs</a><img src="https://images.weserv.nl/?w=1"><img src="https://images.weserv.nl/?url=%00"><img src="https://proxy.example/?url=images.weserv.nl/a.jpg">',
    '<a href="https://images.weserv.nl/docs/">docs</a><img src="https://images.weserv.nl/?w=1"><img src="https://images.weserv.nl/?url=%00"><img src="https://proxy.example/?url=images.weserv.nl/a.jpg">',
  ],
  [
    'rewrites links that match, and no others',
    DW,
    '<a rel="ArticleRef" href="https://api.dw.com/api/detail/article/57141461">a</a> <a href="https://api.dw.com/api/detail/live/1">b</a> https://api.dw.com/api/detail/article/1',
    '<a rel="ArticleRef" href="https://www.dw.com/zh/a-57141461">a</a> <a href="https://api.dw.com/api/detail/live/1">b</a> https://api.dw.com/api/detail/article/1',
  ],
  [
    'takes parameters off links by name, and keeps the others as they are',
    MACA,
    '<a href="https://a.example/?maca=zh-1">a</a><a href="https://a.example/?b=%e4&amp;maca=1&amp;c&amp;maca#maca=1">b</a><a href="https://a.example/?utm%20source=1&amp;x=maca">c</a><img src="https://a.example/?maca=1">',
    '<a href="https://a.example/">a</a><a href="https://a.example/?b=%e4&amp;c#maca=1">b</a><a href="https://a.example/?x=maca">c</a><img src="https://a.example/?maca=1">',
  ],
  [
    'removes what selectors find',
    { step: 'remove', selectors: ['.share', 'div:has(> form)'] },
    '<p>a</p><div class="x share"><p>b</p></div><div><p>c<span class="share">d</span></p></div><div><form></form></div>',
    '<p>a</p><div><p>c</p></div>',
  ],
  [
    'replaces in text nodes, never in markup',
    { step: 'replace', in: 'content', pattern: 'a(\\d)', with: '<b>$1</b>' },
    '<p class="a1">a1 <a href="https://example.org/a1">a2</a></p>',
    '<p class="a1">&lt;b&gt;1&lt;/b&gt; <a href="https://example.org/a1">&lt;b&gt;2&lt;/b&gt;</a></p>',
  ],
];

for (const [name, rule, before, after] of CONTENT) {
  test(`${rule.step} ${name}`, () => {
    assert.equal(apply(rule, anItem({ contentHtml: before })).contentHtml, after);
  });
}

test('unproxy_images restores image and enclosures', () => {
  const enclosure = { mediaType: 'image/jpeg', bytes: null, seconds: null, title: null };
  const kept = { ...enclosure, url: url('https://b.example/b.jpg') };
  const item = anItem({
    image: url('https://images.weserv.nl/?url=a.example/a.jpg'),
    enclosures: [{ ...enclosure, url: url('https://images.weserv.nl/?url=a.example/a.jpg') }, kept],
  });
  const original = url('https://a.example/a.jpg');
  assert.deepEqual(apply(WESERV, item), {
    ...item,
    image: original,
    enclosures: [{ ...enclosure, url: original }, kept],
  });
});

test('rewrite_links and strip_params change the address of the item', () => {
  const item = anItem({ url: url('https://api.dw.com/api/detail/article/57141461') });
  assert.equal(apply(DW, item).url, 'https://www.dw.com/zh/a-57141461');
  const tracked = anItem({ url: url('https://www.dw.com/zh/a-1?maca=zh-1&x=1') });
  assert.equal(apply(MACA, tracked).url, 'https://www.dw.com/zh/a-1?x=1');
});

test('rewrite_links leaves the item an address that people can open', () => {
  const rule: Rule = { step: 'rewrite_links', from: '^https', to: 'javascript' };
  const item = anItem({ url: url('https://a.example/1') });
  assert.equal(apply(rule, item), item);
});

test('replace changes title and summary', () => {
  const item = anItem({ title: '快讯：图书馆开放', summary: '快讯：今日' });
  const rule = { step: 'replace', pattern: '^快讯[：:]', with: '' } as const;
  assert.deepEqual(apply({ ...rule, in: 'title' }, item), { ...item, title: '图书馆开放' });
  assert.deepEqual(apply({ ...rule, in: 'summary' }, item), { ...item, summary: '今日' });
});

test('a step that finds nothing to do gives back the same object', () => {
  const item = anItem({
    title: 'Library opens',
    url: url('https://a.example/?x=1'),
    image: url('https://a.example/a.jpg'),
    contentHtml:
      '<P>The library <a href=https://a.example/?b=1>opens</a>. <img src="https://a.example/a.jpg">',
  });
  const rules: Rule[] = [
    WESERV,
    DW,
    MACA,
    { step: 'strip_footer', footer: 'feedx' },
    { step: 'remove', selectors: ['.share'] },
    { step: 'replace', in: 'title', pattern: 'closes', with: '' },
    { step: 'replace', in: 'summary', pattern: 'closes', with: '' },
    { step: 'replace', in: 'content', pattern: 'closes', with: '' },
    { step: 'replace', in: 'content', pattern: 'library', with: 'library' },
  ];
  for (const rule of rules) assert.equal(apply(rule, item), item, rule.step);
});

test('a pattern or a selector that cannot be used is refused before any item comes', () => {
  const bad: Rule[] = [
    { step: 'remove', selectors: ['p', 'div:has(>'] },
    { step: 'replace', in: 'title', pattern: '(', with: '' },
    { step: 'rewrite_links', from: '(?=a)', to: '' },
  ];
  for (const rule of bad) {
    assert.throws(
      () => ruleStep(rule),
      (error) => error instanceof FeedmillError && error.code === 'config-invalid',
    );
  }
});

test('rules without effect make no step', () => {
  assert.equal(ruleStep({ step: 'boilerplate', mode: 'learn' }), null);
});

function apply(rule: Rule, item: Item): Item {
  const after = ruleStep(rule)?.apply(item, FEED);
  assert.ok(after !== undefined && !('drop' in after));
  return after;
}

function url(text: string): HttpUrl {
  const parsed = parseHttpUrl(text);
  assert.ok(parsed !== null);
  return parsed;
}
