import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJsonFeed } from 'feedsmith';
import type { ItemId } from '../../src/model/item.ts';
import { renderJsonFeed } from '../../src/publish/json-feed.ts';
import { sampleItem, samplePublication, sampleView } from './sample-view.ts';

test('JSON Feed 1.1 says everything that an item has', () => {
  const text = renderJsonFeed(sampleView());
  assert.deepEqual(JSON.parse(text), {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Harbour News & Views',
    home_page_url: 'https://mill.example/feeds/main',
    feed_url: 'https://mill.example/feeds/main.json',
    description: 'What happens <at> the harbour',
    authors: [{ name: 'Harbour News & Views', url: 'https://mill.example/feeds/main' }],
    language: 'zh-Hant',
    items: [
      {
        id: 'urn:feedmill:12c9f2044e8975ae',
        url: 'https://www.harbour.example/ferry?a=1&b=2',
        title: sampleItem().title,
        content_html: sampleItem().contentHtml,
        summary: 'Boats < ferries & more',
        image: 'https://img.example/a.jpg?w=1&h=2',
        date_published: '2026-03-01T08:30:00.123Z',
        date_modified: '2026-03-02T09:00:00.000Z',
        authors: [{ name: '王小明', url: 'https://www.harbour.example/wang' }, { name: 'Ann "A" <Lee>' }],
        tags: ['港口 & 船', '<Traffic>'],
        language: 'zh-Hant',
        attachments: [
          {
            url: 'https://media.example/a.mp3?x=1&y=2',
            mime_type: 'audio/mpeg',
            title: 'Listen',
            size_in_bytes: 12345,
            duration_in_seconds: 61,
          },
          { url: 'https://media.example/plan.pdf', mime_type: 'application/pdf' },
        ],
        _feedmill: { rights: '© 2026 Harbour & Co.' },
      },
    ],
  });
  assert.equal(parseJsonFeed(text).items?.[0]?.id, 'urn:feedmill:12c9f2044e8975ae');
});

test('leaves out what nobody said', () => {
  const bare = sampleItem({
    id: '0000000000000001' as ItemId,
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
  });
  const feed = JSON.parse(renderJsonFeed(sampleView([bare])));
  assert.deepEqual(feed.items, [
    {
      id: 'urn:feedmill:0000000000000001',
      url: 'https://mill.example/items/0000000000000001',
      content_html: bare.contentHtml,
      date_modified: '2026-03-02T09:00:00.000Z',
    },
  ]);
});

test('gives plain text instead of the content where the publication offers summaries', () => {
  const publication = samplePublication({ content: 'summary' });
  const [item] = JSON.parse(renderJsonFeed(sampleView([sampleItem()], { publication }))).items;
  assert.deepEqual([item.content_html, item.content_text], [undefined, 'Boats < ferries & more']);
});
