/** Feeds and pages through the front door: a real server on loopback, a real store, the clock alone is ours. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createApp } from '../../src/app/feedmill.ts';
import type { App, RefreshReport } from '../../src/app/app.ts';
import { openParts } from '../../src/main.ts';
import type { EpochMs } from '../../src/model/time.ts';
import { type Farm, rss, startFarm } from '../farm.ts';
import { configOf, tempDirectory } from '../feedmill-under-test.ts';

const HOUR = 3_600_000;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const QUIET = { added: 0, changed: 0, dropped: 0, warnings: [], error: null };

interface Mill {
  readonly app: App;
  /** Refreshes by hand; reports by source. */
  refresh(...keys: string[]): Promise<Record<string, RefreshReport>>;
  titles(): Promise<string[]>;
  /** Lets time pass. */
  pass(ms: number): void;
  /** Sets the clock to another time, while none passes. */
  jump(ms: number): void;
  close(): Promise<void>;
}

function yaml(farm: Farm, sources: Record<string, string>): string {
  const lines = Object.entries(sources).map(
    ([key, rest]) => `  ${key}: {type: feed, url: "${farm.url}/${key}"${rest}}`,
  );
  return `version: 1
store: {url: "sqlite:./feedmill.db"}
fetch: {allow_private: ["127.0.0.0/8"], per_host: 16, timeout: 5s}
sources:
${lines.join('\n')}
feeds:
  main: {path: /feed.xml, title: Main}
`;
}

async function startMill(t: TestContext, directory: string, text: string): Promise<Mill> {
  let now = Date.UTC(2026, 2, 4, 12);
  let ran = 0;
  const opened = await openParts(join(directory, 'feedmill.db'), SILENT);
  const parts = { ...opened, clock: () => now as EpochMs, stopwatch: () => ran };
  const app = await createApp(parts, await configOf(directory, text));
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await app.close();
    isOpen = false;
  };
  t.after(close);
  return {
    app,
    close,
    pass: (ms) => {
      now += ms;
      ran += ms;
    },
    jump: (ms) => {
      now += ms;
    },
    refresh: async (...keys) => {
      const reports = await Array.fromAsync(app.refresh(keys.length === 0 ? null : keys));
      return Object.fromEntries(reports.map((report) => [report.source, report]));
    },
    titles: async () => {
      const feed: { items: { title: string }[] } = JSON.parse(
        String((await app.feed('main', 'json', 'current'))?.body),
      );
      return feed.items.map(({ title }) => title);
    },
  };
}

/** One source, `town`, and what it answers. */
async function townOf(t: TestContext, rest = ''): Promise<{ farm: Farm; mill: Mill; directory: string }> {
  const farm = await startFarm(t);
  const directory = await tempDirectory(t);
  farm.pages.set('/town', { body: rss([{ name: 'market' }, { name: 'fair' }]), etag: '"1"' });
  return { farm, directory, mill: await startMill(t, directory, yaml(farm, { town: rest })) };
}

test('takes in a feed, and asks the next time only whether it changed', async (t) => {
  const { farm, mill } = await townOf(t);
  assert.deepEqual(await mill.refresh(), {
    town: { ...QUIET, source: 'town', outcome: 'refreshed', added: 2 },
  });
  assert.deepEqual(await mill.titles(), ['market', 'fair']);
  const generation = mill.app.generation();
  assert.deepEqual(await mill.refresh(), { town: { ...QUIET, source: 'town', outcome: 'unchanged' } });
  assert.deepEqual(
    farm.asked.map(({ status, headers }) => [status, headers['if-none-match'] ?? null]),
    [
      [200, null],
      [304, '"1"'],
    ],
  );
  assert.equal(mill.app.generation(), generation, 'nothing is rendered again');
});

test('knows the same body again from a server without validators', async (t) => {
  const { farm, mill } = await townOf(t);
  farm.pages.set('/town', { body: rss([{ name: 'fair' }]) });
  await mill.refresh();
  assert.equal((await mill.refresh())['town']?.outcome, 'unchanged');
  assert.deepEqual(
    farm.asked.map(({ status }) => status),
    [200, 200],
  );
});

