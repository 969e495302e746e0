/** Feeds as the configuration defines them, through the front door: two archives in two scripts, and every key of a feed. */
import assert from 'node:assert/strict';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { load } from 'cheerio';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { configOf, type Running, startFeedmill, tempDirectory } from '../feedmill-under-test.ts';

/** File, day of January 2024, title and body. */
const NORTH: readonly (readonly [string, number, string, string])[] = [
  ['bridge', 1, '議會通過造橋計畫', '<p>市議會星期二開會。</p>'],
  ['sale', 2, '廣告：春季特賣', '<p>全部半價。</p>'],
  ['talks', 3, '兩國會談', '<p>中俄外長在北京會談。</p><img src="https://pics.example/talks.jpg">'],
];
const SOUTH: readonly (readonly [string, number, string, string])[] = [
  ['school', 4, '议会讨论学校', '<p>新学校明年开学。</p>'],
  ['offer', 5, '推广：新车', '<p>本周优惠。</p>'],
  ['border', 6, '边境贸易', '<p>中俄貿易增长。</p>'],
];

const SOURCES = `version: 1
store: {url: "sqlite:./feedmill.db"}
sources:
  north: {type: archive, path: north}
  south: {type: archive, path: south}
`;

async function writeArticle(
  directory: string,
  source: string,
  [name, dayOfMonth, title, body]: (typeof NORTH)[number],
): Promise<void> {
  const path = join(directory, source, `${name}.txt`);
  const epoch = Date.UTC(2024, 0, dayOfMonth);
  await writeFile(
    path,
    `<!--${epoch}-->\n[${title}](https://${source}.example/${name})\n------\n\n${body}\n`,
  );
  // Long ago, so that it need not settle first; a changed file is told by its length.
  await utimes(path, 1_700_000_000, 1_700_000_000);
}

async function writeArchives(t: TestContext): Promise<string> {
  const directory = await tempDirectory(t);
  for (const [source, articles] of [
    ['north', NORTH],
    ['south', SOUTH],
  ] as const) {
    await mkdir(join(directory, source));
    for (const article of articles) await writeArticle(directory, source, article);
  }
  return directory;
}

async function start(t: TestContext, yaml: string): Promise<Running & { directory: string }> {
  const directory = await writeArchives(t);
  const running = await startFeedmill(t, directory, SOURCES + yaml);
  await Array.fromAsync(running.app.refresh(null));
  return { ...running, directory };
}

async function reconfigure({ app }: Running, directory: string, yaml: string): Promise<void> {
  await app.reconfigure({ ...(await configOf(directory, SOURCES + yaml)), server: app.config().server });
  await app.settled();
}

/** Names of the files whose items stand in a feed, in its order. */
async function namesIn(url: string, feed: string): Promise<string[]> {
  const json = parseJsonFeed(await (await fetch(`${url}/feeds/${feed}.json`)).text());
  return (json.items ?? []).map((item) => item.url?.split('/').at(-1) ?? '');
}

