/** Exported items come back as they were. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { SafeHtml, StoredItem } from '../../src/model/item.ts';
import { parseItemId } from '../../src/model/item-key.ts';
import { parseHttpUrl } from '../../src/model/url.ts';
import { normaliseItem } from '../../src/normalise/normalise-item.ts';
import { parseDocument } from '../../src/parse/parse-document.ts';
import { archiveFileName, renderArchiveDocument } from '../../src/publish/archive-document.ts';

const CRAWLED = Date.UTC(2024, 5, 1) as StoredItem['updated'];

const ITEM: StoredItem = {
  seq: 7 as StoredItem['seq'],
  id: parseItemId('00112233445566aa') ?? assert.fail(),
  source: 'town',
  guid: 'g --> 1',
  url: parseHttpUrl('https://a.example/a_(b)'),
  title: '[Live] a ] b (c) \\[',
  contentHtml: '<p>Text &lt;b&gt;.</p>\n<hr><p>More.</p>' as SafeHtml,
  summary: 'a < b & c -->',
  authors: [{ name: 'A. Berg', url: parseHttpUrl('https://a.example/berg'), email: 'a@a.example' }],
  categories: ['湖'],
  enclosures: [
    {
      url: parseHttpUrl('https://a.example/a.mp3') ?? assert.fail(),
      mediaType: 'audio/mpeg',
      bytes: 12,
      seconds: 60,
      title: 'Sound',
    },
  ],
  image: parseHttpUrl('https://a.example/a.png'),
  language: 'zh-Hant',
  rights: '© 2024',
  published: (CRAWLED - 5000) as StoredItem['published'],
  archived: (CRAWLED - 4000) as StoredItem['archived'],
  commentsUrl: parseHttpUrl('https://a.example/1#comments'),
  updated: (CRAWLED - 3000) as StoredItem['updated'],
  crawled: CRAWLED,
  changed: CRAWLED,
  revisions: 0,
};

const NOTHING: Partial<StoredItem> = {
  guid: null,
  url: null,
  title: '',
  summary: null,
  authors: [],
  categories: [],
  enclosures: [],
  image: null,
  language: null,
  rights: null,
  published: null,
  archived: null,
  commentsUrl: null,
};

function assertComesBack(item: StoredItem): void {
  const text = renderArchiveDocument(item);
  const parsed = parseDocument({ kind: 'archive', locator: archiveFileName(item), text, warnings: [] });
  assert.ok('items' in parsed && parsed.items[0] !== undefined);
  const { item: back, warnings } = normaliseItem(
    parsed.items[0],
    { type: 'archive', url: null, timezone: null },
    CRAWLED,
  );
  assert.deepEqual(
    [...parsed.warnings, ...warnings].filter(({ code }) => code !== 'date-in-future'),
    [],
  );
  assert.deepEqual(back, {
    locator: '7_00112233445566aa.txt',
    guid: item.guid,
    url: item.url,
    title: item.title,
    contentHtml: item.contentHtml,
    summary: item.summary,
    authors: item.authors,
    categories: item.categories,
    enclosures: item.enclosures,
    image: item.image,
    language: item.language,
    rights: item.rights,
    published: item.published,
    updated: null,
    archived: item.archived,
    commentsUrl: item.commentsUrl,
    exported: { id: item.id, published: item.published, updated: item.updated, archived: item.archived },
  });
}

test('an item with everything comes back', () => assertComesBack(ITEM));

test('an item with nothing but text comes back, without a date', () =>
  assertComesBack({ ...ITEM, ...NOTHING }));

test('moments before year 0 and after 9999 come back', () => {
  for (const moment of [-8.64e15, -1, 0, 253_402_300_800_000, 8.64e15])
    assertComesBack({
      ...ITEM,
      published: moment as StoredItem['updated'],
      archived: moment as StoredItem['updated'],
    });
});

test('any title and address come back', () => {
  const character = fc.constantFrom('[', ']', '(', ')', '\\', '-', '<', '>', 'a', ' ', '湖', 'https://');
  fc.assert(
    fc.property(fc.array(character), fc.array(character), (title, path) => {
      assertComesBack({
        ...ITEM,
        title: title.join('').replaceAll(/\s+/g, ' ').trim(),
        url: parseHttpUrl(`https://a.example/${path.join('')}`),
      });
    }),
    { examples: [[[], [']', '(', 'https://']]], numRuns: 500 },
  );
});

test('writes the same bytes for the same item, and the archive format around them', () => {
  assert.equal(
    renderArchiveDocument({ ...ITEM, ...NOTHING, title: 'Title', url: parseHttpUrl('https://a.example/1') }),
    `<!--${CRAWLED}-->
[Title](https://a.example/1)
------

<p>Text &lt;b&gt;.</p>
<hr><p>More.</p>
<!--feedmill {"id":"00112233445566aa","published":null,"updated":"2024-05-31T23:59:57.000Z","archived":null}-->
`,
  );
});