test('adds the one new item and leaves the others alone', async (t) => {
  const { farm, mill } = await townOf(t);
  await mill.refresh();
  const before = await mill.app.explain('https://town.example/fair');
  mill.pass(HOUR);
  farm.pages.set('/town', {
    body: rss([{ name: 'tide' }, { name: 'market' }, { name: 'fair' }]),
    etag: '"2"',
  });
  assert.deepEqual(await mill.refresh(), {
    town: { ...QUIET, source: 'town', outcome: 'refreshed', added: 1 },
  });
  assert.deepEqual(await mill.titles(), ['tide', 'market', 'fair']);
  assert.deepEqual(await mill.app.explain('https://town.example/fair'), before);
});

test('takes an edited item for a revision', async (t) => {
  const { farm, mill } = await townOf(t);
  await mill.refresh();
  mill.pass(HOUR);
  farm.pages.set('/town', { body: rss([{ name: 'market', text: 'Moved to Monday.' }, { name: 'fair' }]) });
  assert.deepEqual(await mill.refresh(), {
    town: { ...QUIET, source: 'town', outcome: 'refreshed', changed: 1 },
  });
  const { item, revisions } = await mill.app.explain('https://town.example/market');
  assert.deepEqual([item.contentHtml, revisions.length], ['<p>Moved to Monday.</p>', 1]);
});

test('an item listed twice counts where it stands first, and does not change at every look', async (t) => {
  const { farm, mill } = await townOf(t);
  await mill.refresh();
  const twice = [{ name: 'market', text: 'Moved to Monday.' }, { name: 'fair' }, { name: 'market' }];
  farm.pages.set('/town', { body: rss(twice) });
  assert.equal((await mill.refresh())['town']?.changed, 1);
  farm.pages.set('/town', { body: rss([...twice, { name: 'tide' }]) });
  assert.deepEqual((await mill.refresh())['town'], {
    ...QUIET,
    source: 'town',
    outcome: 'refreshed',
    added: 1,
  });
  const { item } = await mill.app.explain('https://town.example/market');
  assert.equal(item.contentHtml, '<p>Moved to Monday.</p>');
});

test('follows a permanent move from then on, shows it, and comes back where it leads nowhere', async (t) => {
  const { farm, mill } = await townOf(t);
  farm.pages.set('/town', { status: 301, headers: { location: '/moved' } });
  farm.pages.set('/moved', { body: rss([{ name: 'fair' }]) });
  await mill.refresh();
  farm.asked.length = 0;
  await mill.refresh();
  assert.deepEqual(
    farm.asked.map(({ path }) => path),
    ['/moved'],
  );
  assert.equal((await mill.app.sources())[0]?.movedTo, `${farm.url}/moved`);
  farm.pages.delete('/moved');
  farm.pages.set('/town', { body: rss([{ name: 'market' }]) });
  assert.equal((await mill.refresh())['town']?.outcome, 'failed');
  assert.equal((await mill.refresh())['town']?.outcome, 'refreshed');
  assert.deepEqual(await mill.titles(), ['market', 'fair']);
});

test('calls a source gone after two confirmations, keeps its items, and asks once a day', async (t) => {
  const { farm, mill } = await townOf(t);
  await mill.refresh();
  farm.pages.set('/town', { status: 410 });
  const outcomes = [];
  for (let time = 0; time < 3; time += 1) {
    mill.pass(HOUR / 4);
    outcomes.push((await mill.refresh())['town']?.outcome);
  }
  assert.deepEqual(outcomes, ['failed', 'failed', 'gone']);
  assert.deepEqual(await mill.titles(), ['market', 'fair']);
  const [status] = await mill.app.sources();
  assert.deepEqual([status?.state, status?.error?.code, status?.failures], ['gone', 'http-status', 3]);
  farm.asked.length = 0;
  mill.pass(23 * HOUR);
  await mill.app.refreshDue();
  assert.equal(farm.asked.length, 0);
  farm.pages.set('/town', { body: rss([{ name: 'tide' }]) });
  mill.pass(2 * HOUR);
  await mill.app.refreshDue();
  assert.equal((await mill.app.sources())[0]?.state, 'well');
  assert.equal((await mill.titles()).length, 3);
});

