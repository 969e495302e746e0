/** The addresses of product.md section 3 over the real application: real files, real workers, real SQLite, a real port. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { load } from 'cheerio';
import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from 'feedsmith';
import {
  CONTROL_TOKEN,
  type Running,
  archiveYaml,
  startFeedmill,
  tempDirectory,
} from '../feedmill-under-test.ts';

const FIRST_DAY = Date.UTC(2024, 0, 1);
const ITEMS = 120;

function archiveFile(number: number, text = `Notice number ${number}.`): string {
  const epoch = FIRST_DAY + number * 86_400_000;
  return `<!--${epoch}-->\n[Notice <${number}> & more](https://town.example/notices/${number})\n------\n\n<p>${text}</p>\n`;
}

async function startTown(t: TestContext, files = ITEMS): Promise<Running & { directory: string }> {
  const directory = await tempDirectory(t);
  for (const folder of ['archive', 'private']) await mkdir(join(directory, folder));
  for (let i = 0; i < files; i += 1)
    await writeFile(join(directory, 'archive', `${i}_a.txt`), archiveFile(i));
  await writeFile(join(directory, 'private', '0_b.txt'), archiveFile(900, 'Among us.'));
  const extra = `  family: {title: Family, sources: [private], token: s3cret}\n`;
  const yaml = archiveYaml('./archive', extra)
    .replace('sources:\n', 'sources:\n  private: {type: archive, path: ./private}\n')
    .replace('title: Main}', 'title: Main, sources: [archive]}');
  const running = await startFeedmill(t, directory, yaml);
  return { ...running, directory };
}

test('the same fifty newest items stand in all three formats and on the page', async (t) => {
  const { url } = await startTown(t);
  const text = async (path: string) => (await fetch(url + path)).text();
  const atom = parseAtomFeed(await text('/feed.xml')).entries ?? [];
  const rss = parseRssFeed(await text('/feed.rss')).items ?? [];
  const json = parseJsonFeed(await text('/feeds/main.json')).items ?? [];
  const page = load(await text('/feeds/main'));
  const titles = Array.from({ length: 50 }, (_, i) => `Notice <${ITEMS - 1 - i}> & more`);
  assert.deepEqual(
    atom.map(({ title }) => title?.value),
    titles,
  );
  assert.deepEqual(
    rss.map(({ title }) => title),
    titles,
  );
  assert.deepEqual(
    json.map(({ title }) => title),
    titles,
  );
  assert.deepEqual(
    page('.items h2')
      .toArray()
      .map((heading) => page(heading).text()),
    titles,
  );
  const ids = atom.map(({ id }) => id);
  assert.deepEqual(
    rss.map(({ guid }) => guid?.value),
    ids,
  );
  assert.deepEqual(
    json.map(({ id }) => id),
    ids,
  );
});

test('following prev-archive from the feed leads through every item once, oldest page last', async (t) => {
  const { url } = await startTown(t);
  const pages: string[] = [];
  const seen = new Set<string>();
  let next: string | undefined = `${url}/feed.xml`;
  while (next !== undefined && pages.length < 10) {
    pages.push(next.replace(url, ''));
    const feed: ReturnType<typeof parseAtomFeed> = parseAtomFeed(await (await fetch(next)).text());
    for (const { id } of feed.entries ?? []) seen.add(id ?? '');
    next = feed.links?.find(({ rel }) => rel === 'prev-archive')?.href;
  }
  assert.deepEqual(pages, ['/feed.xml', '/feeds/main/archive/2.atom', '/feeds/main/archive/1.atom']);
  assert.equal(seen.size, ITEMS);
});

test('a finished archive page keeps its bytes when items arrive', async (t) => {
  const { url, directory, app } = await startTown(t);
  const before = await fetch(`${url}/feeds/main/archive/1.atom`);
  const feed = await fetch(`${url}/feed.xml`);
  await writeFile(join(directory, 'archive', 'new.txt'), archiveFile(500));
  await Array.fromAsync(app.refresh(['archive']));
  const headers = { 'if-none-match': before.headers.get('etag') ?? '' };
  assert.equal((await fetch(`${url}/feeds/main/archive/1.atom`, { headers })).status, 304);
  const again = await fetch(`${url}/feed.xml`, {
    headers: { 'if-none-match': feed.headers.get('etag') ?? '' },
  });
  assert.equal(again.status, 200);
  assert.match(await again.text(), /Notice &lt;500&gt; &amp; more/);
});

test('an item in an open feed has a page for everybody, one in a guarded feed for who has its token', async (t) => {
  const { url } = await startTown(t, 1);
  const openId = parseAtomFeed(await (await fetch(`${url}/feed.xml`)).text()).entries?.[0]?.id;
  const guarded = await (await fetch(`${url}/feeds/family.atom?token=s3cret`)).text();
  const guardedId = parseAtomFeed(guarded).entries?.[0]?.id;
  const statusOf = async (id: string | undefined, query = '') => {
    // A header of a proxy stands for somebody who is not on this machine.
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    return (await fetch(`${url}/items/${id?.replace('urn:feedmill:', '')}${query}`, { headers })).status;
  };
  assert.deepEqual(
    [await statusOf(openId), await statusOf(guardedId), await statusOf(guardedId, '?token=s3cret')],
    [200, 421, 200],
  );
  const page = await fetch(`${url}/items/${openId?.replace('urn:feedmill:', '')}`);
  const $ = load(await page.text());
  assert.equal($('article .text').text().trim(), 'Notice number 0.');
  assert.equal($('link[rel=canonical]').attr('href'), 'https://town.example/notices/0');
  const style = await fetch(new URL($('link[rel=stylesheet]').attr('href') ?? '', url));
  assert.deepEqual([style.status, style.headers.get('content-type')], [200, 'text/css; charset=utf-8']);
});

test('a guarded feed is in no list and says nothing without its token', async (t) => {
  const { url } = await startTown(t, 1);
  const opml = parseOpml(await (await fetch(`${url}/feeds.opml`)).text());
  assert.deepEqual(
    opml.body?.outlines?.map(({ xmlUrl }) => xmlUrl),
    [`${url}/feed.xml`],
  );
  assert.equal((await (await fetch(`${url}/`)).text()).includes('Family'), false);
  const statuses = ['/feeds/family', '/feeds/family.rss', '/feeds/family/archive/1.atom'].map(
    async (path) => (await fetch(url + path)).status,
  );
  assert.deepEqual(await Promise.all(statuses), [404, 404, 404]);
});

test('the command line refreshes a source of the running server by its token', async (t) => {
  const { url, directory } = await startTown(t, 1);
  await writeFile(join(directory, 'archive', 'new.txt'), archiveFile(7));
  const answer = await fetch(`${url}/api/v1/sources/archive/refresh`, {
    method: 'POST',
    headers: { authorization: `Bearer ${CONTROL_TOKEN}` },
  });
  const { source, outcome, added } = (await answer.json()) as Record<string, unknown>;
  assert.deepEqual({ source, outcome, added }, { source: 'archive', outcome: 'refreshed', added: 1 });
  assert.match(await (await fetch(`${url}/feed.xml`)).text(), /notices\/7/);
});
