/** Encodings of fetched documents: whose word is taken, and what is told where words and bytes disagree. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeDocument } from '../../src/decode/decode-document.ts';

/** 港口規劃新聞 and others in encodings that Node cannot write, as hexadecimal bytes. */
const BYTES = {
  gbk: 'b8dbbfdab9e6bbae',
  big5: 'b4e4a466b357b9ba',
  bigHongKong: '88628864',
  shiftJis: '8d608cfb',
  eucJp: 'b9c1b8fd',
  eucKr: 'c7d7b1b8',
  koi8: 'f0cfd2d4',
  windows1251: 'cfeef0f2',
  windows1252: '636166e9',
};

function xml(encoding: string | null, hex: string): Buffer {
  const head = encoding === null ? '<rss>' : `<?xml version="1.0" encoding="${encoding}"?><rss>`;
  return Buffer.concat([Buffer.from(head), Buffer.from(hex, 'hex'), Buffer.from('</rss>')]);
}

function utf8(text: string): string {
  return Buffer.from(text).toString('hex');
}

const CHINESE = '市議會週二通過了新的港口規劃，居民們表示歡迎。';

const CASES: readonly (readonly [
  name: string,
  bytes: Buffer,
  contentType: string | null,
  text: string,
  encoding: string,
  codes: readonly string[],
])[] = [
  ['GB2312 by HTTP', xml(null, BYTES.gbk), 'text/xml; charset=gb2312', '港口规划', 'gbk', []],
  ['GBK by declaration', xml('GBK', BYTES.gbk), 'application/xml', '港口规划', 'gbk', []],
  ['GB18030 by declaration', xml('gb18030', BYTES.gbk), null, '港口规划', 'gb18030', []],
  ['Big5 by declaration', xml('Big5', BYTES.big5), null, '港口規劃', 'big5', []],
  ['the Hong Kong characters of Big5', xml('big5-hkscs', BYTES.bigHongKong), null, 'Ê̄Ê̌', 'big5', []],
  ['Shift_JIS', xml('Shift_JIS', BYTES.shiftJis), null, '港口', 'shift_jis', []],
  ['EUC-JP', xml('EUC-JP', BYTES.eucJp), null, '港口', 'euc-jp', []],
  ['EUC-KR', xml('EUC-KR', BYTES.eucKr), null, '항구', 'euc-kr', []],
  ['KOI8-R by HTTP', xml(null, BYTES.koi8), 'text/xml;charset="koi8-r"', 'Порт', 'koi8-r', []],
  ['windows-1251', xml('windows-1251', BYTES.windows1251), null, 'Порт', 'windows-1251', []],
  ['Latin-1, as browsers read it', xml('ISO-8859-1', BYTES.windows1252), null, 'café', 'windows-1252', []],
  ['UTF-8 that nobody declares', xml(null, utf8('港口規劃')), null, '港口規劃', 'utf-8', []],
  [
    'UTF-8 with a byte order mark, whatever is declared',
    Buffer.concat([Buffer.from('efbbbf', 'hex'), xml('GBK', utf8('港口'))]),
    'text/xml; charset=big5',
    '港口',
    'utf-8',
    ['charset-mismatch'],
  ],
  ['UTF-16LE without a mark', Buffer.from('<rss>港口</rss>', 'utf16le'), null, '港口', 'utf-16le', []],
  [
    'UTF-16BE without a mark',
    Buffer.from('<rss>港口</rss>', 'utf16le').swap16(),
    null,
    '港口',
    'utf-16be',
    [],
  ],
  [
    'UTF-16 that HTTP calls UTF-8',
    Buffer.from('<rss>港口</rss>', 'utf16le'),
    'text/xml; charset=utf-8',
    '港口',
    'utf-16le',
    ['charset-mismatch'],
  ],
  ['HTTP before the declaration', xml('GBK', BYTES.big5), 'text/xml; charset=big5', '港口規劃', 'big5', []],
  [
    'UTF-8 that the server calls Latin-1, as it calls everything',
    xml('UTF-8', utf8(CHINESE)),
    'text/xml; charset=iso-8859-1',
    CHINESE,
    'utf-8',
    ['charset-mismatch'],
  ],
  [
    'UTF-8 that still calls itself GB2312 after a conversion',
    xml('gb2312', utf8(CHINESE)),
    null,
    CHINESE,
    'utf-8',
    ['charset-mismatch'],
  ],
  ['UTF-8 that .NET calls UTF-16', xml('utf-16', utf8('港口')), null, '港口', 'utf-8', ['charset-mismatch']],
  [
    'GBK that HTTP calls UTF-8, by its declaration',
    xml('GBK', BYTES.gbk),
    'text/xml; charset=utf-8',
    '港口规划',
    'gbk',
    ['charset-mismatch'],
  ],
  ['a charset that nobody knows', xml('x-none', utf8('港口')), null, '港口', 'utf-8', ['charset-unknown']],
  [
    'a charset that is a danger to read',
    xml('hz-gb-2312', utf8('港口')),
    null,
    '港口',
    'utf-8',
    ['charset-unknown'],
  ],
  [
    'UTF-8 with one bad byte',
    xml('utf-8', `${utf8(CHINESE)}ff`),
    null,
    `${CHINESE}\u{FFFD}`,
    'utf-8',
    ['undecodable'],
  ],
  [
    'a page by its meta',
    Buffer.concat([Buffer.from('<!doctype html><meta charset="gbk"><p>'), Buffer.from(BYTES.gbk, 'hex')]),
    'text/html',
    '港口规划',
    'gbk',
    [],
  ],
];