test('a source that fails neither empties a feed nor holds up the others', async (t) => {
  const farm = await startFarm(t);
  const directory = await tempDirectory(t);
  const mill = await startMill(t, directory, yaml(farm, { town: '', broken: '', odd: '', sea: '' }));
  farm.pages.set('/town', { body: rss([{ name: 'fair' }]) });
  farm.pages.set('/broken', { status: 500, body: 'Error' });
  farm.pages.set('/odd', { body: '\u0000\u0001 this is neither a feed nor a page' });
  farm.pages.set('/sea', { body: rss([{ name: 'tide' }]) });
  const reports = await mill.refresh();
  assert.deepEqual(
    ['town', 'broken', 'odd', 'sea'].map((key) => [reports[key]?.outcome, reports[key]?.error?.code]),
    [
      ['refreshed', undefined],
      ['failed', 'http-status'],
      ['failed', 'not-a-feed'],
      ['refreshed', undefined],
    ],
  );
  farm.pages.set('/town', { status: 503 });
  assert.equal((await mill.refresh('town'))['town']?.outcome, 'failed');
  assert.deepEqual((await mill.titles()).toSorted(), ['fair', 'tide']);
});

test('refuses addresses inside the network where nobody allowed them', async (t) => {
  const farm = await startFarm(t);
  const directory = await tempDirectory(t);
  const text = yaml(farm, { town: '' }).replace('allow_private: ["127.0.0.0/8"], ', '');
  const mill = await startMill(t, directory, text);
  assert.equal((await mill.refresh())['town']?.error?.code, 'address-refused');
  assert.equal(farm.asked.length, 0);
});

test('asks again when the line says so, and not before; by hand whenever it is told', async (t) => {
  const { farm, mill } = await townOf(t, ', schedule: "*/30 * * * *"');
  const askedAfter = async (ms: number): Promise<number> => {
    farm.asked.length = 0;
    mill.pass(ms);
    await mill.app.refreshDue();
    return farm.asked.filter(({ path }) => path === '/town').length;
  };
  assert.equal(await askedAfter(0), 1, 'at once, when it was added');
  assert.equal(await askedAfter(0.4 * HOUR), 0);
  assert.equal(await askedAfter(0.15 * HOUR), 1);
  await mill.refresh();
  assert.equal(farm.asked.filter(({ path }) => path === '/town').length, 2);
  assert.equal(await askedAfter(-200 * 24 * HOUR), 1, 'the clock went back');
});

test('leaves a publisher alone for as long as it asks', async (t) => {
  const { farm, mill } = await townOf(t);
  farm.pages.set('/town', { body: rss([{ name: 'fair' }], '<ttl>180</ttl>') });
  await mill.refresh();
  farm.asked.length = 0;
  mill.pass(2 * HOUR);
  await mill.app.refreshDue();
  assert.equal(farm.asked.length, 0);
  mill.pass(1.1 * HOUR);
  await mill.app.refreshDue();
  assert.equal(farm.asked.filter(({ path }) => path === '/town').length, 1);
});

test('goes on after a restart where it was', async (t) => {
  const { farm, mill, directory } = await townOf(t);
  await mill.refresh();
  await mill.close();
  farm.asked.length = 0;
  const again = await startMill(t, directory, yaml(farm, { town: '' }));
  await again.app.refreshDue({ starting: true });
  assert.deepEqual([farm.asked.length, again.app.health().ready], [0, true]);
  assert.deepEqual(
    Object.values(await again.refresh()).map(({ outcome }) => outcome),
    ['unchanged'],
  );
  assert.deepEqual(
    farm.asked.map(({ status }) => status),
    [304],
  );
  assert.deepEqual(await again.titles(), ['market', 'fair']);
});

test('forgets what it learned of another address', async (t) => {
  const { farm, mill } = await townOf(t);
  await mill.refresh();
  farm.pages.set('/other', { body: rss([{ name: 'tide' }]), etag: '"1"' });
  farm.asked.length = 0;
  const { sources, ...config } = mill.app.config();
  const moved = sources.map((source) => ({ ...source, url: `${farm.url}/other` }) as typeof source);
  await mill.app.reconfigure({ ...config, sources: moved });
  await mill.app.refreshDue();
  assert.deepEqual(
    farm.asked.filter(({ path }) => path === '/other').map(({ status }) => status),
    [200],
  );
});

test('lets items go when their time is over, and does not take them in again', async (t) => {
  const { farm, mill } = await townOf(t, ', keep: 2h');
  await mill.refresh();
  mill.pass(1.5 * HOUR);
  farm.pages.set('/town', { body: rss([{ name: 'tide' }, { name: 'market' }, { name: 'fair' }]) });
  await mill.app.refreshDue();
  assert.equal((await mill.titles()).length, 3);
  mill.pass(1.2 * HOUR);
  await mill.app.refreshDue();
  assert.deepEqual(await mill.titles(), ['tide']);
  farm.pages.set('/town', { body: rss([{ name: 'reef' }, { name: 'market' }, { name: 'fair' }]) });
  assert.equal((await mill.refresh())['town']?.added, 1);
  assert.deepEqual((await mill.titles()).toSorted(), ['reef', 'tide']);
});

