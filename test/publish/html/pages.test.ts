import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from 'cheerio';
import type { SafeHtml } from '../../../src/model/item.ts';
import type { HttpUrl } from '../../../src/model/url.ts';
import { renderFeedPage } from '../../../src/publish/html/feed-page.ts';
import { renderErrorPage, renderFrontPage } from '../../../src/publish/html/front-page.ts';
import { renderItemPage } from '../../../src/publish/html/item-page.ts';
import { STYLESHEET, STYLESHEET_PATH } from '../../../src/publish/html/stylesheet.ts';
import { publicationUrls } from '../../../src/publish/publication-view.ts';
import { sampleItem, samplePublication, sampleView } from '../sample-view.ts';

const BASE = 'https://mill.example';

function itemPage(changes: Parameters<typeof sampleItem>[0] = {}) {
  const item = sampleItem(changes);
  return renderItemPage({ item, base: BASE, timezone: 'Asia/Taipei', publication: null });
}

/** Every address that a page makes a browser fetch by itself. */
function loadedBy(html: string): string[] {
  const $ = load(html);
  return $('[src], link[rel=stylesheet], [srcset], [poster], object, iframe, script')
    .toArray()
    .map((element) => `${element.tagName} ${$(element).attr('src') ?? $(element).attr('href') ?? ''}`);
}

describe('the page of a feed', () => {
  test('shows title, ways to subscribe, and items with date, source and excerpt', () => {
    const $ = load(renderFeedPage(sampleView()));
    assert.equal($('h1').text(), 'Harbour News & Views');
    assert.equal($('main').attr('lang'), 'zh-Hant');
    assert.deepEqual(
      $('.subscribe a')
        .toArray()
        .map((link) => $(link).attr('href')),
      ['/feed.xml', '/feeds/main.rss', '/feeds/main.json'],
    );
    assert.deepEqual(
      $('link[rel=alternate]')
        .toArray()
        .map((link) => $(link).attr('type')),
      ['application/atom+xml', 'application/rss+xml', 'application/feed+json'],
    );
    const row = $('.items li');
    assert.equal(row.attr('lang'), 'zh-Hant');
    assert.equal(row.find('h2 bdi').text(), sampleItem().title);
    assert.equal(row.find('h2 a').attr('href'), '/items/12c9f2044e8975ae');
    assert.equal(row.find('time').attr('datetime'), '2026-03-01T08:30:00.123Z');
    assert.equal(row.find('time').text(), '2026年3月1日 下午4:30');
    assert.equal(row.find('.meta span').text(), 'harbour.example');
    assert.equal(row.find('.excerpt').text(), 'Boats < ferries & more');
  });

  test('links by path below the base address, so that it works under any name of the server', () => {
    const view = sampleView([sampleItem()], {
      urls: publicationUrls(samplePublication(), 'https://mill.example/feeds-of-ours'),
    });
    const $ = load(renderFeedPage(view));
    assert.equal($('link[rel=stylesheet]').attr('href'), `/feeds-of-ours${STYLESHEET_PATH}`);
    assert.equal($('.items h2 a').attr('href'), '/feeds-of-ours/items/12c9f2044e8975ae');
  });

  test('names an item without a title by the opening of its text', () => {
    const $ = load(renderFeedPage(sampleView([sampleItem({ title: '', summary: null })])));
    assert.equal($('.items h2').text(), '第一段。粗 & <未標>');
  });

  test('tells the day of arrival as such where nobody told a publication date', () => {
    const $ = load(renderFeedPage(sampleView([sampleItem({ published: null })])));
    assert.equal($('.items .meta').text(), 'received March 1, 2026 at 5:05 PMharbour.example');
  });

  test('says so where there is nothing', () => {
    assert.match(load(renderFeedPage(sampleView([])))('.empty').text(), /Nothing here yet/);
  });
});