for (const [name, bytes, contentType, text, encoding, codes] of CASES)
  test(`reads ${name}`, () => {
    const decoded = decodeDocument(bytes, contentType);
    assert.deepEqual(
      {
        text: decoded.text.replaceAll(/<[^>]*>/g, ''),
        encoding: decoded.encoding,
        codes: decoded.warnings.map(({ code }) => code),
      },
      { text, encoding, codes },
    );
  });

test('says what was declared and what it is', () => {
  const { warnings } = decodeDocument(xml('gb2312', utf8(CHINESE)), null, 'https://a.example/feed');
  assert.deepEqual(warnings, [
    {
      code: 'charset-mismatch',
      message: 'declares gb2312, but is utf-8; read as such',
      where: 'https://a.example/feed',
    },
  ]);
});

test('guesses GBK and Big5 where nobody declares anything', () => {
  const gbk = 'cad0d2e9bbe1d6dcb6fecda8b9fdc1cbd0c2b5c4b8dbbfdab9e6bbaea3acbed3c3f1c3c7b1edcabebbb6d3ada1a3';
  const big5 = 'a5abc4b3b77cb667a447b371b94ca446b773aabab4e4a466b357b9baa141a97ea5c1adccaaeda5dcc577aaefa143';
  assert.deepEqual(
    [gbk, big5].map((hex) => decodeDocument(Buffer.from(hex, 'hex'), null).text),
    ['市议会周二通过了新的港口规划，居民们表示欢迎。', CHINESE],
  );
});

test('any bytes under any charset come out as text', () => {
  const charsets = fc.constantFrom('utf-8', 'gbk', 'utf-16', 'hz-gb-2312', 'shift_jis', 'x-user-defined', '');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), charsets, (bytes, charset) => {
      assert.equal(typeof decodeDocument(bytes, `text/xml; charset=${charset}`).text, 'string');
    }),
  );
});

const CORPUS = join(import.meta.dirname, '../../../shared/corpus/feeds');

test('reads every transcoded feed of the corpus without a lost character', (t) => {
  if (!existsSync(CORPUS)) return t.skip('../shared is not here: the transcoded feeds were not read');
  const rows = readFileSync(join(CORPUS, 'expect.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line): { id: string; kind: string; file: string; contentType?: string } => JSON.parse(line))
    .filter(({ kind }) => kind === 'transcoded');
  const lost = rows.filter(({ file, contentType }) => {
    const { text, warnings } = decodeDocument(readFileSync(join(CORPUS, file)), contentType ?? null);
    return text.includes('\u{FFFD}') || warnings.length > 0;
  });
  assert.ok(rows.length > 50);
  assert.deepEqual(lost, []);
});
