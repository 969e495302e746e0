/** Language tags as publishers write them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageTag } from '../../src/normalise/language-tag.ts';

test('writes tags as BCP 47 has them', () => {
  const cases: readonly (readonly [written: string | null, tag: string | null])[] = [
    ['en-us', 'en-US'],
    ['zh_TW', 'zh-TW'],
    ['ZH-hant-tw', 'zh-Hant-TW'],
    [' de ', 'de'],
    ['es-419', 'es-419'],
    ['de-CH-1996', 'de-CH-1996'],
    ['en-x-AB', 'en-x-ab'],
    ['English', null],
    ['', null],
    [null, null],
  ];
  assert.deepEqual(
    cases.map(([written]) => [written, languageTag(written)]),
    cases,
  );
});
