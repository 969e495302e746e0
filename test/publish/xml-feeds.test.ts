import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { assert as check, property, string } from 'fast-check';
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import type { ItemId, SafeHtml, StoredItem } from '../../src/model/item.ts';
import type { EpochMs } from '../../src/model/time.ts';
import type { HttpUrl } from '../../src/model/url.ts';
import { renderAtom } from '../../src/publish/atom.ts';
import { renderRss } from '../../src/publish/rss.ts';
import { at, sampleItem, samplePublication, sampleView, url } from './sample-view.ts';

/** An item of which nearly every part is bad, as no store should hold it. */
const HOSTILE: Partial<StoredItem> = {
  id: '00000000000000ff' as ItemId,
  title: 'bell \u0007 null \u0000 lone \uD800 none \uFFFE end ]]> <script>',
  contentHtml: '<p>\u0008a ]]> b\r\nc \uDC00</p>' as SafeHtml,
  summary: '\u000B',
  url: 'javascript:alert(1)' as HttpUrl,
  image: 'data:image/png;base64,x' as HttpUrl,
  commentsUrl: 'not an address' as HttpUrl,
  language: '"><x>',
  rights: '\u0001 all ]]> reserved',
  published: Number.NaN as EpochMs,
  updated: Number.POSITIVE_INFINITY as EpochMs,
  authors: [
    { name: null, url: null, email: null },
    { name: '\u0002', url: 'ftp://x.example/' as HttpUrl, email: 'a b' },
  ],
  enclosures: [
    {
      url: 'javascript:1' as HttpUrl,
      mediaType: 'audio/mpeg',
      bytes: Number.NaN,
      seconds: null,
      title: null,
    },
    {
      url: url('https://m.example/b.MP3'),
      mediaType: '"/><x',
      bytes: -1,
      seconds: null,
      title: '\u0003"<',
    },
  ],
  categories: ['', '\u0004', 'a"<&>\n b'],
};

function linksOf(xml: string): string[] {
  return (parseAtomFeed(xml).links ?? []).map(({ rel, href }) => `${rel} ${href}`);
}

