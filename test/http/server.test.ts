import assert from 'node:assert/strict';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type HttpServer, createHttpServer } from '../../src/http/server.ts';
import { type SampleApp, sampleApp } from './sample-app.ts';
import { samplePublication } from '../publish/sample-view.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

let app: SampleApp;
let http: HttpServer;
let port = 0;
let lines: { fields: Record<string, unknown>; message: string }[] = [];

function note(fields: object, message: string): void {
  lines.push({ fields: { ...fields }, message });
}

/** `fetch` decodes bodies and hides headers, so requests are made by hand. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers }, (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function statusOf(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<number> {
  return (await ask(path, headers, method)).status;
}

before(async () => {
  app = sampleApp();
  http = createHttpServer({ app, log: { info: note, error: note }, controlToken: 'control' });
  await new Promise<void>((resolve) => http.server.listen(0, '127.0.0.1', resolve));
  const address = http.server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

beforeEach(() => {
  Object.assign(app.now, sampleApp().now, { generation: app.now.generation + 1 });
  lines = [];
});

after(() => http.close(0));

describe('a feed', () => {
  test('is found at its path, under /feeds and, the first one, under /feed', async () => {
    const paths = [
      '/feed.xml',
      '/feeds/main.atom',
      '/feeds/main.rss',
      '/feeds/main.json',
      '/feed.atom',
      '/feed.rss',
      '/feed.json',
      '/feeds/main/archive/1.atom',
    ];
    for (const path of paths) assert.equal(await statusOf(path), 200, path);
    assert.deepEqual(app.now.asked, [
      'main atom current',
      'main atom current',
      'main rss current',
      'main json current',
      'main atom current',
      'main rss current',
      'main json current',
      'main atom 1',
    ]);
  });

  test('is not found under other names, numbers and letters', async () => {
    const paths = [
      '/feeds/other.atom',
      '/feeds/main.xml',
      '/feeds/main/archive/2.atom',
      '/feeds/main/archive/0.atom',
      '/feeds/main/archive/01.atom',
      '/feeds/main/archive/1.rss',
      '/FEED.xml',
      '//feed.xml',
      '/nowhere',
    ];
    for (const path of paths) assert.equal(await statusOf(path), 404, path);
  });

  test('counts from the moment that the configuration names it', async () => {
    assert.equal(await statusOf('/news.xml'), 404);
    for (const path of ['/old.xml', '/news.xml']) {
      app.now.publications = [samplePublication({ path })];
      app.now.generation += 1;
      assert.equal(await statusOf(path), 200);
    }
    assert.equal(await statusOf('/old.xml'), 404);
  });

  test('is at /feed.xml in its own format where it is the first, whatever its path', async () => {
    app.now.publications = [samplePublication({ path: '/news.xml', format: 'rss' })];
    app.now.generation += 1;
    const { headers } = await ask('/feed.xml');
    assert.match(headers['content-type'] ?? '', /application\/rss\+xml/);
  });

  for (const round of ['by the router', 'by the shortcut']) {
    test(`carries every header, answered ${round}`, async () => {
      if (round === 'by the shortcut') await ask('/feed.xml');
      const { status, headers, body } = await ask('/feed.xml', { 'accept-encoding': 'br' });
      const { date, 'keep-alive': _, ...rest } = headers;
      assert.equal(status, 200);
      assert.equal(brotliDecompressSync(body).toString(), 'feed main atom current'.repeat(50));
      assert.equal(typeof date, 'string');
      assert.deepEqual(rest, {
        'content-type': 'application/atom+xml',
        'content-length': String(body.length),
        'content-encoding': 'br',
        etag: rest.etag,
        'last-modified': 'Sun, 01 Mar 2026 10:00:00 GMT',
        'cache-control': 'public, max-age=60, must-revalidate',
        vary: 'Accept-Encoding',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'ETag',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        connection: 'keep-alive',
      });
      assert.match(rest.etag ?? '', /^"[\w-]{27}-br"$/);
      assert.deepEqual(app.now.asked, ['main atom current']);
    });
  }

  test('is sent in the coding that the client likes best, each with a tag of its own', async () => {
    const plain = await ask('/feed.xml');
    const gzip = await ask('/feed.xml', { 'accept-encoding': 'gzip' });
    const zstd = await ask('/feed.xml', { 'accept-encoding': 'br;q=0.1, zstd' });
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.deepEqual(gunzipSync(gzip.body), plain.body);
    assert.deepEqual(zstdDecompressSync(zstd.body), plain.body);
    const tag = plain.headers.etag?.slice(0, -1);
    assert.deepEqual([gzip.headers.etag, zstd.headers.etag], [`${tag}-gzip"`, `${tag}-zstd"`]);
  });

  test('is not sent again to who has it, by tag or by time', async () => {
    const { headers } = await ask('/feed.xml');
    const byTag = await ask('/feed.xml', {
      'if-none-match': `"x", W/${headers.etag}`,
      'accept-encoding': 'gzip',
    });
    assert.deepEqual([byTag.status, byTag.body.length], [304, 0]);
    assert.deepEqual(
      [
        byTag.headers.etag,
        byTag.headers.vary,
        byTag.headers['cache-control'],
        byTag.headers['content-length'],
      ],
      [
        headers.etag?.replace(/"$/, '-gzip"'),
        'Accept-Encoding',
        'public, max-age=60, must-revalidate',
        undefined,
      ],
    );
    const since = headers['last-modified'] ?? '';
    assert.equal(await statusOf('/feed.xml', { 'if-modified-since': since }), 304);
    assert.equal(await statusOf('/feed.xml', { 'if-modified-since': since, 'if-none-match': '"x"' }), 200);
  });

  test('answers HEAD with the headers of GET', async () => {
    const get = await ask('/feed.xml');
    const head = await ask('/feed.xml', {}, 'HEAD');
    assert.equal(head.body.length, 0);
    assert.deepEqual({ ...head.headers, date: '' }, { ...get.headers, date: '' });
  });

  test('may be asked for by pages of other sites with conditions, and is never written to', async () => {
    const preflight = await ask('/feed.xml', { origin: 'https://reader.example' }, 'OPTIONS');
    assert.deepEqual(
      [preflight.status, preflight.headers['access-control-allow-headers']],
      [204, 'If-None-Match, If-Modified-Since'],
    );
    const post = await ask('/feed.xml', {}, 'POST');
    assert.deepEqual([post.status, post.headers.allow], [405, 'GET, HEAD']);
  });

  test('is new at once when the app says that something changed', async () => {
    const old = await ask('/feed.xml');
    app.now.text = 'newer ';
    assert.deepEqual((await ask('/feed.xml')).body, old.body);
    app.now.generation += 1;
    const fresh = await ask('/feed.xml', { 'if-none-match': old.headers.etag ?? '' });
    assert.equal(fresh.status, 200);
    assert.equal(fresh.body.toString().startsWith('newer main'), true);
  });
});

describe('a feed with a token', () => {
  const paths = [
    '/our%20family.xml',
    '/feeds/family.atom',
    '/feeds/family.json',
    '/feeds/family',
    '/feeds/family/archive/1.atom',
  ];

  test('does not exist for who has none', async () => {
    for (const path of paths) {
      assert.equal(await statusOf(path), 404, path);
      assert.equal(await statusOf(`${path}?token=secre`), 404, path);
      assert.equal(await statusOf(`${path}?token=`), 404, path);
    }
    const unknown = await ask('/feeds/unknown.atom');
    const guarded = await ask('/feeds/family.atom');
    assert.deepEqual(guarded.body, unknown.body);
  });

  test('opens with it, is not kept by proxies, and never takes the shortcut', async () => {
    for (const path of paths) {
      const { status, headers } = await ask(`${path}?token=secret`);
      assert.equal(status, 200, path);
      assert.match(headers['cache-control'] ?? '', /^private/, path);
      assert.equal(await statusOf(path), 404, path);
    }
  });

  test('shuts as soon as the configuration gives it one', async () => {
    assert.equal(await statusOf('/feed.xml'), 200);
    app.now.publications = [samplePublication({ token: 'new' })];
    app.now.generation += 1;
    assert.equal(await statusOf('/feed.xml'), 404);
  });

  test('lends its token to its items', async () => {
    const elsewhere = { host: 'mill.example' };
    assert.equal(await statusOf('/items/family?token=secret', elsewhere), 200);
    assert.equal(await statusOf('/items/family?token=wrong', elsewhere), 421);
    assert.equal(await statusOf('/items/nowhere?token=secret', elsewhere), 421);
  });
});

describe('what belongs to the owner', () => {
  const owned = ['/', '/sources.opml', '/metrics', '/items/nowhere', '/items/unknown'];

  test('is open on this machine while nobody can log in, and to nobody else', async () => {
    for (const path of owned) {
      assert.notEqual(await statusOf(path), 421, path);
      assert.equal(await statusOf(path, { host: 'mill.example' }), 421, path);
      assert.equal(await statusOf(path, { 'x-forwarded-for': '10.0.0.1' }), 421, path);
      assert.equal(await statusOf(path, { forwarded: 'for=10.0.0.1' }), 421, path);
    }
    app.now.baseUrl = 'https://mill.example';
    assert.equal(await statusOf('/sources.opml'), 421);
    app.now.auth = 'none';
    assert.equal(await statusOf('/sources.opml', { host: 'mill.example' }), 200);
  });

  test('needs a login once there are users', async () => {
    app.now.hasUsers = true;
    assert.deepEqual([await statusOf('/'), await statusOf('/feed.xml')], [401, 200]);
  });

  test('is apart from what everybody may see', async () => {
    const elsewhere = { host: 'mill.example', 'x-forwarded-host': 'mill.example' };
    for (const path of [
      '/feed.xml',
      '/feeds/main',
      '/items/open',
      '/feeds.opml',
      '/healthz',
      '/assets/feedmill-0.css',
    ]) {
      assert.equal(await statusOf(path, elsewhere), 200, path);
    }
  });
});

describe('refreshing a source', () => {
  const path = '/api/v1/sources/seeds/refresh';

  test('answers with the report', async () => {
    const { status, body } = await ask(path, {}, 'POST');
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(body.toString()), {
      source: 'seeds',
      outcome: 'refreshed',
      added: 1,
      changed: 0,
      dropped: 0,
      warnings: [],
      error: null,
    });
  });

  test('is for the owner and the command line alone', async () => {
    const elsewhere = { host: 'mill.example' };
    assert.equal(await statusOf(path, elsewhere, 'POST'), 421);
    assert.equal(await statusOf(path, { ...elsewhere, authorization: 'Bearer wrong' }, 'POST'), 421);
    assert.equal(await statusOf(path, { ...elsewhere, authorization: 'Bearer control' }, 'POST'), 200);
    assert.equal(await statusOf(path, { origin: 'https://evil.example' }, 'POST'), 403);
    assert.equal(await statusOf(path, { 'sec-fetch-site': 'cross-site' }, 'POST'), 403);
    assert.equal(await statusOf(path, { origin: `http://127.0.0.1:${port}` }, 'POST'), 200);
    assert.equal(await statusOf(path), 405);
  });

  test('tells of errors as problem details', async () => {
    const unknown = await ask('/api/v1/sources/nothing/refresh', {}, 'POST');
    assert.equal(unknown.headers['content-type'], 'application/problem+json; charset=utf-8');
    assert.deepEqual(JSON.parse(unknown.body.toString()), {
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      detail: 'no source has the key "nothing"',
    });
  });

  test('hides a bug from the client and logs it', async () => {
    const { status, body } = await ask('/api/v1/sources/broken/refresh', {}, 'POST');
    assert.equal(status, 500);
    assert.equal(body.includes('a bug'), false);
    assert.equal(lines.filter(({ message }) => message === 'request failed').length, 1);
  });
});

describe('pages', () => {
  test('are guarded by a strict policy', async () => {
    for (const path of ['/', '/feeds/main', '/items/open', '/nowhere']) {
      const { headers } = await ask(path);
      assert.match(String(headers['content-security-policy']), /^default-src 'none'; img-src \* data:/, path);
      assert.deepEqual(
        [headers['x-content-type-options'], headers['referrer-policy']],
        ['nosniff', 'no-referrer'],
        path,
      );
    }
  });

  test('of the stylesheet may be kept for ever, and older ones are gone', async () => {
    const { headers } = await ask('/assets/feedmill-0.css');
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(await statusOf('/assets/feedmill-1.css'), 404);
  });

  test('of errors are HTML for browsers and a line of text for feed readers', async () => {
    const page = await ask('/nowhere', { accept: 'text/html,*/*' });
    const feed = await ask('/feeds/nowhere.atom', { accept: 'text/html,*/*' });
    assert.match(page.body.toString(), /^<h1>Not found<\/h1>/);
    assert.match(feed.body.toString(), /^Not found\. There is nothing at this address\./);
  });
});

