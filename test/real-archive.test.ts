/** Product.md section 5, sentence by sentence, over the five real files; through the front door. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { parseFeed } from 'feedsmith';
import {
  archiveYaml,
  needsShared,
  type Running,
  SHARED,
  startFeedmill,
  tempDirectory,
} from './feedmill-under-test.ts';

interface JsonItem {
  id: string;
  url?: string;
  title: string;
  content_html: string;
  image?: string;
  date_published?: string;
  date_modified: string;
  language?: string;
  authors?: { name: string }[];
}

const NAMES = [
  '000_fc7dd1f941be10bd',
  '001_9eeed609b1b25c46',
  '002_c88f5b342264d9bb',
  '003_dba5a28d7136d01a',
];
const PLAIN = '004_f1b59b7c69449814';

async function start(t: TestContext): Promise<Running & { items: JsonItem[] }> {
  const directory = await tempDirectory(t);
  const running = await startFeedmill(t, directory, archiveYaml(join(SHARED, 'seeds')));
  const feed = (await (await fetch(`${running.url}/feed.json`)).json()) as { items: JsonItem[] };
  return { ...running, items: feed.items };
}

function rawFile(name: string) {
  const text = readFileSync(join(SHARED, 'seeds', `${name}.txt`), 'utf8');
  const [epochLine = '', titleLine = '', , , ...rest] = text.split('\n');
  const link = /^\[(.*)\]\((.*)\)$/.exec(titleLine);
  return {
    text,
    body: rest.join('\n').trim(),
    epoch: Number(/\d+/.exec(epochLine)?.[0]),
    title: link?.[1] ?? '',
    url: link?.[2] ?? '',
  };
}

/** Nothing but the letters: markup and white space out, the few entities of these files read. */
function letters(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/gu, '');
}

/** What must be left of a real body: all but the dateline, the footer and the copyright notice. */
function expectedBody(body: string): string {
  return body
    .replace(/^<div><i><br>[^<]*<\/i><\/div>/, '')
    .replace(/<br><hr><div>获取更多RSS[\s\S]*$/, '')
    .replace(/<p><em>©[\s\S]*?<\/p>$/, '');
}

function itemOf(items: JsonItem[], url: string): JsonItem {
  const found = items.find((item) => item.url === new URL(url).href);
  assert.ok(found, `no item for ${url}`);
  return found;
}

function count(text: string, part: string | RegExp): number {
  return text.split(part).length - 1;
}

test('the real archive: five items at all three addresses, newest first', async (t) => {
  if (!needsShared(t, 'seeds')) return;
  const { url, items } = await start(t);
  const titles = ['002', '003', '001', '000'].map(
    (number) => rawFile(NAMES.find((n) => n.startsWith(number)) ?? '').title,
  );
  // The plain text has no date: it stands where it arrived, which is now.
  assert.equal(items.length, 5);
  assert.deepEqual(
    items.slice(1).map(({ title }) => title),
    titles,
  );
  for (const path of ['/feed.xml', '/feed.rss', '/feed.atom']) {
    const parsed = parseFeed(await (await fetch(url + path)).text());
    const read =
      parsed.format === 'atom' ? parsed.feed.entries : parsed.format === 'rss' ? parsed.feed.items : [];
    assert.deepEqual(
      read?.map((item) => (typeof item.title === 'string' ? item.title : item.title?.value)),
      items.map(({ title }) => title),
      path,
    );
  }
});

test('the real archive: nothing of feedx, the picture proxy or the API is left in any format', async (t) => {
  if (!needsShared(t, 'seeds')) return;
  const { url } = await start(t);
  for (const path of ['/feed.xml', '/feed.rss', '/feed.json', '/feeds/main']) {
    const text = await (await fetch(url + path)).text();
    assert.doesNotMatch(text, /feedx|images\.weserv\.nl|api\.dw\.com|获取更多RSS/, path);
  }
});

test('the real archive: no paragraph is lost or out of order, and only three things leave the body', async (t) => {
  if (!needsShared(t, 'seeds')) return;
  const { items } = await start(t);
  for (const name of NAMES) {
    const raw = rawFile(name);
    assert.equal(letters(itemOf(items, raw.url).content_html), letters(expectedBody(raw.body)), name);
  }
  const plain = items.find((item) => item.url?.includes('/items/'));
  assert.ok(plain);
  assert.equal(letters(plain.content_html), letters(rawFile(PLAIN).text));
});

test('the real archive: dateline, epoch, id, title and address', async (t) => {
  if (!needsShared(t, 'seeds')) return;
  const { app, items } = await start(t);
  for (const name of NAMES) {
    const raw = rawFile(name);
    const item = itemOf(items, raw.url);
    const dateline = /<i><br>([^<]*)<\/i>/.exec(raw.body)?.[1];
    const { item: stored } = await app.explain(`${name}.txt`);
    assert.equal(item.title, raw.title);
    assert.equal(item.date_published, dateline);
    assert.equal(stored.published, Date.parse(dateline ?? ''));
    assert.equal(stored.archived, raw.epoch);
    assert.equal(item.id, `urn:feedmill:${stored.id}`);
    assert.doesNotMatch(item.content_html, new RegExp(dateline ?? ''));
  }
  assert.equal(itemOf(items, rawFile(NAMES[0] ?? '').url).id, 'urn:feedmill:12c9f2044e8975ae');
});

