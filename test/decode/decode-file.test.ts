/** Encodings of archive files: what is read, and what is told about it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeFile } from '../../src/decode/decode-file.ts';
import { looksBinary } from '../../src/decode/guess-encoding.ts';

/** Text in encodings that Node cannot write, as hexadecimal bytes. */
const GB18030 =
  'cad0d2e9bbe1d6dcb6fecda8b9fdc1cbd0c2b5c4b8dbbfdab9e6bbaea3acbed3c3f1c3c7b1edcabebbb6d3ada1a3';
const BIG5 = 'a5abc4b3b77cb667a447b371b94ca446b773aabab4e4a466b357b9baa141a97ea5c1adccaaeda5dcc577aaefa143';

function utf16(text: string, order: 'le' | 'be', mark: boolean): Buffer {
  const bytes = Buffer.from(`${mark ? '\u{FEFF}' : ''}${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

const HEADED = '<!--1700000000000-->\n[港口規劃](https://a.example/1)\n------\n\n<p>一條新路。</p>';

const CASES: readonly (readonly [
  name: string,
  bytes: Buffer,
  text: string,
  encoding: string,
  codes: string[],
])[] = [
  ['UTF-8', Buffer.from(HEADED), HEADED, 'utf-8', []],
  ['UTF-8 with byte order mark', Buffer.from(`\u{FEFF}${HEADED}`), HEADED, 'utf-8', []],
  ['UTF-16LE with mark', utf16(HEADED, 'le', true), HEADED, 'utf-16le', ['not-utf8']],
  ['UTF-16BE with mark', utf16(HEADED, 'be', true), HEADED, 'utf-16be', ['not-utf8']],
  ['UTF-16LE without mark', utf16(HEADED, 'le', false), HEADED, 'utf-16le', ['not-utf8']],
  ['UTF-16BE without mark', utf16(HEADED, 'be', false), HEADED, 'utf-16be', ['not-utf8']],
  [
    'GB18030',
    Buffer.from(GB18030, 'hex'),
    '市议会周二通过了新的港口规划，居民们表示欢迎。',
    'gb18030',
    ['not-utf8'],
  ],
  ['Big5', Buffer.from(BIG5, 'hex'), '市議會週二通過了新的港口規劃，居民們表示歡迎。', 'big5', ['not-utf8']],
  [
    'UTF-8 cut in a character',
    Buffer.from('港口規劃新').subarray(0, -1),
    '港口規劃\u{FFFD}',
    'utf-8',
    ['invalid-utf8'],
  ],
  ['text with a NUL', Buffer.from('港口\0規劃'), '港口規劃', 'utf-8', ['nul-characters']],
];

for (const [name, bytes, text, encoding, codes] of CASES)
  test(`reads ${name}`, () => {
    const decoded = decodeFile(bytes, 'a.txt');
    assert.deepEqual(
      { text: decoded.text, encoding: decoded.encoding, codes: decoded.warnings.map(({ code }) => code) },
      { text, encoding, codes },
    );
    assert.ok(!looksBinary(bytes));
  });

test('names the byte at which UTF-8 goes wrong', () => {
  const [warning] = decodeFile(Buffer.from('港口規劃').subarray(0, -1), 'a.txt').warnings;
  assert.deepEqual(warning, {
    code: 'invalid-utf8',
    message: 'invalid UTF-8 at byte 9; shown as \u{FFFD}',
    where: 'a.txt',
  });
});

test('tells binary files from text', () => {
  const zeros = Buffer.alloc(4096);
  const compressed = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919 + (at >> 3) * 31) % 256));
  assert.deepEqual([zeros, compressed].map(looksBinary), [true, true]);
});

test('any bytes come out as text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      looksBinary(bytes);
      const { text } = decodeFile(bytes);
      assert.equal(typeof text, 'string');
      assert.ok(!text.includes('\0'));
    }),
  );
});
