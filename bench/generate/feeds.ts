/** Makes feeds that look like real ones, Chinese and English, of any size: the text differs from item to item. */

const ENGLISH =
  'the council met at noon and voted to keep the old bridge open while engineers look for cracks in its northern pier'.split(
    ' ',
  );
const CHINESE =
  '市议会中午开会决定在工程师检查北侧桥墩裂缝期间继续开放旧桥并请居民留意通告以便安排出行'.split('');

/** An RSS 2.0 feed of about so many bytes; every other item carries its text escaped, the others in CDATA. */
export function makeFeed(language: 'en' | 'zh', bytes: number): string {
  const items: string[] = [];
  for (let number = 0, size = 0; size < bytes; number += 1) {
    const item = makeItem(language, number);
    size += Buffer.byteLength(item);
    items.push(item);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Valley ${language}</title><link>https://valley.example/${language}/</link><description>News</description>
${items.join('\n')}
</channel></rss>`;
}

function makeItem(language: 'en' | 'zh', number: number): string {
  const paragraphs = Array.from(
    { length: 4 + (number % 9) },
    (_, index) =>
      `<p>${sentence(language, number + index)} <a href="https://valley.example/${number}/${index}?a=1&amp;b=2">${sentence(language, index).slice(0, 12)}</a> ${sentence(language, number * 7 + index)}</p>\n<figure><img src="https://valley.example/i/${number}-${index}.jpg" alt="" width="640" height="480"></figure>`,
  ).join('\n');
  const content =
    number % 2 === 0
      ? `<![CDATA[${paragraphs}]]>`
      : paragraphs.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<item><title>${sentence(language, number).slice(0, 40)}</title><link>https://valley.example/${language}/${number}</link>
<guid isPermaLink="false">valley-${language}-${number}</guid><pubDate>Mon, 06 Jan 2025 08:${String(number % 60).padStart(2, '0')}:00 GMT</pubDate>
<dc:creator>A. Writer</dc:creator><category>Valley</category><category>Bridges</category>
<description>${sentence(language, number + 3)}</description><content:encoded>${content}</content:encoded></item>`;
}

/** Sixty words or characters, turned so that no two neighbours are alike. */
function sentence(language: 'en' | 'zh', seed: number): string {
  const words = language === 'en' ? ENGLISH : CHINESE;
  const length = language === 'en' ? 30 : 80;
  return Array.from({ length }, (_, index) => words[(index * 5 + seed * 3) % words.length]).join(
    language === 'en' ? ' ' : '',
  );
}