/** A title on one line, less what XML 1.0 cannot say. */
function sayable(text: string): string {
  return text
    .replace(/[\p{Cs}\p{Noncharacter_Code_Point}]/gu, '')
    .replace(/[^\P{Cc}\t\n\r\x7F-\x9F]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('Atom', () => {
  test('is read back with the values that were put in', () => {
    const feed = parseAtomFeed(renderAtom(sampleView()));
    assert.deepEqual(feed, {
      id: 'urn:feedmill:feed:main',
      title: { value: 'Harbour News & Views' },
      subtitle: { value: 'What happens <at> the harbour' },
      updated: '2026-03-02T09:00:00.000Z',
      generator: { text: 'Feedmill' },
      authors: [{ name: 'Harbour News & Views' }],
      links: [
        { rel: 'alternate', href: 'https://mill.example/feeds/main' },
        { rel: 'self', href: 'https://mill.example/feed.xml' },
      ],
      xml: { lang: 'zh-Hant' },
      entries: [
        {
          id: 'urn:feedmill:12c9f2044e8975ae',
          title: { value: sampleItem().title },
          summary: { value: 'Boats < ferries & more' },
          content: { value: sampleItem().contentHtml, type: 'html' },
          published: '2026-03-01T08:30:00.123Z',
          updated: '2026-03-02T09:00:00.000Z',
          rights: { value: '© 2026 Harbour & Co.' },
          authors: [
            { name: '王小明', uri: 'https://www.harbour.example/wang', email: 'wang@harbour.example' },
            { name: 'Ann "A" <Lee>' },
          ],
          categories: [{ term: '港口 & 船' }, { term: '<Traffic>' }],
          links: [
            { href: 'https://www.harbour.example/ferry?a=1&b=2' },
            {
              rel: 'enclosure',
              href: 'https://media.example/a.mp3?x=1&y=2',
              type: 'audio/mpeg',
              length: 12345,
              title: 'Listen',
            },
            { rel: 'enclosure', href: 'https://media.example/plan.pdf', type: 'application/pdf' },
            { rel: 'replies', href: 'https://www.harbour.example/ferry/comments', type: 'text/html' },
          ],
          media: {
            contents: [{ url: 'https://img.example/a.jpg?w=1&h=2', type: 'image/jpeg', medium: 'image' }],
            thumbnails: [{ url: 'https://img.example/a.jpg?w=1&h=2' }],
          },
          xml: { lang: 'zh-Hant' },
        },
      ],
    });
  });

  test('says nothing of a publication date that nobody told, and keeps one of the future', () => {
    const items = [
      sampleItem({ published: null }),
      sampleItem({ id: '0000000000000002' as ItemId, published: at('2099-01-01T00:00:00Z') }),
    ];
    const entries = parseAtomFeed(renderAtom(sampleView(items))).entries ?? [];
    assert.deepEqual(
      entries.map(({ published, updated }) => ({ published, updated })),
      [
        { published: undefined, updated: '2026-03-02T09:00:00.000Z' },
        { published: '2099-01-01T00:00:00.000Z', updated: '2026-03-02T09:00:00.000Z' },
      ],
    );
  });

  test('leads from the feed to its latest archive page, and from page to page', () => {
    const feed = renderAtom(sampleView([], { archive: { page: null, previousPage: 3, nextPage: null } }));
    const page = renderAtom(sampleView([], { archive: { page: 2, previousPage: 1, nextPage: 3 } }));
    assert.deepEqual(linksOf(feed), [
      'prev-archive https://mill.example/feeds/main/archive/3.atom',
      'alternate https://mill.example/feeds/main',
      'self https://mill.example/feed.xml',
    ]);
    assert.deepEqual(linksOf(page), [
      'prev-archive https://mill.example/feeds/main/archive/1.atom',
      'next-archive https://mill.example/feeds/main/archive/3.atom',
      'current https://mill.example/feed.xml',
      'alternate https://mill.example/feeds/main',
      'self https://mill.example/feeds/main/archive/2.atom',
    ]);
    assert.equal(feed.includes('<fh:archive/>'), false);
    assert.equal(page.includes('<fh:archive/>'), true);
  });

  test('carries the token of its publication in its own addresses', () => {
    const publication = samplePublication({ token: 'a&b' });
    const feed = parseAtomFeed(renderAtom(sampleView([sampleItem({ url: null })], { publication })));
    assert.deepEqual(
      [...(feed.links ?? []), ...(feed.entries?.[0]?.links?.slice(0, 1) ?? [])].map(({ href }) => href),
      [
        'https://mill.example/feeds/main?token=a%26b',
        'https://mill.example/feed.xml?token=a%26b',
        'https://mill.example/items/12c9f2044e8975ae?token=a%26b',
      ],
    );
  });

  test('offers the summary alone, or an excerpt, where the publication says so', () => {
    const publication = samplePublication({ content: 'summary' });
    const items = [sampleItem(), sampleItem({ id: '0000000000000002' as ItemId, summary: null })];
    const entries = parseAtomFeed(renderAtom(sampleView(items, { publication }))).entries ?? [];
    assert.deepEqual(
      entries.map(({ content, summary }) => ({ content, summary: summary?.value })),
      [
        { content: undefined, summary: 'Boats < ferries & more' },
        { content: undefined, summary: '第一段。粗 & <未標>' },
      ],
    );
  });

  test('leaves pictures out where the publication wants none', () => {
    const publication = samplePublication({ images: 'none' });
    const xml = renderAtom(sampleView([sampleItem()], { publication }));
    assert.equal(xml.includes('img.example'), false);
    assert.equal(xml.includes('第一段。'), true);
  });
});

describe('RSS', () => {
  test('is read back with the values that were put in', () => {
    const feed = parseRssFeed(renderRss(sampleView()));
    assert.deepEqual(feed, {
      title: 'Harbour News & Views',
      link: 'https://mill.example/feeds/main',
      description: 'What happens <at> the harbour',
      language: 'zh-Hant',
      lastBuildDate: 'Mon, 02 Mar 2026 09:00:00 GMT',
      generator: 'Feedmill',
      docs: 'https://validator.w3.org/feed/docs/rss2.html',
      atom: {
        links: [{ rel: 'self', href: 'https://mill.example/feeds/main.rss', type: 'application/rss+xml' }],
      },
      items: [
        {
          title: sampleItem().title,
          link: 'https://www.harbour.example/ferry?a=1&b=2',
          description: 'Boats &lt; ferries &amp; more',
          content: { encoded: sampleItem().contentHtml },
          guid: { value: 'urn:feedmill:12c9f2044e8975ae', isPermaLink: false },
          pubDate: 'Sun, 01 Mar 2026 08:30:00 GMT',
          authors: [{ name: '王小明', email: 'wang@harbour.example' }],
          categories: [{ name: '港口 & 船' }, { name: '<Traffic>' }],
          comments: 'https://www.harbour.example/ferry/comments',
          enclosures: [{ url: 'https://media.example/a.mp3?x=1&y=2', type: 'audio/mpeg', length: 12345 }],
          dc: {
            creators: ['王小明', 'Ann "A" <Lee>'],
            languages: ['zh-Hant'],
            rights: ['© 2026 Harbour & Co.'],
          },
          atom: { updated: '2026-03-02T09:00:00.000Z' },
          media: {
            contents: [
              { url: 'https://media.example/plan.pdf', type: 'application/pdf' },
              { url: 'https://img.example/a.jpg?w=1&h=2', type: 'image/jpeg', medium: 'image' },
            ],
            thumbnails: [{ url: 'https://img.example/a.jpg?w=1&h=2' }],
          },
        },
      ],
    });
  });

  test('has no pubDate where nobody told one, and the text as description where there is no title', () => {
    const items = [sampleItem({ published: null, title: '', summary: null })];
    const item = parseRssFeed(renderRss(sampleView(items))).items?.[0];
    assert.deepEqual(
      { title: item?.title, pubDate: item?.pubDate, description: item?.description },
      { title: undefined, pubDate: undefined, description: sampleItem().contentHtml },
    );
  });
});

describe('one bad item', () => {
  const items = [sampleItem(), sampleItem(HOSTILE), sampleItem({ id: 'not-an-id' as ItemId })];

  test('is published without its bad parts, and one without an id is left out', () => {
    const entries = parseAtomFeed(renderAtom(sampleView(items))).entries ?? [];
    assert.equal(entries.length, 2);
    assert.deepEqual(entries[1], {
      id: 'urn:feedmill:00000000000000ff',
      title: { value: 'bell null lone none end ]]> <script>' },
      content: { value: '<p>a ]]&gt; b\nc </p>', type: 'html' },
      rights: { value: 'all ]]> reserved' },
      updated: '2026-03-01T09:05:00.000Z',
      categories: [{ term: 'a"<&> b' }],
      links: [
        { href: 'https://mill.example/items/00000000000000ff' },
        { rel: 'enclosure', href: 'https://m.example/b.MP3', type: 'audio/mpeg', title: '"<' },
      ],
    });
  });

  test('leaves the others as they were', () => {
    const alone = parseRssFeed(renderRss(sampleView())).items?.[0];
    const beside = parseRssFeed(renderRss(sampleView(items))).items ?? [];
    assert.deepEqual([beside.length, beside[0]], [2, alone]);
  });
});

test('whatever the texts, both formats read back as the title that went in, less what XML cannot say', () => {
  check(
    property(string({ unit: 'binary' }), string({ unit: 'binary' }), (title, rights) => {
      const view = sampleView([sampleItem({ title, rights, contentHtml: rights as SafeHtml })]);
      const atom = parseAtomFeed(renderAtom(view)).entries?.[0];
      const rss = parseRssFeed(renderRss(view)).items?.[0];
      const wanted = sayable(title) === '' ? undefined : sayable(title);
      assert.deepEqual([atom?.title?.value, rss?.title], [wanted, wanted]);
    }),
    { numRuns: 300 },
  );
});

test('an XML parser of another house accepts both formats', (t) => {
  if (spawnSync('xmllint', ['--version']).error !== undefined) {
    t.skip('xmllint is not installed here; feedsmith above reads the same feeds');
    return;
  }
  const view = sampleView([sampleItem(), sampleItem(HOSTILE)], {
    archive: { page: 2, previousPage: 1, nextPage: 3 },
    publication: samplePublication({ title: ']]> & <x> \u0000', icon: 'https://img.example/i.png?a=1&b=2' }),
  });
  for (const input of [renderAtom(view), renderRss(view)]) {
    const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input, encoding: 'utf8' });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  }
});

test('rendering the same view again gives the same bytes', () => {
  const view = sampleView();
  assert.equal(renderAtom(view), renderAtom(view));
  assert.equal(renderRss(view), renderRss(view));
});
