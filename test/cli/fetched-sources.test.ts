/** `check --online` and `sources`, as people and scripts meet them, against a second server on loopback. */
import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { type Farm, rss, startFarm } from '../farm.ts';
import { tempDirectory } from '../feedmill-under-test.ts';
import { run } from './run-feedmill.ts';

const PAGE = `<!doctype html><title>Notices</title>
<ul><li class="n"><a href="/n/1">Road closed</a> <time datetime="2026-03-05T08:00:00Z"></time></li>
<li class="n"><a href="/n/2">Road open</a> <time datetime="2026-03-06T08:00:00Z"></time></li></ul>`;
const HOME = `<!doctype html><title>Town</title><link rel="alternate" type="application/rss+xml" href="/town">`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><id>urn:h</id></feed>`;

/** A configuration of these sources; `%` in an address is the farm. */
async function prepare(t: TestContext, sources: Record<string, string>, network = '127.0.0.0/8') {
  const directory = await tempDirectory(t);
  const farm = await startFarm(t);
  const config = join(directory, 'feedmill.yaml');
  const lines = Object.entries(sources).map(([key, text]) => `  ${key}: {${text.replace('%', farm.url)}}\n`);
  await mkdir(join(directory, 'archive'));
  await writeFile(
    config,
    `version: 1
store: {url: "sqlite:./feedmill.db"}
fetch: {allow_private: ["${network}"], timeout: 5s}
sources:
${lines.join('')}pipelines:
  quiet: [{drop: {title: [Closed]}}]
feeds:
  main: {path: /feed.xml}