test('a stray % is a bad request', async () => {
  for (const path of [
    '/%',
    '/feeds/%zz.atom',
    '/items/%ff',
    '/feeds/%E0%A4.rss',
    '/api/v1/sources/%/refresh',
  ]) {
    const { status, body } = await ask(path);
    assert.equal(status, 400, path);
    assert.equal(body.includes('node_modules'), false, path);
  }
});

test('health says which configuration is not in force, and readiness waits for the first import', async () => {
  const health = await ask('/healthz');
  assert.equal(health.status, 200);
  assert.deepEqual(JSON.parse(health.body.toString()), {
    status: 'warning',
    version: '1.2.3',
    warnings: [{ line: 3, column: 5, message: 'unknown key' }],
  });
  assert.equal(await statusOf('/readyz'), 503);
  app.now.ready = true;
  assert.equal(await statusOf('/readyz'), 200);
});

test('every request leaves one line and one count, without its query', async () => {
  await ask('/feed.xml');
  await ask('/feed.xml', {}, 'HEAD');
  await ask('/feeds/family.atom?token=secret');
  await ask('/feeds/family.atom?token=wrong');
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(
    lines.map(({ fields: { milliseconds, ...fields }, message }) => [typeof milliseconds, fields, message]),
    [
      ['number', { method: 'GET', path: '/feed.xml', status: 200 }, 'request'],
      ['number', { method: 'HEAD', path: '/feed.xml', status: 200 }, 'request'],
      ['number', { method: 'GET', path: '/feeds/family.atom', status: 200 }, 'request'],
      ['number', { method: 'GET', path: '/feeds/family.atom', status: 404 }, 'request'],
    ],
  );
  const metrics = (await ask('/metrics')).body.toString();
  assert.match(metrics, /^feedmill_http_requests_total\{kind="feed",method="HEAD",status="200"\} \d+$/m);
  assert.equal(metrics.includes('secret'), false);
});

test('closing lets a running request end and does not wait for idle connections', async () => {
  const slow = sampleApp();
  const held = Promise.withResolvers<void>();
  const closing = createHttpServer({
    app: { ...slow, feedsOpml: () => held.promise.then(() => slow.feedsOpml()) },
    log: { info: note, error: note },
    controlToken: 'c',
  });
  const { server } = closing;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  await (await fetch(`${url}/healthz`)).text();
  const running = fetch(`${url}/feeds.opml`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const started = performance.now();
  const closed = closing.close();
  setTimeout(held.resolve, 100);
  assert.equal(await (await running).text(), 'feeds');
  await closed;
  assert.ok(performance.now() - started < 2000);
});
