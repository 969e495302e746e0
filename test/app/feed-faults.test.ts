/**
 * Faults of publishers that show only over several refreshes: played through the front door, with a real server, store and
 * fetcher. Named as in the corpus of hostile input; those of a single answer are in test/fetch/.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { RefreshReport } from '../../src/app/app.ts';
import { createApp } from '../../src/app/feedmill.ts';
import { openParts } from '../../src/main.ts';
import { rss, startFarm, type Page } from '../farm.ts';
import { configOf, tempDirectory } from '../feedmill-under-test.ts';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const NAMES = ['market', 'fair', 'tide', 'harbour'];
const FEED = rss(NAMES.map((name) => ({ name })));

interface Played {
  readonly reports: readonly RefreshReport[];
  /** What the publication holds at the end. */
  readonly titles: readonly string[];
  /** `If-None-Match` of every request. */
  readonly conditions: readonly (string | null)[];
}

/** One refresh for each thing that the publisher answers. */
async function play(t: TestContext, ...answers: readonly Readonly<Record<string, Page>>[]): Promise<Played> {
  const farm = await startFarm(t);
  const directory = await tempDirectory(t);
  const config = await configOf(
    directory,
    `version: 1
store: {url: "sqlite:./feedmill.db"}
fetch: {allow_private: ["127.0.0.0/8"], timeout: 5s}
sources:
  town: {type: feed, url: "${farm.url}/town"}
feeds:
  main: {path: /feed.xml, title: Main}
`,
  );
  const app = await createApp(await openParts(join(directory, 'feedmill.db'), SILENT), config);
  t.after(() => app.close());
  const reports: RefreshReport[] = [];
  for (const pages of answers) {
    farm.pages.clear();
    for (const [path, page] of Object.entries(pages)) farm.pages.set(path, page);
    reports.push(...(await Array.fromAsync(app.refresh(['town']))));
  }
  const feed: { items: { title: string }[] } = JSON.parse(
    String((await app.feed('main', 'json', 'current'))?.body),
  );
  return {
    reports,
    titles: feed.items.map(({ title }) => title).toSorted(),
    conditions: farm.asked
      .filter(({ path }) => path === '/town')
      .map(({ headers }) => headers['if-none-match'] ?? null),
  };
}

function changesOf({ reports }: Played): (readonly [string, number, number])[] {
  return reports.map(({ outcome, added, changed }) => [outcome, added, changed]);
}

const ALL = NAMES.toSorted();

test('http-html-error-200: a page of maintenance is an error, and the items stay', async (t) => {
  const page = {
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><h1>Maintenance</h1>',
    etag: '"m"',
  };
  const played = await play(
    t,
    { '/town': { body: FEED, etag: '"1"' } },
    { '/town': page },
    { '/town': page },
  );
  assert.deepEqual(changesOf(played), [
    ['refreshed', 4, 0],
    ['failed', 0, 0],
    ['failed', 0, 0],
  ]);
  assert.deepEqual(played.titles, ALL);
  assert.ok(!played.conditions.includes('"m"'), 'its validators are not kept');
});

test('http-302-login: a login is an error, and the address stays', async (t) => {
  const login = {
    '/town': { status: 302, headers: { location: '/login' } },
    '/login': {
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><form><input type="password"></form>',
    },
  };
  const played = await play(t, login, { '/town': { body: FEED } });
  assert.deepEqual(changesOf(played), [
    ['failed', 0, 0],
    ['refreshed', 4, 0],
  ]);
});

test('http-etag-saved-before-parse: what could not be read is asked for again', async (t) => {
  const played = await play(
    t,
    { '/town': { body: 'no feed at all', etag: '"1"' } },
    { '/town': { body: FEED, etag: '"1"' } },
  );
  assert.deepEqual(changesOf(played), [
    ['failed', 0, 0],
    ['refreshed', 4, 0],
  ]);
  assert.deepEqual(played.conditions, [null, null]);
});

test('http-empty-feed-200: a feed that is empty now takes nothing away', async (t) => {
  const played = await play(
    t,
    { '/town': { body: FEED } },
    { '/town': { body: rss([]) } },
    { '/town': { body: FEED } },
  );
  assert.deepEqual(
    changesOf(played).map(([, added, changed]) => [added, changed]),
    [
      [4, 0],
      [0, 0],
      [0, 0],
    ],
  );
  assert.deepEqual(played.titles, ALL);
});

test('http-guid-reshuffle: new guids on old links are the old items', async (t) => {
  const rekeyed = FEED.replaceAll(/<guid>/g, '<guid>urn:new:');
  const played = await play(t, { '/town': { body: FEED } }, { '/town': { body: rekeyed } });
  assert.equal(played.reports[1]?.added, 0);
  assert.deepEqual(played.titles, ALL);
});

test('http-items-reordered: another order is no change', async (t) => {
  const backwards = rss(NAMES.toReversed().map((name) => ({ name })));
  const played = await play(
    t,
    { '/town': { body: FEED } },
    { '/town': { body: backwards } },
    { '/town': { body: FEED } },
  );
  assert.deepEqual(
    changesOf(played).map(([, added, changed]) => [added, changed]),
    [
      [4, 0],
      [0, 0],
      [0, 0],
    ],
  );
});
