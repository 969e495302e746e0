/** Clients that attack our own listener, as the corpus lists them: what they get, and that others go on being served. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as net from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { App } from '../../src/app/app.ts';
import { createHttpServer, type HttpServer } from '../../src/http/server.ts';
import { sampleApp } from './sample-app.ts';

const FILE = join(import.meta.dirname, '../../../shared/corpus/hostile/http-faults.jsonl');

/** Rows that are not played, each with the reason. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'http-in-login-bruteforce': 'there is no login yet',
  'http-in-csrf':
    'there are no sessions of browsers yet; the one call that changes anything needs a token in a header',
  'http-in-token-after-password-change': 'there are no passwords yet',
};

let server: HttpServer;
let port = 0;

before(async () => {
  [server, port] = await start();
});
after(() => server.close(0));

async function start(app: App = sampleApp()): Promise<[HttpServer, number]> {
  const log = { info: () => undefined, error: () => undefined };
  const made = createHttpServer({ app, log, controlToken: 'control' });
  await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
  const address = made.server.address();
  return [made, typeof address === 'object' && address !== null ? address.port : 0];
}

/** Sends these bytes over one connection, and gives back all that comes until it is closed or silent. */
function send(...parts: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let received = '';
    const end = () => {
      socket.destroy();
      resolve(received);
    };
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.setTimeout(1000, end);
    for (const part of parts) socket.write(part);
  });
}

function get(path: string, ...headers: string[]): string {
  return [
    'GET ' + path + ' HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: close',
    ...headers,
    '',
    '',
  ].join('\r\n');
}

function post(path: string, length: number, ...headers: string[]): string {
  return get(path, `Content-Length: ${length}`, ...headers).replace('GET', 'POST');
}

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

async function serves(): Promise<void> {
  const started = performance.now();
  assert.equal(statusOf(await send(get('/feed.xml'))), 200);
  assert.ok(performance.now() - started < 1000);
}

function holdOpen(count: number, hello: string): net.Socket[] {
  return Array.from({ length: count }, () => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(hello));
    socket.on('error', () => undefined);
    return socket;
  });
}

const PLAYS: Readonly<Record<string, () => Promise<void>>> = {
  async 'http-in-slowloris'() {
    const slow = holdOpen(500, 'GET / HTTP/1.1\r\nX-Slow: ');
    await sleep(100);
    await serves();
    for (const socket of slow) socket.destroy();
    assert.deepEqual([server.server.headersTimeout, server.server.requestTimeout], [15_000, 30_000]);
  },
  async 'http-in-slow-read'() {
    const atFirst = process.memoryUsage().rss;
    const slow = holdOpen(500, get('/feed.xml'));
    for (const socket of slow) socket.pause();
    await sleep(200);
    await serves();
    assert.ok(process.memoryUsage().rss - atFirst < 100_000_000);
    for (const socket of slow) socket.destroy();
  },
  async 'http-in-body-100mb'() {
    const atFirst = process.memoryUsage().rss;
    const answer = await send(post('/sources.opml', 100_000_000), Buffer.alloc(2_000_000));
    assert.ok(statusOf(answer) >= 400 || answer === '', answer.slice(0, 100));
    assert.ok(process.memoryUsage().rss - atFirst < 50_000_000);
    await serves();
  },
  async 'http-in-gzip-bomb-post'() {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const answer = await send(post('/sources.opml', bomb.length, 'Content-Encoding: gzip'), bomb);
    assert.ok(statusOf(answer) >= 400);
    await serves();
  },
  async 'http-in-bad-host'() {
    const evil = await send(get('/sources.opml').replace(/Host: .*/, 'Host: evil.example'));
    const none = await send('GET /sources.opml HTTP/1.1\r\nConnection: close\r\n\r\n');
    const two = await send(get('/sources.opml', 'Host: evil.example'));
    for (const answer of [evil, none, two]) {
      assert.ok([400, 421].includes(statusOf(answer)), answer.slice(0, 60));
      assert.ok(!answer.includes('evil.example'));
    }
  },
  async 'http-in-path-traversal'() {
    for (const path of [
      '/static/..%2f..%2fetc/passwd',
      '/../../etc/passwd',
      '/items/..%5c..%5cx',
      '/%2e%2e/etc/passwd',
    ]) {
      const answer = await send(get(path));
      assert.ok([400, 404].includes(statusOf(answer)), path);
      assert.ok(!answer.includes('root:'));
    }
  },
  async 'http-in-http-smuggle'() {
    const both = get('/feed.xml', 'Content-Length: 4', 'Transfer-Encoding: chunked').replace('GET', 'POST');
    assert.equal(statusOf(await send(`${both}0\r\n\r\n`)), 400);
  },
  async 'http-in-expect'() {
    assert.equal(statusOf(await send(get('/feed.xml', 'Expect: nonsense'))), 417);
  },
  async 'http-in-upgrade'() {
    const answer = await send(
      get('/feed.xml', 'Upgrade: websocket').replace('Connection: close', 'Connection: Upgrade, close'),
    );
    assert.equal(statusOf(answer), 200);
  },
  async 'http-in-range-flood'() {
    const ranges = Array.from({ length: 1000 }, (_, at) => `${at}-${at}`).join(',');
    assert.ok([200, 416].includes(statusOf(await send(get('/feed.xml', `Range: bytes=${ranges}`)))));
  },
  async 'http-in-if-none-match-huge'() {
    const answer = await send(get('/feed.xml', `If-None-Match: "${'a'.repeat(1_000_000)}"`));
    assert.ok(statusOf(answer) === 431 || answer === '');
    await serves();
  },
  async 'http-in-xss-404'() {
    const answer = await send(get('/<script>alert(1)</script>', 'Accept: text/html'));
    assert.ok([400, 404].includes(statusOf(answer)));
    assert.ok(!answer.includes('<script>alert'));
    if (statusOf(answer) === 404) assert.match(answer, /^content-security-policy:/im);
  },
  async 'http-in-graceful'() {
    const app = sampleApp();
    const itemHtml: App['itemHtml'] = async (id) => {
      await sleep(300);
      return app.itemHtml(id);
    };
    const [own, ownPort] = await start({ ...app, itemHtml });
    const waiting = Array.from({ length: 50 }, () => fetch(`http://127.0.0.1:${ownPort}/items/open`));
    await sleep(150);
    const started = performance.now();
    const closed = own.close();
    for (const answer of await Promise.all(waiting)) assert.equal(answer.status, 200);
    await closed;
    assert.ok(performance.now() - started < 10_000);
  },
};

test('every attack on our listener ends as it should', async (t) => {
  if (!existsSync(FILE)) return t.skip('../shared is not here: 16 attacks were not played');
  const rows = readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line): { id: string; class: string; server: string } => JSON.parse(line))
    .filter((row) => row.class === 'inbound');
  assert.deepEqual(
    rows.filter(({ id }) => PLAYS[id] === undefined && NOT_HERE[id] === undefined).map(({ id }) => id),
    [],
  );
  for (const row of rows.filter(({ id }) => PLAYS[id] !== undefined))
    await t.test(`${row.id}: ${row.server}`, () => PLAYS[row.id]?.());
});
