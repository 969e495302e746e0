import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { languageStep } from '../../../src/clean/standard/language.ts';
import { anItem, ARCHIVE, FEED } from '../an-item.ts';

const HANT = '<p>鎮公所週二宣布，河邊的新圖書館將於明年春天開放。</p>';

const ROWS: readonly (readonly [said: string | null, language: string | null, why: string])[] = [
  [null, 'zh-Hant', 'nobody said'],
  ['', 'zh-Hant', 'nobody said'],
  ['und', 'zh-Hant', 'undetermined'],
  ['Chinese (Taiwan)', 'zh-Hant', 'no tag'],
  ['cn', 'zh-Hant', 'a country'],
  ['en', 'en', 'the publisher is believed'],
  ['zh-tw', 'zh-TW', 'the canonical form'],
  ['ZH_hant', 'zh-Hant', 'an underscore'],
  ['iw', 'he', 'an old code'],
];

for (const [said, language, why] of ROWS) {
  test(`the language ${JSON.stringify(said)} becomes ${language}: ${why}`, () => {
    const item = anItem({ contentHtml: HANT, language: said });
    assert.deepEqual(languageStep.apply(item, FEED), { ...item, language });
  });
}

test('the title speaks for an item with few words', () => {
  const item = anItem({ title: '河边的新图书馆开放', contentHtml: '<p>图</p>' });
  assert.deepEqual(languageStep.apply(item, FEED), { ...item, language: 'zh-Hans' });
});

test('an item of which nothing can be told stays the same object', () => {
  for (const language of [null, 'de']) {
    const item = anItem({ contentHtml: '<p>12:30</p>', language });
    assert.equal(languageStep.apply(item, FEED), item);
  }
});

test('a tag that no register names is kept where the text tells nothing', () => {
  const item = anItem({ language: 'XQ' });
  assert.deepEqual(languageStep.apply(item, FEED), { ...item, language: 'xq' });
});

test('no word for a language is too odd', () => {
  const tags = fc.stringMatching(/^[a-zA-Z\d_-]{0,14}$/);
  fc.assert(
    fc.property(tags, (language) => {
      const once = languageStep.apply(anItem({ language }), FEED);
      assert.ok(!('drop' in once));
      assert.deepEqual(languageStep.apply(once, FEED), once);
    }),
  );
});

test('the archived articles are told apart by their script', async (t) => {
  const folder = join(import.meta.dirname, '../../../../shared/seeds');
  if (!existsSync(folder)) {
    t.skip('../shared is not here: the archived articles were not tried');
    return;
  }
  const languages = readdirSync(folder)
    .toSorted()
    .map((name) => {
      const item = anItem({ contentHtml: readFileSync(join(folder, name), 'utf8') });
      const after = languageStep.apply(item, ARCHIVE);
      return 'drop' in after ? after : [name.slice(0, 3), after.language];
    });
  assert.deepEqual(languages, [
    ['000', 'zh-Hant'],
    ['001', 'zh-Hant'],
    ['002', 'zh-Hant'],
    ['003', 'zh-Hant'],
    ['004', 'zh-Hans'],
  ]);
});
