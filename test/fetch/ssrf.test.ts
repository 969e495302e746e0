/** Every row of the corpus about addresses that must not be reached, each decided right. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as https from 'node:https';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createAddressGuard } from '../../src/fetch/address-guard.ts';
import { findAddresses } from '../../src/fetch/find-addresses.ts';
import { readTarget } from '../../src/fetch/target.ts';
import { FeedmillError } from '../../src/model/error.ts';
import {
  aFetcher,
  aRequest,
  asUrl,
  certificate,
  endOf,
  FEED,
  listen,
  publish,
  setTrap,
  trustTestRoot,
} from './world.ts';

type Names = string | readonly string[] | { A?: string[]; AAAA?: string[]; CNAME?: string };

interface Row {
  readonly id: string;
  readonly kind: 'url' | 'scenario';
  readonly url?: string;
  readonly decision: string;
  readonly scenario?: string;
  readonly server?: { readonly status: number; readonly location: string };
  readonly dns?: Readonly<Record<string, readonly Names[]>>;
  readonly canonical_whatwg: string | null;
}

const FILE = join(import.meta.dirname, '../../../shared/corpus/hostile/ssrf.jsonl');

trustTestRoot();

test('every decision about an address is right', async (t) => {
  if (!existsSync(FILE)) return t.skip('../shared is not here: 162 decisions about addresses were not made');
  const rows = readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line): Row => JSON.parse(line));
  assert.ok(rows.length > 150);
  for (const row of rows)
    await t.test(`${row.id} ${row.scenario ?? JSON.stringify(row.url)}: ${row.decision}`, (each) =>
      row.kind === 'url' ? decideAddress(each, row) : playScenario(each, row),
    );
});

/** Public names of the corpus; whatever else is asked for stands in a house network. */
const PUBLIC_NAMES: Readonly<Record<string, string>> = {
  'good.example': '203.0.114.10',
  'xn--fsqu00a.xn--0zwm56d': '203.0.114.11',
};

async function resolveInPublic(name: string): Promise<string[]> {
  return [PUBLIC_NAMES[name] ?? (name.startsWith('metadata') ? '169.254.169.254' : '127.0.0.1')];
}

/** The addresses that would be dialled, or why none. */
async function decide(
  text: string,
  allowPrivate: readonly string[] = [],
): Promise<readonly string[] | string> {
  try {
    return await findAddresses(readTarget(text).url, createAddressGuard(allowPrivate), resolveInPublic);
  } catch (error) {
    if (error instanceof FeedmillError && error.code === 'address-refused') return error.message;
    throw error;
  }
}

async function decideAddress(t: TestContext, { url = '', decision, canonical_whatwg }: Row): Promise<void> {
  const decided = await decide(url);
  if (decision.startsWith('allow')) return assert.deepEqual(decided, await expected(canonical_whatwg));
  if (decision.startsWith('reject-or')) return assert.deepEqual(decided, [PUBLIC_NAMES['good.example']]);
  assert.match(String(decided), /\. .+\./, 'a sentence of what is wrong and one of what to do');
  // Allowing one private network opens no other: then the addresses decide, and no longer the names.
  assert.equal(typeof (await decide(url, ['192.168.77.0/24'])), 'string');
  const whole = URL.parse(url);
  if (whole === null || !/^https?:$/.test(whole.protocol)) return;
  const outcome = await aFetcher(t, { allowPrivate: [] }, resolveInPublic).fetch(aRequest(url));
  assert.equal(endOf(outcome), 'address-refused');
}

/** In all allowed rows, the host of the address as browsers read it, once `feed:` is read as `http:`. */
async function expected(canonical: string | null): Promise<string[]> {
  const host = new URL((canonical ?? '').replace('feed:', 'http:')).hostname;
  return [PUBLIC_NAMES[host] ?? host];
}

function playScenario(t: TestContext, row: Row): Promise<void> {
  const { scenario = '' } = row;
  if (row.server !== undefined) return playRedirect(t, row.server);
  if (scenario.startsWith('dns-')) return playNames(t, row);
  const play = SCENARIOS[scenario] ?? (scenario.startsWith('path-') ? refuseOnEveryPath : undefined);
  assert.ok(play !== undefined, `nobody plays ${scenario}`);
  return play(t);
}

async function playRedirect(t: TestContext, { status, location }: NonNullable<Row['server']>): Promise<void> {
  const place = await publish(t, (_, response) => response.writeHead(status, { location }).end());
  const outcome = await aFetcher(t).fetch(aRequest(`${place.origin}/r`));
  assert.equal(endOf(outcome), 'address-refused');
  assert.equal(place.asked.length, 1);
}

