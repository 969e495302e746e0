/** Archive files, whole and damaged: what is read, what is told, what is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { RawItem } from '../../src/model/item.ts';
import { parseDocument } from '../../src/parse/parse-document.ts';
import { emptyRawItem } from '../../src/parse/raw-item.ts';

const ITEM: RawItem = {
  ...emptyRawItem('a.txt'),
  title: 'Title',
  url: 'https://a.example/1',
  contentHtml: '<p>Text.</p>',
  archived: 1_700_000_000_000 as RawItem['archived'],
};

function parse(text: string): { item: RawItem | undefined; codes: string[] } | { rejected: string } {
  const parsed = parseDocument({ kind: 'archive', locator: 'a.txt', text, warnings: [] });
  if ('rejected' in parsed) return { rejected: parsed.rejected.message };
  assert.equal(parsed.items.length, 1);
  return { item: parsed.items[0], codes: parsed.warnings.map(({ code }) => code) };
}

const E = '<!--1700000000000-->';
const T = '[Title](https://a.example/1)';

/** Text, what differs from `ITEM`, and the codes of the warnings. */
const CASES: readonly (readonly [name: string, text: string, differs: Partial<RawItem>, codes: string[]])[] =
  [
    ['the usual file', `${E}\n${T}\n------\n\n<p>Text.</p>`, {}, []],
    ['Windows line ends', `${E}\r\n${T}\r\n------\r\n\r\n<p>Text.</p>\r\n`, {}, []],
    ['three kinds of line end', `${E}\r\n${T}\r------\n\n<p>Text.</p>`, {}, []],
    ['a long separator', `${E}\n${T}\n----------\n\n<p>Text.</p>`, {}, []],
    ['a short separator', `${E}\n${T}\n---\n\n<p>Text.</p>`, {}, ['separator-short']],
    ['no separator', `${E}\n${T}\n\n<p>Text.</p>`, {}, ['separator-missing']],
    ['blank lines everywhere', `\n\n${E}\n\n${T}\n\n------\n<p>Text.</p>`, {}, ['header-blank-lines']],
    [
      'everything on one line',
      `${E}${T}------<p>Text.</p>`,
      {},
      ['header-on-one-line', 'header-on-one-line'],
    ],
    [
      'a title over two lines',
      `${E}\n[Tit\nle](https://a.example/1)\n------\n\n<p>Text.</p>`,
      { title: 'Tit le' },
      ['title-over-lines'],
    ],
    [
      'brackets in the title',
      `${E}\n[[Live] a ] b [ (c)](https://a.example/1)\n------\n\n<p>Text.</p>`,
      { title: '[Live] a ] b [ (c)' },
      [],
    ],
    [
      'a link in the title',
      `${E}\n[a [b](c) d](https://a.example/1)\n------\n\n<p>Text.</p>`,
      { title: 'a [b](c) d' },
      [],
    ],
    [
      'escaped brackets',
      `${E}\n[a \\] \\[ b](https://a.example/1)\n------\n\n<p>Text.</p>`,
      { title: 'a ] [ b' },
      [],
    ],
    [
      'parentheses in the address',
      `${E}\n[Title](https://a.example/a_(b)_(c))\n------\n\n<p>Text.</p>`,
      { url: 'https://a.example/a_(b)_(c)' },
      [],
    ],
    [
      'one parenthesis in the address',
      `${E}\n[Title](https://a.example/a)b)\n------\n\n<p>Text.</p>`,
      { url: 'https://a.example/a)b' },
      [],
    ],
    ['an address in angle brackets', `${E}\n[Title](<https://a.example/1>)\n------\n\n<p>Text.</p>`, {}, []],
    ['no address', `${E}\n[Title]()\n------\n\n<p>Text.</p>`, { url: null }, []],
    [
      'a script for an address',
      `${E}\n[Title](javascript:x(1))\n------\n\n<p>Text.</p>`,
      { url: 'javascript:x(1)' },
      [],
    ],
    ['no first line', `${T}\n------\n\n<p>Text.</p>`, { archived: null }, ['date-missing']],
    ['a broken first line', `<!--17000\n${T}\n------\n\n<p>Text.</p>`, { archived: null }, ['date-missing']],
    [
      'another comment first',
      `<!-- by hand -->\n${T}\n------\n\n<p>Text.</p>`,
      { archived: null },
      ['date-unreadable'],
    ],
    ['NaN for a date', `<!--NaN-->\n${T}\n------\n\n<p>Text.</p>`, { archived: null }, ['date-missing']],
    [
      'a separator in the body',
      `${E}\n${T}\n------\n\n<p>a</p>\n------\n<p>b</p>`,
      { contentHtml: '<p>a</p>\n------\n<p>b</p>' },
      [],
    ],
    [
      'a date in the body',
      `${E}\n${T}\n------\n\n<!--1600000000000--><p>x</p>`,
      { contentHtml: '<!--1600000000000--><p>x</p>' },
      [],
    ],
    [
      'a second header',
      `${E}\n${T}\n------\n\n<p>a</p>\n${E}\n[Second](https://a.example/2)\n------\n\n<p>b</p>`,
      { contentHtml: `<p>a</p>\n${E}\n[Second](https://a.example/2)\n------\n\n<p>b</p>` },
      ['second-header'],
    ],
    [
      'a picture as data',
      `${E}\n${T}\n------\n\n<img src="data:image/png;base64,AAAA">`,
      { contentHtml: '<img src="data:image/png;base64,AAAA">' },
      ['embedded-picture'],
    ],
    ['an empty body', `${E}\n${T}\n------\n`, { contentHtml: '' }, []],
  ];

