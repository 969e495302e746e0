import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { countHanScript, foldHan } from '../../src/search/han-fold.ts';

const FOLDS: readonly (readonly [text: string, folded: string])[] = [
  ['', ''],
  ['Library opens', 'Library opens'],
  ['圖書館開放', '图书馆开放'],
  ['图书馆开放', '图书馆开放'],
  ['河邊的圖書館 (Bücherei) 開放！', '河边的图书馆 (Bücherei) 开放！'],
  ['裏裡里', '里里里'],
  ['薴苧苎', '苎苎苎'],
  ['東京の図書館', '东京の図书馆'],
  ['𠮷野家 圖', '𠮷野家 图'],
];

for (const [text, folded] of FOLDS) {
  test(`folds ${JSON.stringify(text)} to ${JSON.stringify(folded)}`, () => {
    assert.equal(foldHan(text), folded);
  });
}

test('folding keeps length and places, and folding again changes nothing', () => {
  const characters = fc.oneof(
    fc.constantFrom(...'圖書館開放薴苧图书馆裏𠮷の한a '.split('')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.array(characters), (parts) => {
      const text = parts.join('');
      const folded = foldHan(text);
      assert.equal(folded.length, text.length);
      assert.equal(foldHan(folded), folded);
      for (let at = 0; at < text.length; at += 1) assert.equal(foldHan(text.charAt(at)), folded.charAt(at));
    }),
  );
});

test('counts the letters of each script, and the Han characters that only one Chinese script has', () => {
  assert.deepEqual(countHanScript('圖書館 图书 皇后 公里 カナかな 도서관 Bücher, кни… 12'), {
    han: 9,
    traditionalOnly: 3,
    simplifiedOnly: 2,
    kana: 4,
    hangul: 3,
    other: 9,
  });
});

test('characters at home in both scripts speak for neither', () => {
  const { traditionalOnly, simplifiedOnly } = countHanScript('皇后在台北走了三公里，只看到乾坤和云海');
  assert.deepEqual({ traditionalOnly, simplifiedOnly }, { traditionalOnly: 0, simplifiedOnly: 0 });
});