test('sends headers and credentials to the own origin of a source, and nowhere else', async (t) => {
  const other = await startFarm(t);
  other.pages.set('/moved', { body: rss([{ name: 'fair' }]) });
  const { farm, mill } = await townOf(
    t,
    ', headers: {Referer: "https://town.example/"}, auth: {bearer: "secret word"}',
  );
  farm.pages.set('/town', { status: 308, headers: { location: `${other.url}/moved` } });
  await mill.refresh();
  await mill.refresh();
  assert.equal(farm.asked[0]?.headers.authorization, 'Bearer secret word');
  assert.equal(other.asked.length, 2);
  assert.deepEqual(
    other.asked.map(({ headers }) => [headers.authorization, headers.referer]),
    [
      [undefined, undefined],
      [undefined, undefined],
    ],
  );
});

test('previews a feed without storing anything', async (t) => {
  const { mill } = await townOf(t);
  const shown = await Array.fromAsync(mill.app.preview('town', { limit: 1 }));
  assert.deepEqual(
    shown.map(({ title, outcome }) => [title, outcome]),
    [['market', 'kept']],
  );
  assert.deepEqual(await mill.titles(), []);
});

test('shows the icon of a source: what is one by its bytes, and nothing that only says so', async (t) => {
  const { farm, mill } = await townOf(t);
  const svg = '<svg onload="x()"/>';
  const gif = Buffer.from('474946383961010001000000002c00000000010001000002024401003b', 'hex');
  farm.pages.set('/town', {
    body: rss([{ name: 'fair' }]).replaceAll('https://town.example/<', `${farm.url}/<`),
  });
  farm.pages.set('/', {
    headers: { 'content-type': 'text/html' },
    body: '<link rel="icon" href="/bad.png">',
  });
  farm.pages.set('/bad.png', { headers: { 'content-type': 'image/png' }, body: svg });
  farm.pages.set('/favicon.ico', { headers: { 'content-type': 'text/plain' }, body: gif });
  await mill.app.refreshDue();
  await mill.app.settled();
  const paths = farm.asked.map(({ path }) => path);
  assert.deepEqual(paths, ['/town', '/', '/bad.png', '/favicon.ico']);
  const stored = await mill.app.icon(hashOf(gif));
  assert.deepEqual(
    [stored?.mediaType, Buffer.from(stored?.bytes ?? [])],
    ['image/gif', gif],
    'as it is by its bytes, whatever its server calls it',
  );
  assert.equal(await mill.app.icon(hashOf(Buffer.from(svg))), null);

  farm.asked.length = 0;
  mill.pass(6 * 24 * HOUR);
  await mill.app.refreshDue();
  await mill.app.settled();
  assert.deepEqual(
    farm.asked.map(({ path }) => path),
    ['/town'],
    'it is not looked for again within a week',
  );
  farm.pages.set('/favicon.ico', { status: 404 });
  mill.pass(2 * 24 * HOUR);
  await mill.app.refreshDue();
  await mill.app.settled();
  assert.equal(await mill.app.icon(hashOf(gif)), null, 'what no source shows any more is not kept');
});

test('follows the next page of a page source up to its limit', async (t) => {
  const farm = await startFarm(t);
  const directory = await tempDirectory(t);
  await mkdir(directory, { recursive: true });
  for (const number of [1, 2, 3, 4]) {
    farm.pages.set(`/news${number}`, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: `<ul><li class="news"><a href="/item${number}">Item ${number}</a></li></ul><a class="next" href="/news${number + 1}">more</a>`,
    });
  }
  const text = yaml(farm, {}).replace(
    'sources:',
    `sources:\n  notices: {type: page, url: "${farm.url}/news1", select: {item: "li.news", title: "a", link: "a@href", next: "a.next@href", pages: 3}}`,
  );
  const mill = await startMill(t, directory, text);
  assert.equal((await mill.refresh())['notices']?.added, 3);
  assert.deepEqual(
    farm.asked.map(({ path }) => path),
    ['/news1', '/news2', '/news3'],
  );
  farm.pages.delete('/news2');
  farm.pages.set('/news1', {
    ...farm.pages.get('/news1'),
    body: '<ul><li class="news"><a href="/item9">Item 9</a></li></ul><a class="next" href="/news2">more</a>',
  });
  const report = (await mill.refresh())['notices'];
  assert.deepEqual(
    [report?.outcome, report?.added, report?.warnings.map(({ code }) => code)],
    ['refreshed', 1, ['next-page']],
  );
});