for (const [name, text, differs, codes] of CASES)
  test(`reads a file with ${name}`, () => {
    assert.deepEqual(parse(text), { item: { ...ITEM, ...differs }, codes });
  });

test('a text without a title line is plain text, whatever its first line is', () => {
  for (const text of ['One line.', `${E}\n<p>Text.</p>`, `[note] see (below)\nmore`, `${T}\nno dashes`])
    assert.deepEqual(parse(text), {
      item: { ...emptyRawItem('a.txt'), contentText: text },
      codes: ['plain-text'],
    });
});

test('names the line at which something was odd', () => {
  const parsed = parseDocument({
    kind: 'archive',
    locator: 'a.txt',
    text: `\n<!--0-->\n${T}\n-----\n\nx\n${E}\n${T}\n------\n`,
    warnings: [{ code: 'not-utf8', message: 'earlier', where: 'a.txt' }],
  });
  assert.ok(!('rejected' in parsed));
  assert.deepEqual(
    parsed.warnings.map(({ message, where }) => `${where}: ${message}`),
    [
      'a.txt: earlier',
      'a.txt: line 2: date 0 treated as unknown',
      'a.txt: line 4: the separator has 5 dashes, not 6',
      'a.txt: line 7: a second header inside the body; one file is one article, so it is kept as text',
    ],
  );
});

test('refuses what holds no article', () => {
  assert.deepEqual([' \n\t\n', '<!doctype html><html></html>', `<!-- saved -->\n<HTML lang=en>`].map(parse), [
    { rejected: 'file holds nothing but white space' },
    { rejected: 'looks like a whole web page, not a seed file' },
    { rejected: 'looks like a whole web page, not a seed file' },
  ]);
});

test('reads what an exported file says beyond the format, and leaves out what is not what it should be', () => {
  const json = {
    id: '00112233445566aa',
    published: null,
    updated: '2024-01-02T00:00:00.000Z',
    archived: 5,
    guid: 'g',
    authors: [{ name: 'A', url: 7 }, 'B'],
    categories: ['c', 7],
    enclosures: [{ url: 'https://a.example/a.mp3', bytes: 12 }, {}],
    summary: 'a < b',
    rights: ['no'],
  };
  const parsed = parse(`${E}\n${T}\n------\n\n<p>Text.</p>\n<!--feedmill ${JSON.stringify(json)}-->\n`);
  assert.deepEqual(parsed, {
    item: {
      ...ITEM,
      guid: 'g',
      archived: 5,
      summaryHtml: 'a &lt; b',
      authors: [{ name: 'A', url: null, email: null }],
      categories: ['c'],
      enclosures: [
        { url: 'https://a.example/a.mp3', mediaType: null, bytes: '12', seconds: null, title: null },
      ],
      exported: { id: '00112233445566aa', published: null, updated: Date.UTC(2024, 0, 2), archived: 5 },
    },
    codes: [],
  });
});

test('leaves a comment that is no JSON where it is', () => {
  const text = `${E}\n${T}\n------\n\n<p>Text.</p><!--feedmill {-->`;
  assert.deepEqual(parse(text), {
    item: { ...ITEM, contentHtml: '<p>Text.</p><!--feedmill {-->' },
    codes: [],
  });
});

function parseStored(raw: string) {
  return parseDocument({ kind: 'stored', locator: 'a.txt', raw });
}

test('gives back a stored item, and refuses a damaged one', () => {
  const parsed = parseStored(JSON.stringify(ITEM));
  assert.deepEqual('items' in parsed && parsed.items, [ITEM]);
  assert.ok('rejected' in parseStored('{"title":'));
  assert.ok('rejected' in parseStored('[]'));
});

test('any text is one item or a reason', () => {
  const piece = fc.constantFrom(
    E,
    T,
    '------',
    '\n',
    '\r\n',
    '[',
    '](',
    ')',
    '<p>',
    '-->',
    '<!--',
    '<html',
    ' ',
    'a',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' }))), (pieces) => {
      parse(pieces.join(''));
    }),
  );
});
