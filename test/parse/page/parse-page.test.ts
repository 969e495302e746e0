/** Web pages read by selectors, by what they say for machines, and by what is obvious. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawItem } from '../../../src/model/item.ts';
import type { PageSource } from '../../../src/model/source.ts';
import type { HttpUrl } from '../../../src/model/url.ts';
import { parsePage } from '../../../src/parse/page/parse-page.ts';

type Select = PageSource['select'];

const NOTHING: Select = {
  item: null,
  title: null,
  link: null,
  date: null,
  content: null,
  next: null,
  pages: 1,
};
const ADDRESS = 'https://town.example/news/' as HttpUrl;

function parse(text: string, select: Partial<Select>) {
  const document = { kind: 'fetched', locator: ADDRESS, url: ADDRESS, mediaType: 'text/html', text } as const;
  return parsePage({ ...document, warnings: [] }, { ...NOTHING, ...select });
}

function read(text: string, select: Partial<Select>) {
  const parsed = parse(text, select);
  assert.ok(!('rejected' in parsed), JSON.stringify(parsed));
  return parsed;
}

/** What an item says, without what it leaves unsaid. */
function items(text: string, select: Partial<Select>): Partial<RawItem>[] {
  return read(text, select).items.map((item) =>
    Object.fromEntries(
      Object.entries(item).filter(
        ([name, value]) =>
          !['locator', 'titleType'].includes(name) &&
          value !== null &&
          (!Array.isArray(value) || value.length > 0),
      ),
    ),
  );
}

const TOWN = `<!doctype html><html lang="en"><head><title>Town news</title>
<meta name="description" content="What happens in town"><link rel="icon" href="/icon.png"></head><body>
<ul>
  <li class="news"><a href="bridge">The  bridge
 is open</a> <time datetime="2023-05-01T10:00+02:00">1 May</time><div class="body"><p>Come <a href="/map">here</a>.</p></div>
  <li class="news"><a href="/fair?a=1&amp;b=2">The fair</a> <time datetime="2023-04-30">yesterday</time><div class="body">At <b>noon</b>.</div>
  <li class="news advert">
</ul>
<a class="next" href="?page=2">older</a></body></html>`;

const TOWN_SELECT = { item: 'li.news', title: 'a', link: 'a@href', date: 'time@datetime', content: '.body' };

test('reads the items of a page by the selectors', () => {
  assert.deepEqual(items(TOWN, TOWN_SELECT), [
    {
      url: 'https://town.example/news/bridge',
      title: 'The bridge is open',
      contentHtml: '<p>Come <a href="https://town.example/map">here</a>.</p>',
      published: '2023-05-01T10:00+02:00',
    },
    {
      url: 'https://town.example/fair?a=1&b=2',
      title: 'The fair',
      contentHtml: 'At <b>noon</b>.',
      published: '2023-04-30',
    },
  ]);
});

test('finds the obvious parts where only the items are named', () => {
  const [bridge] = items(TOWN, { item: '.news' });
  assert.deepEqual(bridge, {
    url: 'https://town.example/news/bridge',
    title: 'The bridge is open',
    published: '2023-05-01T10:00+02:00',
  });
  const cards = '<a class="card" href="/1"><h3>One</h3> more</a><a class="card" href="/2">Two</a>';
  assert.deepEqual(items(cards, { item: '.card' }), [
    { url: 'https://town.example/1', title: 'One' },
    { url: 'https://town.example/2', title: 'Two' },
  ]);
});

test('describes the page', () => {
  const { title, url, language, about } = read(TOWN, { ...TOWN_SELECT, next: 'a.next@href', pages: 3 });
  assert.deepEqual({ title, url, language }, { title: 'Town news', url: ADDRESS, language: 'en' });
  assert.deepEqual(
    { description: about?.description, icon: about?.icon, nextUrl: about?.nextUrl },
    {
      description: 'What happens in town',
      icon: 'https://town.example/icon.png',
      nextUrl: 'https://town.example/news/?page=2',
    },
  );
});

const nextUrl = (html: string, select: Partial<Select>) =>
  read(`<p>x</p>${html}`, { item: 'p', content: '@class', title: '@id', ...select }).about?.nextUrl;

test('goes on to the next page only where one is asked for and there is another', () => {
  const page =
    '<p id="a">x</p><link rel="next" href="/2"><a class="n" href="/3">n</a><b class="own"><a href="">n</a></b>';
  assert.equal(nextUrl(page, { pages: 2 }), 'https://town.example/2');
  assert.equal(nextUrl(page, { pages: 2, next: '.n' }), 'https://town.example/3');
  assert.equal(nextUrl(page, { pages: 2, next: '.own' }), null);
  assert.equal(nextUrl(page, { pages: 2, next: '.none' }), null);
  assert.equal(nextUrl(page, { pages: 1, next: '.n' }), null);
});

test('reads attributes of the item itself, dates of time elements, and addresses from base', () => {
  const page = `<base href="/deep/"><div class="i" data-url="1" title="One"><time datetime="2023-05-01">May</time></div>
    <div class="i" data-url="2" title="Two"><time>2023-05-02</time></div>`;
  assert.deepEqual(items(page, { item: '.i', title: '@title', link: '@data-url', date: 'time' }), [
    { url: 'https://town.example/deep/1', title: 'One', published: '2023-05-01' },
    { url: 'https://town.example/deep/2', title: 'Two', published: '2023-05-02' },
  ]);
});