test('the real archive: pictures, captions, galleries and links', async (t) => {
  if (!needsShared(t, 'seeds')) return;
  const { items } = await start(t);
  for (const name of NAMES) {
    const raw = rawFile(name);
    const { content_html: html, image } = itemOf(items, raw.url);
    const originals = [...raw.body.matchAll(/url=(static\.dw\.com\/image\/\w+\.jpg)/g)].map(
      ([, path]) => `https://${path}`,
    );
    assert.deepEqual(
      [...html.matchAll(/<img[^>]*src="([^"]+)"/g)].map(([, src]) => src),
      originals,
    );
    assert.equal(image, originals[0]);
    const captions = [...raw.body.matchAll(/<small[^>]*>(.*?)<\/small>/g)].map(([, text]) =>
      letters(text ?? ''),
    );
    const gallery = [...raw.body.matchAll(/<div><img[^>]*>(<b>.*?)<\/div>/g)].map(([, text]) =>
      letters(text ?? ''),
    );
    const figures = [
      ...html.matchAll(/<figure>[\s\S]*?<img[\s\S]*?<figcaption>([\s\S]*?)<\/figcaption>\s*<\/figure>/g),
    ];
    assert.deepEqual(
      figures.map(([, text]) => letters(text ?? '')).toSorted(),
      [...captions, ...gallery].toSorted(),
      name,
    );
    const articles = [...raw.body.matchAll(/api\/detail\/article\/(\d+)/g)].map(
      ([, id]) => `https://www.dw.com/zh/a-${id}`,
    );
    assert.deepEqual(
      [...html.matchAll(/<a[^>]*href="([^"]+)"/g)].map(([, href]) => href),
      articles,
    );
  }
});

test('the real archive: opener and agencies stay, the copyright notice is the rights, the language is told', async (t) => {
  if (!needsShared(t, 'seeds')) return;
  const { app, items } = await start(t);
  for (const name of NAMES) {
    const raw = rawFile(name);
    const item = itemOf(items, raw.url);
    const { item: stored } = await app.explain(raw.url);
    assert.match(item.content_html, /（德國之聲中文網）/);
    assert.match(item.content_html, /<p>（[^<]*）<\/p>\s*$/);
    const notice = letters(/<p>(<em>©[\s\S]*?)<\/p>/.exec(raw.body)?.[1] ?? '');
    assert.equal(stored.rights?.replace(/\s+/g, ''), notice, name);
    assert.doesNotMatch(item.content_html, /©|版權聲明/);
    assert.match(item.language ?? '', /^zh-Hant/);
  }
});

test('the real archive: the plain text has headings, turns and paragraphs, and no invented date', async (t) => {
  if (!needsShared(t, 'seeds')) return;
  const { app, items } = await start(t);
  const raw = rawFile(PLAIN);
  const { item } = await app.explain(`${PLAIN}.txt`);
  const html = item.contentHtml;
  const blocks = raw.text.split(/\n\s*\n/).map((block) => block.trim().split('\n'));
  const headings = blocks.filter(([first = '']) => /^谈[^，。]{2,12}$/.test(first));
  const tagged = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'g'))].map(([, text]) => text);
  assert.ok(headings.length > 3);
  assert.deepEqual(
    tagged('h2'),
    headings.map(([first]) => first),
  );
  assert.deepEqual(
    tagged('h3'),
    headings.flatMap(([, ...under]) => under),
  );
  assert.equal(item.published, null);
  assert.equal(item.url, null);
  assert.equal(item.archived, null);
  assert.equal(items[0]?.date_published, undefined);
  assert.match(item.language ?? '', /^zh-Hans/);
  const sentence = letters(raw.text).split('。')[0] ?? '';
  assert.ok(item.title === sentence || item.title === `${sentence}。`, item.title);
  const turns = count(letters(raw.text), /记者：|王毅：/);
  assert.ok(turns > 8);
  // Each turn opens a paragraph of its own.
  const openings = [...html.matchAll(/<p>(?:<(?:b|strong)>)?([^<：]{2,20})：/g)].map(([, who]) => who);
  assert.equal(openings.filter((who) => /记者$|王毅$/.test(who ?? '')).length, turns);
  assert.match(html, /<p>据新华社<\/p>\s*$/);
  // A column break inside a sentence does not end the paragraph.
  const paragraphs = [...html.matchAll(/<p>(.*?)<\/p>/g)].map(([, text]) => letters(text ?? ''));
  for (const text of paragraphs.slice(0, -1)) assert.match(text, /[。？！”：]$/u, text.slice(-20));
});

async function look({ url }: Running) {
  const response = await fetch(`${url}/feed.xml`);
  return { etag: response.headers.get('etag'), body: await response.text() };
}

test('the real archive: restart, and import again: same ids, same updated, same ETag, and every step explained', async (t) => {
  if (!needsShared(t, 'seeds')) return;
  const directory = await tempDirectory(t);
  const yaml = archiveYaml(join(SHARED, 'seeds'), 'server: {base_url: "http://localhost:9"}\n');
  const first = await startFeedmill(t, directory, yaml);
  const before = await look(first);
  const again = await Array.fromAsync(first.app.refresh(null));
  assert.deepEqual(
    again.map(({ outcome, added, changed }) => [outcome, added, changed]),
    [['unchanged', 0, 0]],
  );
  assert.deepEqual(await look(first), before);
  await first.close();
  const second = await startFeedmill(t, directory, yaml);
  assert.deepEqual(await look(second), before);
  for (const file of readdirSync(join(SHARED, 'seeds'))) {
    const { origins } = await second.app.explain(file);
    const steps = origins.flatMap(({ trail }) => trail.map(({ step }) => step));
    if (!file.startsWith('004'))
      assert.ok(
        steps.includes('unproxy_images') && steps.includes('dateline'),
        `${file}: ${steps.join(' ')}`,
      );
  }
});