/** One fetch for each answer of the resolver: the last one is decided, and nothing refused is ever touched. */
async function playNames(t: TestContext, { dns, decision, scenario }: Row): Promise<void> {
  const answers = (dns?.['rebind.test'] ?? []).map(addressesOf);
  const place = await publish(t);
  if (scenario === 'dns-many-records') await publishAlso(t, place.port, '127.0.99.3');
  const trap = await setTrap(t, place.port);
  let lookups = 0;
  const fetcher = aFetcher(t, {}, async () => answers[Math.min(lookups++, answers.length - 1)] ?? []);
  const ends: string[] = [];
  for (const _ of answers)
    ends.push(endOf(await fetcher.fetch(aRequest(`http://rebind.test:${place.port}/`))));
  assert.deepEqual(ends, [
    ...ends.slice(1).map(() => 'fetched'),
    decision === 'allow' ? 'fetched' : 'address-refused',
  ]);
  assert.equal(lookups, answers.length, 'one look-up a fetch');
  assert.equal(trap.touched, 0);
}

function addressesOf(answer: Names): string[] {
  const all =
    typeof answer === 'string'
      ? [answer]
      : 'CNAME' in answer && answer.CNAME === 'localhost'
        ? ['127.0.0.1']
        : Array.isArray(answer)
          ? answer
          : Object.values(answer).flat();
  return all.map((address: string) => address.replace('203.0.114.', '127.0.99.'));
}

async function publishAlso(t: TestContext, port: number, address: string): Promise<void> {
  const { createServer } = await import('node:http');
  await listen(
    t,
    createServer((_, response) => response.end(FEED)),
    address,
    port,
  );
}

async function refuseOnEveryPath(t: TestContext): Promise<void> {
  const fetcher = aFetcher(t);
  const url = 'http://10.0.0.1/';
  const outcomes = await Promise.all([
    fetcher.fetch(aRequest(url)),
    fetcher.fetch(aRequest(url, { expects: 'page' })),
    fetcher.fetchBytes(asUrl(url), { maxBytes: 1000, accept: 'image/*' }),
  ]);
  assert.deepEqual(outcomes.map(endOf), Array(3).fill('address-refused'));
}