test('joins all elements that are content, each once', () => {
  const page = '<article><h2>T</h2><p>one</p><p>two <span class="p">in</span></p><aside>ad</aside></article>';
  assert.equal(
    items(page, { item: 'article', content: 'p, .p' })[0]?.contentHtml,
    '<p>one</p>\n<p>two <span class="p">in</span></p>',
  );
});

const JSON_LD = `<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebPage", "name": "no item"},
  {"@type": ["NewsArticle"], "headline": "Bridge &amp; river", "url": "/bridge", "datePublished": "2023-05-01",
   "dateModified": "2023-05-02", "author": [{"@type": "Person", "name": "Ann", "url": "/ann"}, "Bo"],
   "image": {"@type": "ImageObject", "url": "/b.jpg"}, "keywords": "bridge, river", "articleSection": ["Town"],
   "description": "It is <open>", "articleBody": "One.\\n\\nTwo.", "inLanguage": "en"},
  {"@type": "BlogPosting", "name": "The fair", "mainEntityOfPage": {"@id": "https://town.example/fair"}}]}
</script>`;
const LIST = `<script type="application/ld+json">[{"@type": "ItemList", "itemListElement": [
  {"@type": "ListItem", "position": 1, "url": "/1", "name": "One"},
  {"@type": "ListItem", "position": 2, "item": {"@type": "Article", "url": "/2", "headline": "Two"}}]}]</script>`;

test('takes what the page describes as JSON-LD where no selector is given', () => {
  assert.deepEqual(items(JSON_LD, {}), [
    {
      url: 'https://town.example/bridge',
      title: 'Bridge &amp; river',
      contentText: 'One.\n\nTwo.',
      summaryHtml: 'It is &lt;open&gt;',
      authors: [
        { name: 'Ann', url: 'https://town.example/ann', email: null },
        { name: 'Bo', url: null, email: null },
      ],
      categories: ['Town', 'bridge', 'river'],
      image: 'https://town.example/b.jpg',
      language: 'en',
      published: '2023-05-01',
      updated: '2023-05-02',
    },
    { url: 'https://town.example/fair', title: 'The fair' },
  ]);
  assert.deepEqual(items(LIST, {}), [
    { url: 'https://town.example/1', title: 'One' },
    { url: 'https://town.example/2', title: 'Two' },
  ]);
});

test('fills from JSON-LD what the selectors do not find', () => {
  const page = `${JSON_LD}<p class="i"><a href="/bridge">Bridge</a></p>`;
  const [item] = items(page, { item: '.i', title: 'a', link: 'a@href' });
  assert.equal(item?.title, 'Bridge');
  assert.equal(item?.published, '2023-05-01');
  assert.equal(item?.contentText, 'One.\n\nTwo.');
});

const MICRODATA = `<div itemscope itemtype="https://schema.org/BlogPosting"><h2 itemprop="headline">The <i>fair</i></h2>
  <a itemprop="url" href="/fair">more</a><meta itemprop="datePublished" content="2023-05-01">
  <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ann</b></span>
  <div itemprop="articleBody">At <a href="/n">noon</a></div></div>
  <div itemscope itemtype="https://schema.org/Person"><b itemprop="name">Nobody</b></div>`;

test('takes what the page describes as microdata, a person within an item apart', () => {
  const fair = {
    url: 'https://town.example/fair',
    title: 'The fair',
    contentHtml: 'At <a href="https://town.example/n">noon</a>',
    authors: [{ name: 'Ann', url: null, email: null }],
    published: '2023-05-01',
  };
  assert.deepEqual(items(MICRODATA, {}), [fair]);
  assert.deepEqual(items(`<section>${MICRODATA}</section>`, { item: 'section' }), [fair]);
});

test('takes an item once, however often the page shows it', () => {
  const page = '<p><a href="/1">One</a></p><p><a href="/1">One, again</a><time>2023-05-01</time></p>';
  assert.deepEqual(items(page, { item: 'p' }), [
    { url: 'https://town.example/1', title: 'One', published: '2023-05-01' },
  ]);
});

test('passes over JSON-LD that cannot be read, and says so', () => {
  const { items: found, warnings } = read(`<script type="application/ld+json">{oops</script>${LIST}`, {});
  assert.equal(found.length, 2);
  assert.deepEqual(warnings, [
    {
      code: 'json-ld-unreadable',
      message: "1 of the page's JSON-LD scripts cannot be read; passed over",
      where: ADDRESS,
    },
  ]);
});

function codes(text: string, select: Partial<Select>) {
  const parsed = parse(text, select);
  if (!('rejected' in parsed)) return [];
  const { code, message } = parsed.rejected;
  return [code, /correct the selector|Name their|robots/.exec(message)?.[0]];
}

test('rejects a page without items, and says what to do', () => {
  assert.deepEqual(codes('<p>x</p>', { item: '.gone' }), ['not-a-feed', 'correct the selector']);
  assert.deepEqual(codes('<p>x</p>', {}), ['not-a-feed', 'Name their']);
  assert.deepEqual(codes('<title>Just a moment...</title>', { item: '.i' }), ['blocked-content', 'robots']);
});

test('survives pages that nest and repeat without end', () => {
  const deep = read('<div class="i"><a href="/1">One</a>'.repeat(5000), { item: '.i', content: 'div' });
  assert.equal(deep.items.length, 1);
  const ld = `<script type="application/ld+json">${'['.repeat(5000)}${']'.repeat(5000)}</script>`;
  assert.ok('rejected' in parse(ld, {}));
});