test('where and exclude choose items of all sources in either script, in every format', async (t) => {
  const { url } = await start(
    t,
    `feeds:
  main: {}
  council: {where: {title: [议会]}}
  talks: {where: {any: [中俄]}}
  clean: {exclude: {title: [广告, 推廣]}}
  both: {where: {any: [中俄]}, exclude: {title: [貿易]}, sources: [north, south]}
  southern: {sources: [south], where: {none: [议会]}}
  pictures: {where: {link: [north.example], any: [{pattern: "會.?談"}]}}
  short: {where: {shorter_than: 6}}
`,
  );
  assert.deepEqual(
    {
      main: await namesIn(url, 'main'),
      council: await namesIn(url, 'council'),
      talks: await namesIn(url, 'talks'),
      clean: await namesIn(url, 'clean'),
      both: await namesIn(url, 'both'),
      southern: await namesIn(url, 'southern'),
      pictures: await namesIn(url, 'pictures'),
      short: await namesIn(url, 'short'),
    },
    {
      main: ['border', 'offer', 'school', 'talks', 'sale', 'bridge'],
      council: ['school', 'bridge'],
      talks: ['border', 'talks'],
      clean: ['border', 'school', 'talks', 'bridge'],
      both: ['talks'],
      southern: ['border', 'offer'],
      pictures: ['talks'],
      short: ['offer', 'sale'],
    },
  );
  const text = async (path: string) => (await fetch(url + path)).text();
  const rss = parseRssFeed(await text('/feeds/council.rss')).items ?? [];
  assert.deepEqual(
    rss.map(({ link }) => link?.split('/').at(-1)),
    ['school', 'bridge'],
  );
  const atom = parseAtomFeed(await text('/feeds/council.atom')).entries ?? [];
  assert.deepEqual(
    atom.map((entry) => entry.links?.[0]?.href?.split('/').at(-1)),
    ['school', 'bridge'],
  );
  const page = load(await text('/feeds/council'));
  assert.equal(page('.items h2').length, 2);
});

test('a revised text leaves one feed and enters another', async (t) => {
  const { url, app, directory } = await start(
    t,
    `feeds:
  talks: {where: {any: [中俄]}}
  rest: {exclude: {any: [中俄]}}
`,
  );
  assert.deepEqual(await namesIn(url, 'talks'), ['border', 'talks']);
  await writeArticle(directory, 'north', ['talks', 3, '兩國會談', '<p>會談取消了，沒有說明任何理由。</p>']);
  await writeArticle(directory, 'south', ['school', 4, '学校', '<p>新学校教中俄两国语言，明年开学。</p>']);
  await Array.fromAsync(app.refresh(null));
  assert.deepEqual(await namesIn(url, 'talks'), ['border', 'school']);
  assert.deepEqual(await namesIn(url, 'rest'), ['offer', 'talks', 'sale', 'bridge']);
});

test('drop keeps items out and says why, tag gives them categories; both follow the configuration', async (t) => {
  const plain = 'feeds: {main: {}, politics: {where: {category: [政治]}}}\n';
  const running = await start(t, plain);
  const { url, app, directory } = running;
  assert.deepEqual(await namesIn(url, 'politics'), []);
  const ruled = `${plain}pipelines:
  rules:
    - tag: {as: 政治, when: {any: [議會, 中俄]}}
    - drop: {title: [广告, 推广]}
`;
  const sources = SOURCES.replace('path: north', 'path: north, pipeline: [rules]').replace(
    'path: south',
    'path: south, pipeline: [rules]',
  );
  const config = await configOf(directory, sources + ruled);
  await app.reconfigure({ ...config, server: app.config().server });
  await app.settled();
  assert.deepEqual(await namesIn(url, 'main'), ['border', 'school', 'talks', 'bridge']);
  assert.deepEqual(await namesIn(url, 'politics'), ['border', 'school', 'talks', 'bridge']);
  const { origins, item } = await app.explain('bridge.txt');
  assert.deepEqual(item.categories, ['政治']);
  assert.ok(origins[0]?.trail.some(({ step }) => step === 'tag'));
  const previewed = await Array.fromAsync(app.preview('south'));
  assert.deepEqual(
    previewed.filter(({ outcome }) => outcome === 'dropped').map(({ reason }) => reason),
    ['drop: the title holds "推广"'],
  );

  await running.close();
  const again = await startFeedmill(t, directory, SOURCES + plain);
  await again.app.settled();
  assert.deepEqual(await namesIn(again.url, 'main'), [
    'border',
    'offer',
    'school',
    'talks',
    'sale',
    'bridge',
  ]);
  assert.deepEqual(await namesIn(again.url, 'politics'), []);
});

