/** What a document said becomes what we mean. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawItem } from '../../src/model/item.ts';
import type { EpochMs } from '../../src/model/time.ts';
import { normaliseItem } from '../../src/normalise/normalise-item.ts';
import { emptyRawItem } from '../../src/parse/raw-item.ts';

const NOW = Date.UTC(2024, 5, 1) as EpochMs;
const ARCHIVE = { type: 'archive', url: null, timezone: null } as const;

function normalise(raw: Partial<RawItem>, url: string | null = null) {
  const { item, warnings } = normaliseItem({ ...emptyRawItem('a.txt'), ...raw }, { ...ARCHIVE, url }, NOW);
  return { item, messages: warnings.map(({ message }) => message) };
}

test('leaves everything unsaid null', () => {
  const { item, messages } = normalise({});
  assert.deepEqual(messages, []);
  assert.deepEqual(item, {
    locator: 'a.txt',
    guid: null,
    url: null,
    title: '',
    contentHtml: '',
    summary: null,
    authors: [],
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    rights: null,
    published: null,
    updated: null,
    archived: null,
    commentsUrl: null,
    exported: null,
  });
});

const ADDRESSES: readonly (readonly [written: string, url: string | null, message: string | null])[] = [
  ['https://A.example/a b', 'https://a.example/a%20b', null],
  ['/a/1', null, 'URL is not absolute; left out'],
  ['javascript:x()', null, 'scheme javascript: not allowed; URL left out'],
  ['https://', null, 'URL cannot be read; left out'],
  [`https://a.example/${'a'.repeat(9000)}`, null, 'URL longer than 8192; left out'],
];

for (const [written, url, message] of ADDRESSES)
  test(`takes ${written.slice(0, 30)} for ${url ?? 'no address'}`, () => {
    const { item, messages } = normalise({ url: written });
    assert.deepEqual({ url: item.url, messages }, { url, messages: message === null ? [] : [message] });
  });

test('reads relative addresses of a feed against the feed', () => {
  const { item } = normalise(
    {
      url: '../1',
      image: 'a.png',
      enclosures: [{ url: 'a.mp3', mediaType: null, bytes: '12', seconds: 'x', title: null }],
    },
    'https://a.example/b/feed',
  );
  assert.deepEqual(
    [item.url, item.image, item.enclosures],
    [
      'https://a.example/1',
      'https://a.example/b/a.png',
      [{ url: 'https://a.example/b/a.mp3', mediaType: null, bytes: 12, seconds: null, title: null }],
    ],
  );
});

test('takes an archive title literally and reads the markup of a feed title', () => {
  const title = '<b>x</b> &amp; y';
  assert.equal(normalise({ title }).item.title, title);
  assert.equal(normalise({ title, titleType: 'html' }).item.title, 'x & y');
});

test('cuts an endless title, and says so', () => {
  const { item, messages } = normalise({ title: '長'.repeat(100_000) });
  assert.equal(item.title, `${'長'.repeat(999)}…`);
  assert.deepEqual(messages, ['title of 100000 characters cut to 1000']);
});

test('dates an item by the publisher, else by its archive, and never by guessing', () => {
  const archived = Date.UTC(2023, 0, 1) as EpochMs;
  const said = (published: string) => normalise({ published, archived }).item.published;
  assert.equal(said('2024-01-02T03:04:05+08:00'), Date.UTC(2024, 0, 1, 19, 4, 5));
  assert.equal(said('Tue, 02 Jan 2024 03:04:05 GMT'), Date.UTC(2024, 0, 2, 3, 4, 5));
  assert.equal(said('02/01/2024 03:04'), archived);
  assert.equal(normalise({}).item.published, null);
});

test('keeps a date in the future, and says so', () => {
  const { item, messages } = normalise({ archived: 253_402_300_799_000 as EpochMs });
  assert.equal(item.published, 253_402_300_799_000);
  assert.deepEqual(messages, [
    'date is in the future (9999-12-31); kept, but not used for ordering above now',
  ]);
});

test('an exported item is dated as it was, even where it had no date', () => {
  const exported = { id: null, published: null, updated: NOW, archived: null };
  assert.equal(normalise({ exported, archived: NOW }).item.published, null);
});

test('sets plain text, with its first sentence as title and its credit as author', () => {
  const { item } = normalise({ contentText: '潮水退了。<b>船</b>还在。 据湖畔社\n' });
  assert.deepEqual(
    [item.title, item.contentHtml, item.authors],
    [
      '潮水退了。',
      '<p>潮水退了。&lt;b&gt;船&lt;/b&gt;还在。</p>\n<p>据湖畔社</p>',
      [{ name: '湖畔社', url: null, email: null }],
    ],
  );
});

function fromFeed(raw: Partial<RawItem>) {
  const source = { type: 'feed', url: 'https://a.example/feed', timezone: 'Europe/Berlin' } as const;
  return normaliseItem({ ...emptyRawItem('1'), ...raw }, source, NOW);
}

const body = (raw: Partial<RawItem>) => fromFeed(raw).item.contentHtml;
const dates = (raw: Partial<RawItem>) => [fromFeed(raw).item.published, fromFeed(raw).item.updated];

test('takes the fullest text of a feed that says anything', () => {
  const summaryHtml = 'in <i>short</i>';
  assert.equal(body({ contentHtml: '<p>all</p>', contentText: 'all', summaryHtml }), '<p>all</p>');
  assert.equal(body({ contentHtml: ' \n', summaryHtml }), summaryHtml);
  assert.equal(
    body({ contentText: 'one <b>\r\ntwo\r\n \r\n\r\nthree & four\n', summaryHtml }),
    '<p>one &lt;b&gt;<br>two</p>\n<p>three &amp; four</p>',
  );
  assert.equal(body({}), '');
});

test('dates in the zone of the source, and by the update where nothing else is said', () => {
  const [may, june] = [Date.UTC(2023, 4, 1, 8, 30), Date.UTC(2023, 5, 1)];
  assert.deepEqual(dates({ published: '2023-05-01 10:30' }), [may, null]);
  assert.deepEqual(dates({ updated: '2023-06-01T00:00:00Z' }), [june, june]);
  assert.deepEqual(dates({ published: 'yesterday', updated: '2023-06-01T00:00:00Z' }), [null, june]);
});

test('does not believe a date years ahead, and says which', () => {
  const { item, warnings } = fromFeed({ published: '2050-01-01' });
  assert.equal(item.published, null);
  assert.deepEqual(warnings, [
    {
      code: 'date-unreadable',
      message: 'a date cannot be read or believed (2050-01-01); treated as unknown',
      where: '1',
    },
  ]);
});

test('takes an attached picture for the image where none is named', () => {
  const enclosures = ['audio/mpeg', 'image/png'].map((mediaType, at) => ({
    url: `/${at}`,
    mediaType,
    bytes: null,
    seconds: null,
    title: null,
  }));
  assert.equal(fromFeed({ enclosures }).item.image, 'https://a.example/1');
  assert.equal(fromFeed({ enclosures, image: '/2' }).item.image, 'https://a.example/2');
});
