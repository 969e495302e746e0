import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { load } from 'cheerio';
import * as fc from 'fast-check';
import { MAX_DATA_PICTURE } from '../../src/html/address.ts';
import { sanitise } from '../../src/html/sanitise.ts';
import { needsShared, SHARED } from '../feedmill-under-test.ts';
import { tagSoup } from './tag-soup.ts';

const PNG = 'data:image/png;base64,iVBORw0KGgo=';

const TABLE: readonly (readonly [name: string, html: string, expected: string])[] = [
  [
    'keeps what articles need',
    '<h2>T</h2><figure><img src="https://a.example/1.jpg" alt=""><figcaption>c</figcaption></figure><ol start="3"><li>x</li></ol>',
    '<h2>T</h2><figure><img src="https://a.example/1.jpg" alt=""><figcaption>c</figcaption></figure><ol start="3"><li>x</li></ol>',
  ],
  [
    'keeps language and direction, ruby and isolation',
    '<p lang="ar" dir="RTL">x<bdi>y</bdi><ruby>王<rp>(</rp><rt>wáng</rt><rp>)</rp></ruby></p>',
    '<p lang="ar" dir="RTL">x<bdi>y</bdi><ruby>王<rp>(</rp><rt>wáng</rt><rp>)</rp></ruby></p>',
  ],
  ['drops languages and directions that are none', '<p lang="x y" dir="up">z</p>', '<p>z</p>'],
  ['drops scripts with what they say', '<p>a<script>b</script><style>c</style>d</p>', '<p>ad</p>'],
  ['drops ids, names, classes and styles', '<p id="a" class="b" style="c:d" name="e">f</p>', '<p>f</p>'],
  [
    'keeps the text of forms',
    '<form action="/x"><p>a</p><input><button>b</button></form>',
    '<div><p>a</p>b</div>',
  ],
  ['keeps sections apart', '<section>a</section><section>b</section>', '<div>a</div><div>b</div>'],
  [
    'links that leave say so',
    '<a href="https://a.example/" target="_top" rel="ArticleRef">x</a>',
    '<a href="https://a.example/" rel="noopener noreferrer">x</a>',
  ],
  ['keeps mailto', '<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'],
  ['keeps the text of links to nowhere', '<a href="javascript:x">a</a><a href="/b">b</a><a>c</a>', 'abc'],
  [
    'links in links are text',
    '<a href="https://a.example/">x<b><a href="https://b.example/">y</a></b></a>',
    '<a href="https://a.example/" rel="noopener noreferrer">x<b>y</b></a>',
  ],
  [
    'writes addresses as a browser reads them',
    '<a href=" HTTPS:\\\\a.example\\b c&#9;">x</a>',
    '<a href="https://a.example/b%20c" rel="noopener noreferrer">x</a>',
  ],
  [
    'pictures without an address go',
    '<p><img alt="x"><img src="/rel.png"><img src="cid:1">y</p>',
    '<p>y</p>',
  ],
  ['small raster pictures as data stay', `<img src="${PNG}">`, `<img src="${PNG}">`],
  ['other data goes', '<img src="data:image/svg+xml;base64,AA=="><a href="data:text/html,x">y</a>', 'y'],
  ['large data goes', `<img src="${PNG.padEnd(MAX_DATA_PICTURE + 1, 'A')}">`, ''],
  [
    'sizes are numbers',
    '<img src="https://a.example/" width="100%" height="20">',
    '<img src="https://a.example/" height="20">',
  ],
  [
    'a picture keeps its good sources',
    '<picture><source srcset="https://a.example/2 2x, javascript:x 1x"><source srcset="/x"><img src="https://a.example/1"></picture>',
    '<picture><source srcset="https://a.example/2 2x"><img src="https://a.example/1"></picture>',
  ],
  [
    'players wait for a click',
    '<video autoplay src="https://a.example/v.mp4" poster="//x/"><source src="https://a.example/v.webm"></video>',
    '<video src="https://a.example/v.mp4" controls="" preload="none"><source src="https://a.example/v.webm"></video>',
  ],
  ['players without an address are their text', '<audio><p>No sound</p></audio>', '<p>No sound</p>'],
  [
    'embedded pages become links',
    'a<iframe src="https://v.example/1?a=b&amp;c" title="A <film>"></iframe>',
    'a<p><a href="https://v.example/1?a=b&amp;c" rel="noopener noreferrer">A &lt;film&gt;</a></p>',
  ],
  [
    'embedded pages in a line become links in it',
    '<p>a <embed src="https://v.example/"> b</p>',
    '<p>a <a href="https://v.example/" rel="noopener noreferrer">https://v.example/</a> b</p>',
  ],
  [
    'objects become links, and keep their text',
    '<object data="https://v.example/x.swf"><p>fallback</p></object>',
    '<p><a href="https://v.example/x.swf" rel="noopener noreferrer">https://v.example/x.swf</a></p><p>fallback</p>',
  ],
  [
    'embedded pages of no address go',
    '<iframe src="javascript:x"></iframe><iframe srcdoc="<p>x"></iframe>',
    '',
  ],
  [
    'elements named as properties of objects',
    '<constructor>a</constructor><toString>b</toString><embed>',
    'ab',
  ],
  ['controls and halves of characters go', 'a\u0001b&#2;c\ud800d\u0085\r\ne', 'abc\ufffdd\ne'],
  ['a line end that <pre> would eat only later', '<pre>\u0001<video>\n a</video></pre>', '<pre> a</pre>'],
  ['a line end after <pre> goes before browsers eat it', '<pre>\n\n a\nb</pre>', '<pre> a\nb</pre>'],
];