const SCENARIOS: Readonly<Record<string, (t: TestContext) => Promise<void>>> = {
  async 'redirect-loop'(t) {
    const place = await publish(t, ({ url }, response) =>
      response.writeHead(302, { location: url === '/a' ? '/b' : '/a' }).end(),
    );
    const outcome = await aFetcher(t).fetch(aRequest(`${place.origin}/a`));
    assert.equal(endOf(outcome), 'too-many-redirects');
    assert.ok(place.asked.length <= 6);
  },

  async 'redirect-5-deep-then-private'(t) {
    const trap = await setTrap(t);
    const place = await publish(t, ({ url }, response) => {
      const step = Number(url?.slice(1));
      response
        .writeHead(302, { location: step < 4 ? `/${step + 1}` : `http://127.0.0.1:${trap.port}/` })
        .end();
    });
    assert.equal(endOf(await aFetcher(t).fetch(aRequest(`${place.origin}/0`))), 'address-refused');
    assert.equal(place.asked.length, 5);
    assert.equal(trap.touched, 0);
  },

  async 'redirect-cross-origin-auth'(t) {
    const other = await publish(t);
    const place = await publish(t, (_, response) =>
      response
        .writeHead(302, { location: `http://u:p@good.test:${other.port}/b`, 'set-cookie': 'a=b' })
        .end(),
    );
    const url = place.origin.replace('//', '//user:pw@');
    const outcome = await aFetcher(t).fetch(aRequest(`${url}/a`, { headers: { 'X-Api-Key': 'secret' } }));
    assert.equal(endOf(outcome), 'fetched');
    const sent = [place, other].map(({ asked: [request] }) => [
      request?.headers.authorization,
      request?.headers['x-api-key'],
      request?.headers.cookie,
    ]);
    assert.deepEqual(sent, [
      [`Basic ${Buffer.from('user:pw').toString('base64')}`, 'secret', undefined],
      [undefined, undefined, undefined],
    ]);
  },

  async 'redirect-https-to-http'(t) {
    const plain = await publish(t);
    const server = https.createServer(certificate('good'), (_, response) =>
      response.writeHead(301, { location: plain.origin }).end(),
    );
    const url = `https://good.test:${await listen(t, server)}/d`;
    const auth = { bearer: 'secret' };
    const outcome = await aFetcher(t).fetch(aRequest(url, { auth }));
    assert.ok(outcome.kind === 'fetched');
    assert.equal(outcome.document.movedTo, null);
    assert.deepEqual(
      outcome.document.warnings.map(({ code }) => code),
      ['redirect-to-http'],
    );
    assert.equal(plain.asked[0]?.headers.authorization, undefined);
  },

  async 'redirect-308-persist-private'(t) {
    await playRedirect(t, { status: 308, location: 'http://192.168.1.1/feed' });
  },

  async 'alt-svc'(t) {
    const trap = await setTrap(t);
    const server = https.createServer(certificate('good'), (_, response) => {
      response.setHeader('alt-svc', `http/1.1="127.0.0.1:${trap.port}", h2="127.0.0.1:${trap.port}"`);
      response.end(FEED);
    });
    const url = `https://good.test:${await listen(t, server)}/alt`;
    const fetcher = aFetcher(t);
    const ends = [await fetcher.fetch(aRequest(url)), await fetcher.fetch(aRequest(url))].map(endOf);
    assert.deepEqual([ends, trap.touched], [['fetched', 'fetched'], 0]);
  },

  async 'path-proxy-setting'(t) {
    const trap = await setTrap(t);
    const place = await publish(t);
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    for (const name of names)
      process.env[name] = name.startsWith('NODE') ? '1' : `http://127.0.0.1:${trap.port}`;
    t.after(() => {
      for (const name of names) delete process.env[name];
    });
    const fetcher = aFetcher(t);
    assert.equal(endOf(await fetcher.fetch(aRequest('http://10.0.0.1/'))), 'address-refused');
    assert.equal(endOf(await fetcher.fetch(aRequest(place.origin))), 'fetched');
    assert.equal(trap.touched, 0);
  },

  async 'path-allowlist-does-not-cover-metadata'(t) {
    const url = 'http://169.254.169.254/';
    for (const allowed of ['10.0.0.0/8', '0.0.0.0/0', '169.0.0.0/8'])
      assert.equal(
        endOf(await aFetcher(t, { allowPrivate: [allowed] }).fetch(aRequest(url))),
        'address-refused',
      );
    assert.deepEqual(await decide(url, ['169.254.169.254/32']), ['169.254.169.254']);
    assert.deepEqual(await decide('http://10.0.0.1/', ['0.0.0.0/0']), ['10.0.0.1']);
  },

  async 'path-own-listener'(t) {
    const own = await setTrap(t);
    const outcome = await aFetcher(t).fetch(aRequest(`http://127.0.0.1:${own.port}/feed.xml`));
    assert.deepEqual([endOf(outcome), own.touched], ['address-refused', 0]);
  },

  async 'path-error-oracle'(t) {
    const open = await setTrap(t);
    const fetcher = aFetcher(t);
    const [first, second] = await Promise.all(
      [open.port, 65_000].map((port) => fetcher.fetch(aRequest(`http://127.0.0.1:${port}/`))),
    );
    assert.deepEqual(first, second);
    assert.equal(open.touched, 0);
    assert.equal(endOf(await fetcher.fetch(aRequest('http://10.0.0.1:22/'))), 'address-refused');
  },

  async 'path-timing-oracle'(t) {
    const fetcher = aFetcher(t);
    const start = performance.now();
    assert.equal(endOf(await fetcher.fetch(aRequest('http://10.0.0.1:9/'))), 'address-refused');
    assert.equal(endOf(await fetcher.fetch(aRequest(`http://10.0.0.1:8080/`))), 'address-refused');
    assert.ok(performance.now() - start < 50);
  },
};

test('what is connected to is judged again, whatever was looked up', async (t) => {
  const { openConnection } = await import('../../src/fetch/connect.ts');
  const trap = await setTrap(t);
  const connection = openConnection(asUrl(`http://good.test:${trap.port}/`), ['127.0.0.1'], {
    guard: createAddressGuard([]),
    timeoutMs: 1000,
    proxy: null,
  });
  t.after(() => connection.destroy());
  await assert.rejects(
    connection.request({ origin: 'http://good.test', path: '/', method: 'GET' }),
    (error) => error instanceof FeedmillError && error.code === 'address-refused',
  );
});

test('says which setting would allow an address', async () => {
  assert.deepEqual(
    await Promise.all(
      ['http://10.1.2.3/', 'http://[fd12::1]/', 'http://169.254.0.9/'].map((url) => decide(url)),
    ),
    [
      '10.1.2.3 is not a public address. If it is meant, allow it in the configuration: fetch.allow_private: [10.0.0.0/8].',
      'fd12::1 is not a public address. If it is meant, allow it in the configuration: fetch.allow_private: [fc00::/7].',
      '169.254.0.9 is not a public address. If it is meant, allow it in the configuration: fetch.allow_private: [169.254.0.9/32].',
    ],
  );
});
