import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOpml } from 'feedsmith';
import { renderFeedsOpml, renderSourcesOpml } from '../../src/publish/opml.ts';

test('sources stand in their folders, and a directory is named without an address', () => {
  const opml = parseOpml(
    renderSourcesOpml('Sources', [
      { title: 'seeds', folder: null, feedUrl: null, pageUrl: null },
      { title: 'A & "B"', folder: 'News <1>', feedUrl: 'https://a.example/f?x=1&y=2', pageUrl: null },
      { title: 'last', folder: null, feedUrl: 'https://l.example/f', pageUrl: 'https://l.example/' },
    ]),
  );
  assert.deepEqual(opml, {
    head: { title: 'Sources' },
    body: {
      outlines: [
        { text: 'seeds', title: 'seeds' },
        {
          text: 'last',
          title: 'last',
          type: 'rss',
          xmlUrl: 'https://l.example/f',
          htmlUrl: 'https://l.example/',
        },
        {
          text: 'News <1>',
          title: 'News <1>',
          outlines: [
            { text: 'A & "B"', title: 'A & "B"', type: 'rss', xmlUrl: 'https://a.example/f?x=1&y=2' },
          ],
        },
      ],
    },
  });
});

test('publications are subscriptions', () => {
  const opml = parseOpml(
    renderFeedsOpml('Feeds', [
      {
        title: '港口',
        description: '',
        language: 'zh-Hant',
        feedUrl: 'https://mill.example/feed.xml',
        format: 'atom',
        pageUrl: 'https://mill.example/feeds/main',
      },
    ]),
  );
  assert.deepEqual(opml.body?.outlines, [
    {
      text: '港口',
      title: '港口',
      type: 'rss',
      version: 'atom',
      xmlUrl: 'https://mill.example/feed.xml',
      htmlUrl: 'https://mill.example/feeds/main',
      language: 'zh-Hant',
    },
  ]);
});

test('an empty list is a document still', () => {
  assert.deepEqual(parseOpml(renderFeedsOpml('None', [])).head, { title: 'None' });
});