for (const [name, html, expected] of TABLE) {
  test(`sanitising ${name}`, () => {
    assert.equal(sanitise(html), expected);
    assert.equal(sanitise(expected), expected);
  });
}

test('sanitising twice does nothing more, and a browser reads it the same each time, whatever the soup', () => {
  fc.assert(
    fc.property(tagSoup, (soup) => {
      const safe = sanitise(soup);
      assert.equal(sanitise(safe), safe);
      assert.deepEqual(problemsOf(safe), []);
    }),
    { numRuns: 1000 },
  );
});

test('deep nesting costs no more than other HTML', () => {
  const started = process.threadCpuUsage();
  sanitise('<b>'.repeat(100_000) + '</i>'.repeat(100_000));
  sanitise('<svg><a>'.repeat(50_000));
  assert.ok(process.threadCpuUsage(started).user < 3_000_000);
});

test('nothing that executes, submits or hides passes, in any row of the collected attacks', (t) => {
  if (!needsShared(t, 'corpus/hostile/xss.jsonl')) return;
  const rows = readFileSync(join(SHARED, 'corpus/hostile/xss.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; field: string; payload: string })
    .filter(({ field }) => field === 'content' || field === 'document');
  assert.ok(rows.length > 400, `only ${rows.length} rows`);
  const failed = rows.flatMap(({ id, payload }) => {
    const safe = sanitise(payload);
    const problems = [...problemsOf(safe), ...(sanitise(safe) === safe ? [] : ['not stable'])];
    return problems.length === 0 ? [] : [{ id, problems }];
  });
  assert.deepEqual(failed, []);
});

/** What a browser's parser (parse5) finds in it that may not be there. */
function problemsOf(html: string): string[] {
  const read = load(html, {}, false);
  const written = read.html();
  const problems =
    load(written, {}, false).html() === written ? [] : ['reads differently when written again'];
  for (const element of read('*').toArray()) {
    if ('attribs' in element) problems.push(...problemsOfElement(element.name, element.attribs));
  }
  return problems;
}

function problemsOfElement(name: string, attribs: Record<string, string>): string[] {
  const problems = FORBIDDEN_ELEMENTS.has(name) ? [`<${name}>`] : [];
  for (const [attribute, value] of Object.entries(attribs)) {
    if (FORBIDDEN_ATTRIBUTES.test(attribute)) problems.push(`${name} ${attribute}`);
    if (['href', 'src', 'poster'].includes(attribute) && !SAFE_ADDRESS.test(value)) problems.push(value);
  }
  const leaves = name === 'a' && /^https?:/.test(attribs['href'] ?? '');
  if (leaves && attribs['rel'] !== 'noopener noreferrer') problems.push('a link without rel');
  return problems;
}

const FORBIDDEN_ELEMENTS = new Set(
  (
    'script style link meta base iframe frame object embed form input button select textarea svg math template noscript ' +
    'animate set use foreignobject applet portal marquee dialog'
  ).split(' '),
);
const FORBIDDEN_ATTRIBUTES =
  /^on|:|^(?:id|name|class|style|srcdoc|action|formaction|target|is|slot|ping|background|data)$/;
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:|data:image\/(?:png|jpe?g|gif|webp);base64,)/;