describe('the page of an item', () => {
  test('holds the text in an article with its language, and everything that is known', () => {
    const $ = load(itemPage());
    const article = $('article');
    assert.equal(article.attr('lang'), 'zh-Hant');
    assert.equal(article.find('h1').text(), sampleItem().title);
    assert.equal(article.find('.text b').text(), '粗');
    assert.equal(article.find('h1 a').attr('href'), 'https://www.harbour.example/ferry?a=1&b=2');
    const about = Object.fromEntries(
      $('.about dt')
        .toArray()
        .map((term) => [$(term).text(), $(term).next('dd').text()]),
    );
    assert.deepEqual(about, {
      Original: 'https://www.harbour.example/ferry?a=1&b=2',
      Published: 'March 1, 2026 at 4:30 PM',
      Updated: 'March 2, 2026 at 5:00 PM',
      Archived: 'March 1, 2026 at 5:00 PM',
      Received: 'March 1, 2026 at 5:05 PM',
      Categories: '港口 & 船, <Traffic>',
      Attached: 'Listen (audio/mpeg, 12 kB)plan.pdf (application/pdf)',
      Discussion: 'https://www.harbour.example/ferry/comments',
      Rights: '© 2026 Harbour & Co.',
    });
  });

  test('does not invent a date', () => {
    const $ = load(itemPage({ published: null }));
    assert.equal($('header .meta time').length, 0);
    assert.match($('.about').text(), /Published\s*not known/);
  });

  test('loads pictures late and without telling where from, and nothing else from elsewhere', () => {
    const html = itemPage({
      contentHtml:
        '<img loading="eager" src="https://img.example/a.jpg"><img src="https://img.example/b.jpg">' as SafeHtml,
    });
    const $ = load(html);
    assert.deepEqual(
      $('article img')
        .toArray()
        .map((img) => [$(img).attr('src'), $(img).attr('loading'), $(img).attr('referrerpolicy')]),
      [
        ['https://img.example/a.jpg', 'lazy', 'no-referrer'],
        ['https://img.example/b.jpg', 'lazy', 'no-referrer'],
      ],
    );
    assert.deepEqual(loadedBy(html), [
      `link ${STYLESHEET_PATH}`,
      'img https://img.example/a.jpg',
      'img https://img.example/b.jpg',
    ]);
  });

  test('never links to what is no http address', () => {
    const bad = 'javascript:alert(1)' as HttpUrl;
    const html = itemPage({
      url: bad,
      commentsUrl: bad,
      authors: [{ name: 'x', url: bad, email: null }],
      enclosures: [{ url: bad, mediaType: null, bytes: null, seconds: null, title: null }],
    });
    assert.equal(html.includes('javascript:'), false);
  });
});

test('no page holds a script, an inline style or text that became markup', () => {
  const publication = samplePublication({ title: '<script>alert(1)</script>"><i>', description: '<b>x</b>' });
  const item = sampleItem({
    title: '<script>alert(1)</script>',
    rights: '<i>r</i>',
    categories: ['"><script>'],
    language: '"><script>',
    source: '<script>',
  });
  const pages = [
    renderFeedPage(sampleView([item], { publication })),
    renderItemPage({
      item,
      base: BASE,
      timezone: 'UTC',
      publication: { title: publication.title, url: `${BASE}/feeds/x` },
    }),
    renderFrontPage({ base: BASE, feeds: [{ publication, urls: publicationUrls(publication, BASE) }] }),
    renderErrorPage('<script>', '<script>alert(1)</script>', null),
  ];
  for (const page of pages) {
    assert.equal(load(page)('script, style, [style], i').length, 0);
  }
});

/** Relative luminance and contrast as WCAG 2 defines them. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('text stands out by 7 to 1 from the paper, and what is beside it by 4.5 to 1, in light and dark', () => {
  const palettes = [
    ...STYLESHEET.matchAll(/--paper: (#\w{6}); --ink: (#\w{6}); --soft: (#\w{6});.*--accent: (#\w{6})/g),
  ];
  assert.equal(palettes.length, 2);
  for (const [, paper = '', ink = '', soft = '', accent = ''] of palettes) {
    const contrast = (colour: string) => {
      const [low = 0, high = 0] = [luminance(paper), luminance(colour)].toSorted((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    assert.ok(contrast(ink) >= 7, `${ink} on ${paper}`);
    assert.ok(contrast(soft) >= 4.5 && contrast(accent) >= 4.5, `${soft}, ${accent} on ${paper}`);
  }
});

test('the stylesheet loads nothing and its address changes with its text', () => {
  assert.equal(/url\(|@import|@font-face/.test(STYLESHEET), false);
  assert.match(STYLESHEET_PATH, /^\/assets\/feedmill-[0-9a-f]{12}\.css$/);
});
