import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../../src/search/language.ts';

const HANT = '鎮公所週二宣布，河邊的新圖書館將於明年春天開放，居民問到停車與暖氣的費用。';
const HANS = '镇公所周二宣布，河边的新图书馆将于明年春天开放，居民问到停车与暖气的费用。';

const ROWS: readonly (readonly [name: string, text: string, language: string | null])[] = [
  ['Traditional Chinese', HANT, 'zh-Hant'],
  ['Simplified Chinese', HANS, 'zh-Hans'],
  ['a traditional text with a simplified gallery', HANT + HANT + HANS, 'zh-Hant'],
  ['a simplified text that quotes a traditional one', HANS + HANT + HANS, 'zh-Hans'],
  ['Chinese in characters of both scripts', '山上的石屋在水中，人人在此等待，日出而作', 'zh'],
  ['Chinese full of foreign names', `${HANT}（Olaf Scholz、Charles Michel、Antony Blinken）`, 'zh-Hant'],
  ['a Chinese text that names a Japanese work', `${HANS}展出《となりのトトロ》。`, 'zh-Hans'],
  ['Japanese', '町議会は火曜日の夜、来年の春に開館する新しい図書館について話し合いました。', 'ja'],
  ['a Japanese headline', '新図書館、来春に開館へ　駐車場の費用は未定', 'ja'],
  ['Korean', '군의회는 화요일 저녁 내년 봄에 문을 여는 새 도서관에 대해 논의했다.', 'ko'],
  ['English', 'The town council met on Tuesday to discuss the new library by the river.', 'en'],
  [
    'English that explains Chinese words',
    'The word 图书馆 means library and is written the same by all of us.',
    'en',
  ],
  ['German', 'Der Stadtrat sprach am Dienstag über die neue Bücherei am Fluss.', 'de'],
  ['French', 'Le conseil municipal a parlé mardi de la nouvelle bibliothèque.', 'fr'],
  ['Russian', 'Городской совет обсудил во вторник новую библиотеку у реки.', 'ru'],
  ['Vietnamese', 'Hội đồng thành phố họp tối thứ Ba để bàn về thư viện mới.', 'vi'],
  ['keys struck at random', 'asdf qwer zxcv uiop hjkl vbnm tyui ghjk', null],
  ['too few letters', 'Good morning', null],
  ['too few Han characters', '图书馆', null],
  ['no letters', '12:30 – 14:00, 3 %, 5 €, 2026-01-01 00:00:00', null],
  ['nothing', '', null],
];

for (const [name, text, language] of ROWS) {
  test(`tells ${name}: ${language ?? 'nothing'}`, () => {
    assert.equal(detectLanguage(text), language);
  });
}

test('a text of megabytes is judged by its beginning', () => {
  assert.equal(detectLanguage(HANT.repeat(1000) + HANS.repeat(100_000)), 'zh-Hant');
});