test('a changed definition fills a feed anew, while it runs and at the next start', async (t) => {
  const running = await start(t, 'feeds: {one: {where: {any: [中俄]}}}\n');
  const { url, directory } = running;
  assert.deepEqual(await namesIn(url, 'one'), ['border', 'talks']);
  const etag = (await fetch(`${url}/feeds/one.atom`)).headers.get('etag');
  await reconfigure(running, directory, 'feeds: {one: {where: {title: [議會]}}}\n');
  assert.deepEqual(await namesIn(url, 'one'), ['school', 'bridge']);
  assert.notEqual((await fetch(`${url}/feeds/one.atom`)).headers.get('etag'), etag);
  await running.close();
  const again = await startFeedmill(t, directory, `${SOURCES}feeds: {one: {exclude: {title: [議會]}}}\n`);
  assert.deepEqual(await namesIn(again.url, 'one'), ['border', 'offer', 'talks', 'sale']);
});

test('items of many sources are sorted before they are limited', async (t) => {
  const { url } = await start(
    t,
    'feeds: {newest: {limit: 4}, oldest: {limit: 4, order: oldest}, chosen: {limit: 1, exclude: {title: [边境, 推广]}}}\n',
  );
  assert.deepEqual(await namesIn(url, 'newest'), ['border', 'offer', 'school', 'talks']);
  assert.deepEqual(await namesIn(url, 'oldest'), ['bridge', 'sale', 'talks', 'school']);
  assert.deepEqual(await namesIn(url, 'chosen'), ['school']);
});

test('title, description, language, icon, path and format are what the configuration says', async (t) => {
  const { url } = await start(
    t,
    `feeds:
  first: {}
  second:
    path: /my/second.xml
    title: Second & last
    description: All of it
    language: zh-Hant-TW
    icon: https://pics.example/icon.png
    format: rss
`,
  );
  const answer = await fetch(`${url}/my/second.xml`);
  assert.match(answer.headers.get('content-type') ?? '', /rss\+xml/);
  const rss = parseRssFeed(await answer.text());
  assert.deepEqual(
    [rss.title, rss.description, rss.language, rss.image?.url],
    ['Second & last', 'All of it', 'zh-Hant-TW', 'https://pics.example/icon.png'],
  );
  const atomText = await (await fetch(`${url}/feeds/second.atom`)).text();
  const atom = parseAtomFeed(atomText);
  assert.deepEqual(
    [atom.title?.value, atom.subtitle?.value, atom.icon],
    ['Second & last', 'All of it', 'https://pics.example/icon.png'],
  );
  assert.match(atomText, /<feed [^>]*xml:lang="zh-Hant-TW"/);
  const json = parseJsonFeed(await (await fetch(`${url}/feeds/second.json`)).text());
  assert.deepEqual(
    [json.title, json.description, json.language, json.icon],
    ['Second & last', 'All of it', 'zh-Hant-TW', 'https://pics.example/icon.png'],
  );
  assert.equal(parseAtomFeed(await (await fetch(`${url}/feed.xml`)).text()).title?.value, 'first');
});

test('content, images and token are what the configuration says', async (t) => {
  const { url } = await start(
    t,
    `feeds:
  full: {where: {any: [會談]}}
  plain: {where: {any: [會談]}, images: none}
  summary: {where: {any: [會談]}, content: summary}
  family: {token: s3cret}
`,
  );
  const itemOf = async (feed: string) =>
    parseJsonFeed(await (await fetch(`${url}/feeds/${feed}.json`)).text()).items?.[0];
  const [full, plain, summary] = [await itemOf('full'), await itemOf('plain'), await itemOf('summary')];
  assert.match(full?.content_html ?? '', /<img src="https:\/\/pics\.example\/talks\.jpg"/);
  assert.doesNotMatch(plain?.content_html ?? '<img', /<img/);
  assert.equal(plain?.image, undefined);
  assert.deepEqual([summary?.content_html, summary?.summary], [undefined, '中俄外長在北京會談。']);
  const statuses = ['/feeds/family.json', '/feeds/family.json?token=s3cret'].map(
    async (path) => (await fetch(url + path)).status,
  );
  assert.deepEqual(await Promise.all(statuses), [404, 200]);
});
