import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ruleStep } from '../../../src/clean/rules/rule-step.ts';
import type { Item } from '../../../src/model/item.ts';
import { anItem, ARCHIVE } from '../an-item.ts';

const TEXT = '<p>镇公所周二开会。</p><p>The council met.</p>';
const NET = '<a href="https://feedx.net" style="color:orange" target="_blank">https://feedx.net</a>';
const BEST = '<a href="https://feedx.best" style="color:orange" target="_blank">https://feedx.best</a>';
const FOOTER = `<br><hr><div>获取更多RSS：<br>${NET} <br>${BEST}<br></div>`;

const FOOTERS: readonly (readonly [name: string, footer: string])[] = [
  ['as the program writes it', FOOTER],
  ['one link', `<br><hr><div>获取更多RSS：<br>${NET}<br></div>`],
  [
    'three links',
    `<br><hr><div>获取更多RSS：<br>${NET} <br>${BEST} <br>${NET.replaceAll('.net', '.fun')}<br></div>`,
  ],
  ['further domains', FOOTER.replaceAll('feedx.net', 'feedx.site').replaceAll('feedx.best', 'feedx.co')],
  ['www and a slash', FOOTER.replaceAll('//feedx.net', '//www.feedx.net/')],
  ['http', FOOTER.replaceAll('https:', 'http:')],
  ['links without a scheme', FOOTER.replaceAll('https:', '')],
  ['links that say only the domain', FOOTER.replaceAll('>https://', '>')],
  ['traditional characters', FOOTER.replace('获取', '獲取')],
  ['the wording of Taiwan', FOOTER.replace('获取', '取得')],
  ['an ASCII colon', FOOTER.replace('：', ':')],
  ['no colon', FOOTER.replace('：', '')],
  ['spaces', FOOTER.replace('RSS：', ' RSS ： ')],
  ['no-break spaces', FOOTER.replaceAll('<br>', '&nbsp;<br>&nbsp;').replace('更多RSS', '更多&nbsp;RSS')],
  ['full-width letters', FOOTER.replace('RSS', 'ＲＳＳ')],
  ['small letters', FOOTER.replace('RSS', 'rss')],
  [
    'entities',
    FOOTER.replace('获取更多', '&#33719;&#21462;&#x66f4;&#22810;').replaceAll('https://', 'https&#58;//'),
  ],
  ['words in several elements', FOOTER.replace('获取更多RSS：', '<b>获取更多</b><font>RSS</font>：')],
  ['upper-case tags', FOOTER.replaceAll(/<\/?[a-z]+/g, (tag) => tag.toUpperCase())],
  ['XHTML', FOOTER.replaceAll(/<(br|hr)>/g, '<$1 />')],
  [
    'single quotes and another order',
    FOOTER.replaceAll(/href="([^"]*)" style="[^"]*"/g, "rel='x' href='$1'"),
  ],
  ['no attributes but href', FOOTER.replaceAll(/ style="[^"]*"| target="[^"]*"/g, '')],
  ['attributes on every element', FOOTER.replaceAll(/<(br|hr|div)/g, '<$1 class="rss" data-x=1')],
  ['no hr', FOOTER.replace('<hr>', '')],
  ['no br', FOOTER.replaceAll('<br>', '')],
  ['two line breaks before', `<br>\n<br>${FOOTER}`],
  ['an unclosed div', FOOTER.replace('</div>', '')],
  ['no div', FOOTER.replaceAll(/<\/?div>/g, '')],
  ['a p for the words and one for the links', `<hr><p>获取更多RSS：</p><p>${NET}<br>${BEST}</p>`],
  ['the hr within', FOOTER.replace('<hr><div>', '<div><hr>')],
  ['a comment and white space behind', `${FOOTER}\r\n\t<!-- x -->\n`],
  ['empty paragraphs behind', `${FOOTER}<p>&nbsp;</p><p></p>`],
  ['plain text', '<p>获取更多RSS：<br>https://feedx.net<br>https://feedx.best</p>'],
  ['plain text with its lines joined', '<p>获取更多RSS：https://feedx.net https://feedx.best</p>'],
];