`,
  );
  return { directory, farm, config };
}

const html = (body: string) => ({ headers: { 'content-type': 'text/html' }, body });

function openTown({ pages, url }: Farm): void {
  pages.set('/town', { body: rss([{ name: 'Opened' }, { name: 'Closed' }]) });
  pages.set('/moved', { status: 301, headers: { location: `${url}/town` } });
  pages.set('/atom', { body: ATOM });
  pages.set('/json', {
    body: '{"version": "https://jsonfeed.org/version/1.1", "title": "A\\u001b[2J\\ntitle", "items": []}',
  });
  pages.set('/home', html(HOME));
  pages.set('/notices', html(PAGE));
  pages.set('/down', { status: 500 });
}

const TOWN = 'type: feed, url: "%/town"';

test('check --online: says of each source what was found there', async (t) => {
  const { directory, farm, config } = await prepare(t, {
    town: `${TOWN}, pipeline: [quiet]`,
    moved: 'type: feed, url: "%/moved"',
    harbour: 'type: feed, url: "%/atom"',
    notices:
      'type: page, url: "%/notices", select: {item: li.n, title: a, link: a@href, date: time@datetime, next: a, pages: 5}',
    odd: 'type: feed, url: "%/json"',
    old: 'type: archive, path: ./archive',
  });
  openTown(farm);
  const { code, out, err } = await run('check', '--online', '--config', config);
  const [good, ...answers] = out.split('\n');
  assert.match(good ?? '', /good \(6 sources, 1 feed\)$/);
  assert.deepEqual(answers.toSorted(), [
    'harbour: Atom "Harbour", no items',
    'moved: RSS "Town", 2 items, newest 2026-03-04T10:00:00.000Z',
    'notices: web page "Notices", 2 items, newest 2026-03-06T08:00:00.000Z',
    'odd: JSON Feed "A [2J title", no items',
    'town: RSS "Town", 1 item, 1 left out by its pipelines, newest 2026-03-04T10:00:00.000Z',
  ]);
  assert.equal(err, `moved: has moved to ${farm.url}/town; write that address into the file`);
  assert.equal(code, 0);
  assert.deepEqual(
    farm.asked.map(({ path }) => path).toSorted(),
    ['/atom', '/json', '/moved', '/notices', '/town', '/town'],
    'each is asked once, and of a page source the first page alone',
  );
  assert.deepEqual((await readdir(directory)).toSorted(), ['archive', 'feedmill.yaml'], 'nothing is stored');
});

test('check --online: names what is wrong and how to mend it, and ends with 1', async (t) => {
  const { farm, config } = await prepare(t, {
    town: TOWN,
    home: 'type: feed, url: "%/home"',
    down: 'type: feed, url: "%/down"',
    lost: 'type: feed, url: "%/lost"',
    notices: 'type: page, url: "%/notices", select: {item: li.news}',
  });
  openTown(farm);
  const { code, out, err } = await run('check', '--online', '--config', config);
  assert.match(out, /^town: RSS "Town", 2 items, newest /m);
  const told = err.split('\n').toSorted();
  assert.equal(told.length, 4, err);
  assert.match(told[0] ?? '', /^down: .*500.*\(http-status\)$/);
  assert.equal(
    told[1],
    `home: this is a web page, not a feed. Change url to the feed that it links to: ${farm.url}/town (not-a-feed)`,
  );
  assert.match(told[2] ?? '', /^lost: .*404.*\(http-status\)$/);
  assert.match(told[3] ?? '', /^notices: select\.item "li\.news" finds nothing .*\(not-a-feed\)$/);
  assert.equal(code, 1);
});

test('check --online: an address behind the guard is refused with the setting that would allow it', async (t) => {
  const { farm, config } = await prepare(t, { town: TOWN }, '127.0.99.0/24');
  const { code, err } = await run('check', '--online', '--config', config);
  assert.match(err, /^town: .*fetch\.allow_private.*\(address-refused\)$/);
  assert.equal(code, 1);
  assert.deepEqual(farm.asked, []);
});

test('check --online --json: an object a line, and nothing else on the first stream', async (t) => {
  const { farm, config } = await prepare(t, { town: TOWN, lost: 'type: feed, url: "%/lost"' });
  openTown(farm);
  const { code, out } = await run('check', '--online', '--json', '--config', config);
  const answers: { source: string; error: object | null }[] = out.split('\n').map((line) => JSON.parse(line));
  const [lost, town] = answers.toSorted((a, b) => a.source.localeCompare(b.source));
  assert.deepEqual(town, {
    source: 'town',
    address: `${farm.url}/town`,
    found: {
      format: 'RSS',
      title: 'Town',
      items: 2,
      dropped: 0,
      newest: '2026-03-04T10:00:00.000Z',
      movedTo: null,
    },
    error: null,
    warnings: [],
  });
  assert.deepEqual(
    { ...lost, error: null },
    {
      source: 'lost',
      address: `${farm.url}/lost`,
      found: null,
      error: null,
      warnings: [],
    },
  );
  assert.notEqual(lost?.error, null);
  assert.equal(code, 1);
});

/** Answers that were asked for at once confirm nothing: what is stored is made an hour older. */
function letAnHourPass(config: string): void {
  const database = new DatabaseSync(join(dirname(config), 'feedmill.db'));
  database.exec('UPDATE sources SET last_attempt = last_attempt - 3600000 WHERE last_attempt IS NOT NULL');
  database.close();
}

test('sources: a table of how each source is, and below it what is to be done', async (t) => {
  const { farm, config } = await prepare(t, {
    town: `${TOWN}, pipeline: [quiet]`,
    moved: 'type: feed, url: "%/moved"',
    down: 'type: feed, url: "%/down"',
    lost: 'type: feed, url: "%/lost"',
    later: 'type: feed, url: "%/atom"',
    old: 'type: archive, path: ./archive',
  });
  openTown(farm);
  await run('refresh', 'town', 'moved', 'old', '--config', config);
  for (const _ of [1, 2, 3]) {
    await run('refresh', 'down', 'lost', '--config', config);
    letAnHourPass(config);
  }
  const { code, out, err } = await run('sources', '--config', config);
  const [headings, ...rows] = out.split('\n').map((line) => line.split(/ {2,}/));
  assert.deepEqual(headings, ['source', 'state', 'last success', 'next try', 'items', 'bytes', 'publishes']);
  // The rest depends on the clock, and the bytes on the farm's port.
  const steady = rows.map(([key, state, success, next, items]) => [
    key,
    state,
    success?.replace(/^(?:a moment|\d+ seconds?) ago$/, 'just now'),
    next?.replace(/\d+ \w+$/, 'N'),
    items,
  ]);
  assert.deepEqual(steady, [
    ['town', 'well', 'just now', 'in N', '1'],
    ['moved', 'well', 'just now', 'in N', '2'],
    ['down', 'failing, 3 times in a row', 'never', 'in N', '0'],
    ['lost', 'gone', 'never', 'in N', '0'],
    ['later', 'not tried yet', 'never', 'now', '0'],
    ['old', 'well', 'just now', 'as files change', '0'],
  ]);
  const told = err.split('\n');
  assert.equal(told.length, 3, err);
  assert.equal(told[0], `moved: has moved to ${farm.url}/town; write that address into the file`);
  assert.match(told[1] ?? '', /^down: .*500.*\(http-status\)$/);
  assert.match(told[2] ?? '', /^lost: .*404.*\(http-status\)$/);
  assert.equal(code, 0);
});

test('sources --json: an object a line, with times that scripts can read', async (t) => {
  const { farm, config } = await prepare(t, { town: `${TOWN}, pipeline: [quiet]` });
  openTown(farm);
  await run('refresh', '--config', config);
  const { out } = await run('sources', '--json', '--config', config);
  const { lastSuccess, nextFetch, bytes, ...source } = JSON.parse(out);
  assert.deepEqual(source, {
    key: 'town',
    type: 'feed',
    address: `${farm.url}/town`,
    state: 'well',
    error: null,
    failures: 0,
    movedTo: null,
    items: 1,
    dropped: 1,
    publishesEveryMs: null,
    warnings: [],
  });
  assert.ok(Date.parse(lastSuccess) <= Date.now() && Date.parse(nextFetch) > Date.now());
  assert.equal(bytes, Buffer.byteLength(rss([{ name: 'Opened' }, { name: 'Closed' }])));
});
