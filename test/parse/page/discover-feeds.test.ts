/** The feeds that web pages link to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discoverFeeds } from '../../../src/parse/page/discover-feeds.ts';
import { insteadOfPage } from '../../../src/parse/page/instead-of-page.ts';

const SITE = 'https://www.town.example/news/';

test('finds alternate links, feeds of comments last', () => {
  const page = `<head>
    <link rel="alternate" type="application/rss+xml" title="Town » Comments Feed" href="/comments/feed/">
    <LINK REL="Alternate Home" TYPE="application/rss+xml; charset=utf-8" title=" Town
      » Feed" HREF="/feed/">
    <link rel="alternate" type="application/feed+json" href="feed.json">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
    <link rel="alternate" hreflang="de" href="/de/">
    <link rel="stylesheet" type="text/css" href="/feed.css">
    <link rel="alternate" type="application/atom+xml" href="javascript:x()"></head>`;
  assert.deepEqual(discoverFeeds(page, SITE), [
    {
      url: 'https://www.town.example/feed/',
      title: 'Town » Feed',
      type: 'application/rss+xml; charset=utf-8',
    },
    { url: 'https://www.town.example/news/feed.json', title: null, type: 'application/feed+json' },
    {
      url: 'https://www.town.example/comments/feed/',
      title: 'Town » Comments Feed',
      type: 'application/rss+xml',
    },
  ]);
});

const ANCHORS: readonly (readonly [href: string, url: string | null, who: string])[] = [
  ['/rss.xml', 'https://www.town.example/rss.xml', 'most sites'],
  ['/index.rdf', 'https://www.town.example/index.rdf', 'Movable Type'],
  ['?feed=rss2', 'https://www.town.example/news/?feed=rss2', 'WordPress without pretty addresses'],
  ['https://feeds.other.example/town', null, 'a host for feeds, but nothing says what it is'],
  ['https://feeds.other.example/town/rss', 'https://feeds.other.example/town/rss', 'FeedBurner'],
  ['https://blog.town.example/atom', 'https://blog.town.example/atom', 'a host of the same site'],
  ['feed://town.example/a', 'http://town.example/a', 'Safari'],
  ['feed:https://town.example/a', 'https://town.example/a', 'older readers'],
  ['https://reader.example/add?url=https://town.example/feed', null, 'a button of a service'],
  ['/feedback', null, 'a form'],
  ['/grass', null, 'a word'],
  ['#feed', null, 'a place in the page'],
];

for (const [href, url, who] of ANCHORS)
  test(`takes a link to ${href} for ${url ?? 'no feed'} (${who})`, () => {
    const found = discoverFeeds(`<a href="${href}">RSS</a>`, SITE);
    assert.deepEqual(found, url === null ? [] : [{ url, title: 'RSS', type: null }]);
  });

test('lists each address once, and not without end', () => {
  const link = '<link rel="alternate" type="application/rss+xml" href="/1">';
  assert.equal(discoverFeeds(`${link}${link}<a href="/1">RSS</a>`, SITE).length, 1);
  const many = Array.from({ length: 500 }, (_, at) => `<a href="/rss/${at}">RSS</a>`).join('');
  assert.equal(discoverFeeds(many, SITE).length, 20);
});

test('tells whoever asked for a feed what to ask for instead', () => {
  const page = '<a href="/feed">RSS</a><a href="/atom">Atom</a>';
  assert.equal(
    insteadOfPage(page, SITE),
    'this is a web page, not a feed. Change url to the feed that it links to: https://www.town.example/feed, or to https://www.town.example/atom',
  );
  assert.match(insteadOfPage('<p>', SITE), /links to none.*type: page/);
});