const NO_FOOTERS: readonly (readonly [name: string, html: string])[] = [
  ['no footer at all', TEXT],
  ['a bare rule', `${TEXT}<br><hr>`],
  ['a mention', `<p>这篇文章介绍 feedx.net 与 ${NET} 服务。</p>`],
  ['the words in a sentence at the end', `<p>想要获取更多RSS：${NET}</p>`],
  ['the words inside a last sentence', `<p>更新：请<b>获取更多RSS</b>：${NET}</p>`],
  ['the words without links', `${TEXT}<div>获取更多RSS：<br></div><!-- feedx -->`],
  ['links without the words', `${TEXT}<p>${NET}<br>${BEST}</p>`],
  ['a link to elsewhere among them', FOOTER.replaceAll('https://feedx.best', 'https://news.example')],
  ['a domain that only begins the same', FOOTER.replaceAll('feedx.net', 'feedx.network')],
  ['a domain that only ends the same', FOOTER.replaceAll('feedx.net', 'notfeedx.net')],
  ['a text behind', `${FOOTER}<p>以上是页脚示例。</p>`],
  ['a picture behind', `${FOOTER}<img src="https://news.example/a.jpg">`],
  ['a picture in it', FOOTER.replace('RSS：<br>', 'RSS：<br><img src="https://news.example/a.jpg">')],
  ['a quotation at the end', `<p>页脚示例：</p><blockquote>${FOOTER}</blockquote>`],
  ['an example at the end', `<p>页脚示例：</p><pre>获取更多RSS：\nhttps://feedx.net</pre>`],
];

test('the footer goes in every spelling, and the text before it stays', async (t) => {
  for (const [name, footer] of FOOTERS) {
    await t.test(name, () => {
      assert.equal(strip(TEXT + footer), TEXT);
      assert.equal(strip(`<div>${TEXT}${footer}`), `<div>${TEXT}</div>`);
    });
  }
});

test('an item without the footer at its end stays the same object', async (t) => {
  for (const [name, html] of NO_FOOTERS) {
    await t.test(name, () => {
      const item = anItem({ contentHtml: html });
      assert.equal(apply(item), item);
    });
  }
});

test('an item that is nothing but the footer is left empty', () => {
  assert.equal(strip(FOOTER), '');
});

test('the footer goes from the end of a paragraph of lines', () => {
  assert.equal(strip(`<p>会议结束。<br>获取更多RSS：<br>${NET}</p>`), '<p>会议结束。</p>');
});

test('stripping twice does no more than stripping once', () => {
  const pieces = fc.constantFrom(
    '<br>',
    '<hr>',
    '<div>',
    '</div>',
    TEXT,
    NET,
    BEST,
    '获取更多RSS：',
    ' ',
    FOOTER,
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const once = apply(anItem({ contentHtml: parts.join('') }));
      assert.equal(apply(once), once);
    }),
  );
});

interface Row {
  readonly id: string;
  readonly file: string;
  readonly expect: {
    readonly footer_removed?: boolean;
    readonly format?: string;
    readonly body_must_contain?: readonly string[];
    readonly body_must_not_contain?: readonly string[];
  };
}

test('every footer of the shared collection is judged as expected', async (t) => {
  const folder = join(import.meta.dirname, '../../../../shared/corpus/hostile');
  if (!existsSync(folder)) {
    t.skip('../shared is not here: the footers of corpus/hostile/seeds-bad.jsonl were not tried');
    return;
  }
  const lines = readFileSync(join(folder, 'seeds-bad.jsonl'), 'utf8').trim().split('\n');
  const rows = lines.map((line): Row => JSON.parse(line));
  const footers = rows.filter(({ id, file, expect }) => file && (/footer/.test(id) || expect.footer_removed));
  assert.ok(footers.length >= 20, `only ${footers.length} rows were found`);
  for (const { id, file, expect } of footers) {
    await t.test(id, () => {
      const html = bodyOf(readFileSync(join(folder, file), 'utf8'), expect.format === 'plain text');
      const item = anItem({ contentHtml: html });
      const after = apply(item);
      if (expect.footer_removed !== true) assert.equal(after, item);
      else assert.doesNotMatch(after.contentHtml, /feedx|获取更多RSS|<hr/);
      for (const word of expect.body_must_contain ?? []) assert.ok(after.contentHtml.includes(word), word);
      for (const word of expect.body_must_not_contain ?? [])
        assert.ok(!after.contentHtml.includes(word), word);
    });
  }
});

test('the footer leaves the archived articles, and nothing else does', async (t) => {
  const folder = join(import.meta.dirname, '../../../../shared/seeds');
  if (!existsSync(folder)) {
    t.skip('../shared is not here: the archived articles were not tried');
    return;
  }
  for (const name of ['000_fc7dd1f941be10bd.txt', '003_dba5a28d7136d01a.txt']) {
    const html = bodyOf(readFileSync(join(folder, name), 'utf8'), false);
    const footer = html.indexOf('<br><hr><div>');
    assert.ok(footer > 0);
    assert.equal(strip(html), html.slice(0, footer));
  }
});

function strip(html: string): string {
  return apply(anItem({ contentHtml: html })).contentHtml;
}

function apply(item: Item): Item {
  const after = ruleStep({ step: 'strip_footer', footer: 'feedx' })?.apply(item, ARCHIVE);
  assert.ok(after !== undefined && !('drop' in after));
  return after;
}

function bodyOf(file: string, plain: boolean): string {
  if (!plain) return file.slice(file.indexOf('------') + 6).trimStart();
  return file
    .trim()
    .split(/\n\n+/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('');
}
