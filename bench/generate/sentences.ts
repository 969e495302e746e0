/** Invented text, the same for the same seed: words put together by a small random generator. */

const ENGLISH =
  'the town river market council bridge harbour weather children music garden opened closed plans new old morning evening people walk along street because summer winter after before many small large with and for their about report says will be'.split(
    ' ',
  );
const CHINESE =
  '市政府昨天宣布在河边修建新的公园居民可以散步和休息學校圖書館春天花開了他們說今年天氣很好交通部門表示將增加班次火車站附近道路工程已經完成';

/** Paragraphs of about `bytes` bytes in all. */
export function sentences(seed: number, isChinese: boolean, bytes: number): string[] {
  const random = randomFrom(seed);
  const paragraphs: string[] = [];
  for (let left = bytes; left > 0;) {
    const size = Math.min(left, 300 + Math.floor(random() * 400));
    const paragraph = isChinese ? chinese(random, Math.ceil(size / 3)) : english(random, Math.ceil(size / 6));
    paragraphs.push(paragraph);
    left -= Buffer.byteLength(paragraph);
  }
  return paragraphs;
}

function english(random: () => number, words: number): string {
  return `${Array.from({ length: words }, () => pick(random, ENGLISH)).join(' ')}.`;
}

function chinese(random: () => number, characters: number): string {
  const text = Array.from({ length: characters }, (_, place) =>
    place % 17 === 16 ? '，' : CHINESE.charAt(Math.floor(random() * CHINESE.length)),
  );
  return `${text.join('')}。`;
}

function pick(random: () => number, list: readonly string[]): string {
  return list[Math.floor(random() * list.length)] ?? '';
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