/** Items as a feed lists them: link, guid, title and text of each. */
function listing(
  ...items: readonly (readonly [link: string, guid: string, title: string, text: string])[]
): string {
  const body = items.map(
    ([link, guid, title, text]) =>
      `<item>${link === '' ? '' : `<link>${link}</link>`}${guid === '' ? '' : `<guid isPermaLink="false">${guid}</guid>`}` +
      `<title>${title}</title><description>${text}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Town</title>${body.join('')}</channel></rss>`;
}

function episode(number: number) {
  return ['https://show.example/', `ep${number}`, `Episode ${number}`, `About ${number}.`] as const;
}

function day(name: string, guid: string) {
  return [`https://town.example/${name}`, guid, name, 'Read more'] as const;
}

test('keeps the episodes of a show apart that all link to its page', async (t) => {
  const { farm, mill } = await townOf(t);
  for (let newest = 3; newest <= 6; newest += 1) {
    farm.pages.set('/town', { body: listing(episode(newest), episode(newest - 1), episode(newest - 2)) });
    await mill.refresh();
  }
  assert.deepEqual(
    (await mill.titles()).toSorted(),
    [1, 2, 3, 4, 5, 6].map((number) => `Episode ${number}`),
  );
});

test('keeps apart what a careless feed gives one guid, and what says hardly anything', async (t) => {
  const { farm, mill } = await townOf(t);
  for (const guids of [
    ['same', 'same', 'same'],
    ['', '', ''],
  ]) {
    const [mon = '', tue = '', wed = ''] = guids;
    farm.pages.set('/town', { body: listing(day(`mon${mon}`, mon), day(`tue${tue}`, tue)) });
    await mill.refresh();
    farm.pages.set('/town', { body: listing(day(`wed${wed}`, wed), day(`tue${tue}`, tue)) });
    await mill.refresh();
  }
  assert.deepEqual((await mill.titles()).toSorted(), ['mon', 'monsame', 'tue', 'tuesame', 'wed', 'wedsame']);
});

test('keeps apart items without guid and address that share their title', async (t) => {
  const { farm, mill } = await townOf(t);
  farm.pages.set('/town', {
    body: listing(['', '', 'Notice', 'Water off on Monday.'], ['', '', 'Notice', 'Water on again.']),
  });
  assert.equal((await mill.refresh())['town']?.added, 2);
});

test('takes a link and a file whose tokens rotate for the same', async (t) => {
  const { farm, mill } = await townOf(t);
  for (let turn = 1; turn <= 3; turn += 1) {
    farm.pages.set('/town', {
      body: listing([`https://town.example/a?utm_source=${turn}`, 'a', 'A', 'Text.']).replace(
        '</item>',
        `<enclosure url="https://town.example/a.mp3?token=${turn}" type="audio/mpeg" length="1"/></item>`,
      ),
    });
    const report = (await mill.refresh())['town'];
    assert.deepEqual([report?.added, report?.changed], [turn === 1 ? 1 : 0, 0]);
  }
  assert.deepEqual((await mill.app.explain('https://town.example/a')).revisions, []);
});

test('a clock that jumps ahead and back lets nothing go', async (t) => {
  const { mill } = await townOf(t, ', keep: 365d');
  await mill.refresh();
  mill.jump(2 * 365 * 24 * HOUR);
  await mill.app.refreshDue();
  mill.jump(-2 * 365 * 24 * HOUR);
  await mill.app.refreshDue();
  assert.equal((await mill.titles()).length, 2);
});

test('asking three times at once does not make a source gone', async (t) => {
  const { farm, mill } = await townOf(t);
  farm.pages.set('/town', { status: 410, body: '' });
  for (let tries = 0; tries < 3; tries += 1) assert.equal((await mill.refresh())['town']?.outcome, 'failed');
  mill.pass(HOUR);
  assert.equal((await mill.refresh())['town']?.outcome, 'failed');
  mill.pass(HOUR);
  assert.equal((await mill.refresh())['town']?.outcome, 'gone');
});

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
