/** Plain text set as HTML, told by how it was set. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { typesetText } from '../../../src/normalise/typeset/typeset-text.ts';

const CASES: readonly (readonly [name: string, text: string, html: string])[] = [
  ['one line', '一行。', '<p>一行。</p>'],
  ['nothing', ' \n\n', ''],
  [
    'markup',
    '1 < 2 && 3 > 2\n<script>x()</script>',
    '<p>1 &lt; 2 &amp;&amp; 3 &gt; 2<br>&lt;script&gt;x()&lt;/script&gt;</p>',
  ],
  [
    'Han lines without a space',
    '湖边的旧码头今年春天重新开\n放，镇上的人带着孩子来看第\n一班船，一共有2400人。',
    '<p>湖边的旧码头今年春天重新开放，镇上的人带着孩子来看第一班船，一共有2400人。</p>',
  ],
  [
    'Latin lines with a space, hyphens as they stand',
    'The old pier was opened again in spring, and the whole\ntown came to see the first boat, which was a well-\nknown one by the name of "Horn".',
    '<p>The old pier was opened again in spring, and the whole town came to see the first boat, which was a well-known one by the name of "Horn".</p>',
  ],
  [
    'Latin words in Han lines',
    '镇长说新船的名字叫做 Quiet\nHorn，是孩子们取的名字，船\n长也说好听，今年冬天开航。',
    '<p>镇长说新船的名字叫做 Quiet Horn，是孩子们取的名字，船长也说好听，今年冬天开航。</p>',
  ],
  [
    'a column break in a paragraph, and one between paragraphs',
    '湖边的旧码头今年春天重新开\n放，镇上的人带着孩子来看第\n\n一班船，一共有两千四百人。\n\n第二天又来了一千人，镇公所\n说还会再来。',
    '<p>湖边的旧码头今年春天重新开放，镇上的人带着孩子来看第一班船，一共有两千四百人。</p>\n<p>第二天又来了一千人，镇公所说还会再来。</p>',
  ],
  [
    'headings and what stands under them',
    '谈码头\n修得好\n也要用得久\n\n湖边的旧码头今年春天重新开\n放，镇上的人带着孩子来看第\n一班船。',
    '<h2>谈码头</h2><h3>修得好</h3><h3>也要用得久</h3>\n<p>湖边的旧码头今年春天重新开放，镇上的人带着孩子来看第一班船。</p>',
  ],
  [
    'a heading over long lines',
    'The pier\n\nThe old pier was opened again in spring, and the whole town came to see the first boat.',
    '<h2>The pier</h2>\n<p>The old pier was opened again in spring, and the whole town came to see the first boat.</p>',
  ],
  [
    'a short last line, which heads nothing',
    '湖边的旧码头今年春天重新开\n放，镇上的人都来看船。\n\n方小雨 摄',
    '<p>湖边的旧码头今年春天重新开放，镇上的人都来看船。</p>\n<p>方小雨 摄</p>',
  ],
  [
    'indented paragraphs without blank lines',
    '　　湖边的旧码头重新开放。\n　　镇上的人都来看船。',
    '<p>湖边的旧码头重新开放。</p>\n<p>镇上的人都来看船。</p>',
  ],
  [
    'long lines, each a paragraph',
    `${'湖边的旧码头重新开放。'.repeat(5)}\n${'镇上的人都来看船。'.repeat(5)}`,
    `<p>${'湖边的旧码头重新开放。'.repeat(5)}</p>\n<p>${'镇上的人都来看船。'.repeat(5)}</p>`,
  ],
  [
    'verse',
    '潮来一片白，\n潮去一片青。\n船在青上走，\n人在白里听。',
    '<p>潮来一片白，<br>潮去一片青。<br>船在青上走，<br>人在白里听。</p>',
  ],
  [
    'addresses of pages below the text',
    '湖边的旧码头今年春天重新开\n放，镇上的人都来看船。\n\n更多：\nhttps://a.example\nhttps://b.example',
    '<p>湖边的旧码头今年春天重新开放，镇上的人都来看船。</p>\n<p>更多：<br>https://a.example<br>https://b.example</p>',
  ],
  [
    'turns, but not every colon',
    '《湖报》记者：船好吗？\n\n林秋帆：很好。\n\n理由有三个：快，稳，安静。\n\n湖声记者：票价呢？\n\n林秋帆：不变。',
    '<p><strong>《湖报》记者：</strong>船好吗？</p>\n<p><strong>林秋帆：</strong>很好。</p>\n<p>理由有三个：快，稳，安静。</p>\n<p><strong>湖声记者：</strong>票价呢？</p>\n<p><strong>林秋帆：</strong>不变。</p>',
  ],
  [
    'turns in English',
    'Reporter: Is it fast?\n\nMs Lindqvist: It is.\n\nReporter: And quiet?\n\nMs Lindqvist: Very.',
    '<p><strong>Reporter: </strong>Is it fast?</p>\n<p><strong>Ms Lindqvist: </strong>It is.</p>\n<p><strong>Reporter: </strong>And quiet?</p>\n<p><strong>Ms Lindqvist: </strong>Very.</p>',
  ],
  [
    'a line that only says what follows',
    '他说：船好。\n\n他说：票价不变。',
    '<p>他说：船好。</p>\n<p>他说：票价不变。</p>',
  ],
];

for (const [name, text, html] of CASES)
  test(`sets ${name}`, () => assert.equal(typesetText(text).html, html));

const CREDITS: readonly (readonly [text: string, html: string, credit: string | null])[] = [
  ['船来了。 据湖畔社', '<p>船来了。</p>\n<p>据湖畔社</p>', '湖畔社'],
  ['船来了。\n\n據湖畔通訊社北灣3月7日電', '<p>船来了。</p>\n<p>據湖畔通訊社北灣3月7日電</p>', '湖畔通訊社'],
  ['船来了。（据湖畔社电）', '<p>船来了。</p>\n<p>（据湖畔社电）</p>', '湖畔社'],
  [
    'The boat is here. Source: Harbour Radio',
    '<p>The boat is here.</p>\n<p>Source: Harbour Radio</p>',
    'Harbour Radio',
  ],
  ['船来了。据湖畔社报道，明天还有一班。', '<p>船来了。据湖畔社报道，明天还有一班。</p>', null],
  ['据说明天还有', '<p>据说明天还有</p>', null],
];

for (const [text, html, credit] of CREDITS)
  test(`finds the credit ${credit ?? '(none)'} in "${text.slice(-14)}"`, () => {
    const set = typesetText(text);
    assert.deepEqual({ html: set.html, credit: set.credit }, { html, credit });
  });

test('takes the first sentence for a title, and the first line where it is a heading', () => {
  const titles: Record<string, string> = {
    '船来了。人也来了。': '船来了。',
    '“船来了！”她说。': '“船来了！”',
    'Dr. Lind saw it. So did A. Berg.': 'Dr. Lind saw it.',
    '谈船\n快\n\n船来了，人也来了。': '谈船',
    [`${'长'.repeat(400)}。`]: `${'长'.repeat(149)}…`,
  };
  assert.deepEqual(
    Object.keys(titles).map((text) => typesetText(text).title),
    Object.values(titles),
  );
});

test('loses, adds and moves nothing but white space', () => {
  const line = fc.oneof(
    fc.string({ unit: fc.constantFrom('湖', '船', '，', '。', 'a', 'B', ' ', '：', '<', '&', '”', '1') }),
    fc.constantFrom('', '　　', '记者：', '据湖畔社', 'https://a.example', '湖边的旧码头今年春天重新开'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const text = lines.join('\n');
      const { html } = typesetText(text);
      const back = html
        .replaceAll(/<\/?(?:p|br|h2|h3|strong)>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&');
      assert.equal(back.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
    }),
  );
});

test('a text of ten megabytes takes no more than its share', () => {
  const text = '湖边的旧码头今年春天重新开\n放，镇上的人带着孩子来看第\n\n'.repeat(120_000);
  const before = performance.now();
  assert.ok(typesetText(text).html.length > 1_000_000);
  assert.ok(performance.now() - before < 20_000);
});
