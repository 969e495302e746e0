/** What a fetch brings, what it sends, and what it refuses to swallow: against real servers on loopback. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as http from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { aFetcher, aRequest, asUrl, endOf, FEED, listen, publish, PUBLISHER, SETTINGS } from './world.ts';

test('brings a document with all that is to be known of it', async (t) => {
  const place = await publish(t, (_, response) => {
    response.setHeader('content-type', 'Application/RSS+XML; charset=utf-8');
    response.setHeader('etag', 'W/"1"');
    response.setHeader('last-modified', 'Thu, 01 Jan 2026 00:00:00 GMT');
    response.setHeader('cache-control', 'max-age=600');
    response.setHeader('age', '60');
    response.end(FEED);
  });
  assert.deepEqual(await aFetcher(t).fetch(aRequest(`${place.origin}/feed#top`)), {
    kind: 'fetched',
    document: {
      url: `${place.origin}/feed`,
      movedTo: null,
      mediaType: 'application/rss+xml',
      text: FEED,
      bytes: Buffer.byteLength(FEED),
      bodyHash: createHash('sha256').update(FEED).digest('hex'),
      validators: { etag: 'W/"1"', lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT' },
      freshForMs: 540_000,
      warnings: [],
    },
  });
});

test('says who it is, what it takes, and nothing else', async (t) => {
  const place = await publish(t);
  await aFetcher(t).fetch(aRequest(place.origin, { validators: { etag: '"1"', lastModified: null } }));
  const { accept, ...headers } = place.asked[0]?.headers ?? {};
  assert.match(accept ?? '', /^application\/atom\+xml/);
  assert.deepEqual(headers, {
    host: new URL(place.origin).host,
    connection: 'close',
    'user-agent': 'Feedmill/9.8.7 (+https://www.npmjs.com/package/feedmill)',
    'accept-encoding': 'gzip, br, zstd, deflate',
    'if-none-match': '"1"',
  });
});

test('sends the headers that a source may set, and names the others', async (t) => {
  const place = await publish(t);
  const headers = {
    Referer: 'https://a.example/',
    'User-Agent': 'Reader',
    'X-Token': 'x',
    'X-Forwarded-For': '10.0.0.1',
    Range: 'bytes=0-1',
    Cookie: 'a=b',
  };
  const outcome = await aFetcher(t).fetch(aRequest(place.origin, { headers, auth: { bearer: 'abc' } }));
  const sent = place.asked[0]?.headers ?? {};
  assert.deepEqual(
    ['referer', 'user-agent', 'x-token', 'x-forwarded-for', 'range', 'cookie', 'authorization'].map(
      (name) => sent[name],
    ),
    ['https://a.example/', 'Reader', 'x', undefined, undefined, undefined, 'Bearer abc'],
  );
  assert.ok(outcome.kind === 'fetched');
  assert.deepEqual(
    outcome.document.warnings.map(({ code, message }) => `${code} ${message.split(' ')[2]}`),
    ['header-not-sent X-Forwarded-For', 'header-not-sent Range', 'header-not-sent Cookie'],
  );
});

const PACKED: readonly (readonly [name: string, coding: string, body: Buffer])[] = [
  ['gzip', 'gzip', gzipSync(FEED)],
  ['the old name of gzip', 'x-gzip', gzipSync(FEED)],
  ['brotli', 'br', brotliCompressSync(FEED)],
  ['zstd', 'zstd', zstdCompressSync(FEED)],
  ['deflate', 'deflate', deflateSync(FEED)],
  ['deflate without its frame, as some servers send it', 'deflate', deflateRawSync(FEED)],
  ['no coding by its name', 'identity', Buffer.from(FEED)],
  ['text that calls itself gzip', 'gzip', Buffer.from(FEED)],
];

for (const [name, coding, body] of PACKED)
  test(`unpacks ${name}`, async (t) => {
    const place = await publish(t, (_, response) => response.setHeader('content-encoding', coding).end(body));
    const outcome = await aFetcher(t).fetch(aRequest(place.origin));
    assert.equal('document' in outcome && outcome.document.text, FEED);
  });

const NOT_SWALLOWED: readonly (readonly [
  name: string,
  headers: http.OutgoingHttpHeaders,
  body: Buffer,
  code: string,
])[] = [
  ['two codings', { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync(FEED)), 'bad-encoding'],
  ['an unknown coding', { 'content-encoding': 'compress' }, Buffer.from(FEED), 'bad-encoding'],
  ['gzip that is cut short', { 'content-encoding': 'gzip' }, gzipSync(FEED).subarray(0, -12), 'bad-encoding'],
  ['brotli that is none', { 'content-encoding': 'br' }, Buffer.from(FEED), 'bad-encoding'],
  ['a bomb of gzip', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(20_000_000)), 'too-large'],
  [
    'a bomb of brotli',
    { 'content-encoding': 'br' },
    brotliCompressSync(Buffer.alloc(20_000_000)),
    'too-large',
  ],
  ['a bomb of zstd', { 'content-encoding': 'zstd' }, zstdCompressSync(Buffer.alloc(20_000_000)), 'too-large'],
  ['a body over the limit', {}, Buffer.alloc(SETTINGS.maxBodyBytes + 1, 'x'), 'too-large'],
  ['an announced giant', { 'content-length': '99999999' }, Buffer.from('x'), 'too-large'],
];

for (const [name, headers, body, code] of NOT_SWALLOWED)
  test(`does not swallow ${name}`, async (t) => {
    const place = await publish(t, (_, response) => response.writeHead(200, headers).end(body));
    const start = performance.now();
    assert.equal(endOf(await aFetcher(t).fetch(aRequest(place.origin))), code);
    assert.ok(performance.now() - start < 1000);
  });

test('ends an endless body at the limit', async (t) => {
  const place = await publish(t, (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(FEED.repeat(50)));
    };
    response.on('drain', more);
    more();
  });
  assert.equal(endOf(await aFetcher(t).fetch(aRequest(place.origin))), 'too-large');
});

test('takes a body of exactly the limit', async (t) => {
  const body = 'x'.repeat(SETTINGS.maxBodyBytes);
  const place = await publish(t, (_, response) => response.end(body));
  assert.equal(endOf(await aFetcher(t).fetch(aRequest(place.origin))), 'fetched');
});

test('follows five redirects, and no sixth', async (t) => {
  const place = await publish(t, ({ url }, response) => {
    const left = Number(url?.slice(1));
    return left === 0
      ? response.end(FEED)
      : response.writeHead([301, 302, 303, 307, 308][left % 5] ?? 302, { location: `/${left - 1}` }).end();
  });
  const fetcher = aFetcher(t);
  const outcomes = [
    await fetcher.fetch(aRequest(`${place.origin}/5`)),
    await fetcher.fetch(aRequest(`${place.origin}/6`)),
  ];
  assert.deepEqual(outcomes.map(endOf), ['fetched', 'too-many-redirects']);
  assert.equal(place.asked.length, 6 + 6);
});

test('remembers a move only where every redirect was for good', async (t) => {
  const place = await publish(t, ({ url }, response) => {
    if (url === '/end') return response.end(FEED);
    const [, first = '', ...rest] = (url ?? '').split('/');
    return response
      .writeHead(Number(first), { location: rest.length > 0 ? `/${rest.join('/')}` : '/end' })
      .end();
  });
  const moved = async (way: string) => {
    const outcome = await aFetcher(t).fetch(aRequest(`${place.origin}${way}`));
    return 'document' in outcome ? outcome.document.movedTo : outcome;
  };
  const end = `${place.origin}/end`;
  assert.deepEqual(await Promise.all(['/301', '/308/301', '/301/302', '/302', '/end'].map(moved)), [
    end,
    end,
    null,
    null,
    null,
  ]);
});

test('reads redirects in bare UTF-8 as browsers do', async (t) => {
  const place = await publish(t, ({ url }, response) => {
    if (url === '/') response.socket?.end('HTTP/1.1 302 Found\r\nLocation: /港\r\nContent-Length: 0\r\n\r\n');
    else response.end(FEED);
  });
  const outcome = await aFetcher(t).fetch(aRequest(place.origin));
  assert.equal('document' in outcome && outcome.document.url, `${place.origin}/%E6%B8%AF`);
});

test('names what refuses us, and what to do', async (t) => {
  const place = await publish(t, ({ url }, response) =>
    response.writeHead(Number(url?.slice(1))).end('<h1>no</h1>'),
  );
  const host = new URL(place.origin).host;
  const messages: string[] = [];
  for (const status of [401, 403, 404, 500]) {
    const outcome = await aFetcher(t).fetch(aRequest(`${place.origin}/${status}`));
    messages.push('message' in outcome ? `${endOf(outcome)}: ${outcome.message.replace(host, 'HOST')}` : '');
  }
  assert.deepEqual(messages, [
    'http-status: HOST asks for a password. Give one in auth of this source; it is sent to the host in its url only, so write the address at which redirects end. (HTTP status 401.)',
    'http-status: HOST refuses to give the document to us. Some publishers turn away programs: try headers of this source, or ask the publisher. (HTTP status 403.)',
    'gone: HOST has no document at this address (404). Check the address, or look for a new one.',
    'http-status: HOST has trouble of its own. It is tried again later. (HTTP status 500.)',
  ]);
});

test('brings small files as bytes, within their own limit', async (t) => {
  const place = await publish(t, ({ url }, response) =>
    response.setHeader('content-type', 'image/png').end(Buffer.alloc(url === '/big' ? 2001 : 2000, 7)),
  );
  const fetcher = aFetcher(t);
  const options = { maxBytes: 2000, accept: 'image/png' };
  assert.deepEqual(await fetcher.fetchBytes(asUrl(`${place.origin}/icon`), options), {
    kind: 'fetched',
    url: `${place.origin}/icon`,
    mediaType: 'image/png',
    body: Buffer.alloc(2000, 7),
  });
  assert.equal(endOf(await fetcher.fetchBytes(asUrl(`${place.origin}/big`), options)), 'too-large');
  assert.equal(place.asked[0]?.headers.accept, 'image/png');
});

test('asks no host more often at a time than allowed, and lets no busy host hold up another', async (t) => {
  let now = 0;
  let most = 0;
  const busy = await publish(t, async (_, response) => {
    now += 1;
    most = Math.max(most, now);
    await sleep(50);
    now -= 1;
    response.end(FEED);
  });
  const quick = await publish(t);
  const fetcher = aFetcher(t, { concurrency: 4, perHost: 2 });
  const ends: string[] = [];
  const slow = Array.from({ length: 6 }, () =>
    fetcher.fetch(aRequest(busy.origin)).then(() => ends.push('busy')),
  );
  await fetcher.fetch(aRequest(quick.origin)).then(() => ends.push('quick'));
  await Promise.all(slow);
  assert.deepEqual([most, ends], [2, ['quick', ...Array(6).fill('busy')]]);
});

test('whoever gives up rejects with their reason, in line or on the way, and frees the turn', async (t) => {
  const hanging = await publish(t, () => undefined);
  const quick = await publish(t);
  const fetcher = aFetcher(t, { concurrency: 1 });
  const [first, second] = [new AbortController(), new AbortController()];
  const running = fetcher.fetch(aRequest(hanging.origin), first.signal);
  const waiting = fetcher.fetch(aRequest(hanging.origin), second.signal);
  const last = fetcher.fetch(aRequest(quick.origin));
  await sleep(20);
  second.abort(new Error('not any more'));
  await assert.rejects(waiting, /not any more/);
  first.abort(new Error('enough'));
  await assert.rejects(running, /enough/);
  assert.equal(endOf(await last), 'fetched');
});

test('closing ends what still runs', async (t) => {
  const hanging = await publish(t, () => undefined);
  const fetcher = aFetcher(t);
  const running = assert.rejects(fetcher.fetch(aRequest(hanging.origin)), /stopping/);
  await sleep(20);
  await fetcher.close();
  await running;
});

test('goes through a proxy where one is named, and only there', async (t) => {
  const place = await publish(t, (_, response) => response.end('directly'));
  const seen: (string | undefined)[] = [];
  const proxy = http.createServer(({ url, headers }, response) => {
    seen.push(url, headers['proxy-authorization']);
    response.end(FEED);
  });
  const port = await listen(t, proxy, PUBLISHER);
  const named = aFetcher(t, { proxy: `http://me:pw@${PUBLISHER}:${port}` });
  const outcome = await named.fetch(aRequest(`${place.origin}/feed`));
  assert.equal('document' in outcome && outcome.document.text, FEED);
  assert.deepEqual(seen, [`${place.origin}/feed`, `Basic ${Buffer.from('me:pw').toString('base64')}`]);
  assert.equal(endOf(await named.fetch(aRequest('http://10.0.0.1/'))), 'address-refused');
  const settings = { proxy: `http://${PUBLISHER}:${port}` };
  const withoutDns = aFetcher(t, settings, () => Promise.reject(new Error('no DNS here')));
  assert.equal(endOf(await withoutDns.fetch(aRequest('http://a.example/'))), 'fetched');
});
