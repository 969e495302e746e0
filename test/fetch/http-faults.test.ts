/**
 * Every fault of the corpus that concerns fetching, played by a server on loopback, with time scaled down: the outcome
 * is the expected one, it comes within the deadline, and a healthy source beside it is not delayed.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FetchOutcome, FetchRequest } from '../../src/model/fetch.ts';
import type { Resolve } from '../../src/fetch/find-addresses.ts';
import {
  always,
  answer,
  closedPort,
  document,
  drip,
  headerLines,
  hugeChain,
  inTurn,
  misbehave,
  misbehaveAtOnce,
  misbehaveInTls,
  statusLine,
  truncate,
  type FaultyPlace,
} from './fault-server.ts';
import { aFetcher, aRequest, certificate, endOf, FEED, NOW, publish, trustTestRoot } from './world.ts';

interface Row {
  readonly id: string;
  readonly class: string;
  readonly server: string;
  readonly expect: { readonly status?: string };
}

/** Instead of the 30 s of a configuration. */
const DEADLINE_MS = 600;
/** For the machine to notice. */
const SLACK_MS = 500;

const FILE = join(import.meta.dirname, '../../../shared/corpus/hostile/http-faults.jsonl');

/** Rows that no server of this file plays, each with the reason. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'http-tls-renegotiate':
    'Node offers a server no way to ask for it in a storm; clients of Node refuse it under TLS 1.3',
  'http-empty-feed-200': 'shows over several refreshes: test/app/feed-faults.test.ts',
  'http-guid-reshuffle': 'shows over several refreshes: test/app/feed-faults.test.ts',
  'http-items-reordered': 'shows over several refreshes: test/app/feed-faults.test.ts',
  'http-window-1': 'what was missed between two refreshes is for app/',
};

trustTestRoot();

test('every fault of a publisher ends as it should', async (t) => {
  if (!existsSync(FILE)) return t.skip('../shared is not here: 85 faults were not played');
  const rows = readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line): Row => JSON.parse(line))
    .filter((row) => row.class !== 'inbound');
  const unknown = rows.filter(({ id }) => PLAYS[id] === undefined && NOT_HERE[id] === undefined);
  assert.deepEqual(
    unknown.map(({ id }) => id),
    [],
  );
  for (const row of rows.filter(({ id }) => PLAYS[id] !== undefined))
    await t.test(`${row.id}: ${row.server}`, async (each) => {
      const healthy = await publish(each);
      const beside = aFetcher(each).fetch(aRequest(healthy.origin));
      const outcomes = await PLAYS[row.id]?.(each);
      for (const outcome of outcomes ?? []) holdTo(row.expect.status, outcome);
      assert.equal(endOf(await beside), 'fetched');
    });
});

function holdTo(status: string | undefined, outcome: FetchOutcome): void {
  if (outcome.kind === 'failed' || outcome.kind === 'gone')
    assert.match(outcome.message, /\. .+[.)]$/, 'what went wrong, and what to do');
  if (status === 'ok') assert.equal(endOf(outcome), 'fetched');
  if (status === 'error' || status === 'error-soft')
    assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
  if (status === 'timeout') assert.equal(endOf(outcome), 'timed-out');
  if (status === 'gone') assert.equal(outcome.kind, 'gone');
}

/** Fetches so often, each time with what the last answer gave, and within the deadline. */
async function ask(
  t: TestContext,
  place: Pick<FaultyPlace, 'origin'>,
  times = 1,
  more: Partial<FetchRequest> & { resolve?: Resolve } = {},
): Promise<FetchOutcome[]> {
  const { resolve, ...request } = more;
  const fetcher = aFetcher(t, { timeoutMs: DEADLINE_MS }, resolve);
  const outcomes: FetchOutcome[] = [];
  let validators = request.validators ?? null;
  for (let nth = 0; nth < times; nth += 1) {
    const start = performance.now();
    const outcome = await fetcher.fetch(aRequest(`${place.origin}/feed`, { ...request, validators }));
    assert.ok(performance.now() - start < DEADLINE_MS + SLACK_MS, 'ends by its deadline');
    if (outcome.kind === 'fetched') validators = outcome.document.validators;
    if (outcome.kind === 'not-modified') validators = outcome.validators;
    outcomes.push(outcome);
  }
  return outcomes;
}

type Play = (t: TestContext) => Promise<readonly FetchOutcome[]>;

/** Sends these bytes, asks once, and the message says so. */
function raw(bytes: string | Buffer, message?: RegExp): Play {
  return async (t) => {
    const outcomes = await ask(t, await misbehave(t, always(bytes)));
    for (const outcome of outcomes) if (message !== undefined) saysOf(outcome, message);
    return outcomes;
  };
}

function saysOf(outcome: FetchOutcome | undefined, message: RegExp): void {
  assert.ok(outcome !== undefined && 'message' in outcome, JSON.stringify(outcome));
  assert.match(outcome.message, message);
}

/** A certificate that must not be trusted. */
function badCertificate(name: string, message: RegExp): Play {
  return async (t) => {
    const outcomes = await ask(t, await misbehaveInTls(t, certificate(name)));
    for (const outcome of outcomes) {
      assert.equal(endOf(outcome), 'tls');
      saysOf(outcome, message);
    }
    return outcomes;
  };
}

/** A resolver that fails in its way. */
function lookupFails(code: string, message: RegExp): Play {
  return async (t) => {
    const outcomes = await ask(t, { origin: 'http://good.test' }, 1, { resolve: failingWith(code) });
    assert.deepEqual(outcomes.map(endOf), ['unreachable']);
    saysOf(outcomes[0], message);
    return outcomes;
  };
}

function failingWith(code: string): Resolve {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}

/** Always this, asked so often; the checks come after. */
async function served(t: TestContext, times: number, ...answers: readonly string[]) {
  const place = await misbehave(t, inTurn(...answers));
  const outcomes = await ask(t, place, times);
  return {
    place,
    outcomes,
    documents: outcomes.map((outcome) => ('document' in outcome ? outcome.document : null)),
  };
}

const OK = 'HTTP/1.1 200 OK\r\n';

/** The time by a clock that is an hour fast. */
function byFastClock(laterMs: number): string {
  return new Date(NOW + 3_600_000 + laterMs).toUTCString();
}

const PLAYS: Readonly<Record<string, Play>> = {
  // Timing
  async 'http-connect-refused'(t) {
    const outcomes = await ask(t, { origin: `http://good.test:${await closedPort()}` });
    assert.deepEqual(outcomes.map(endOf), ['unreachable']);
    saysOf(outcomes[0], /refused the connection/);
    return outcomes;
  },
  'http-slowloris-status': async (t) => ask(t, await misbehave(t, drip('H', 'TTP/1.1 200 OK\r\n', 60))),
  'http-slowloris-headers': async (t) => ask(t, await misbehave(t, drip(OK, headerLines(), 60))),
  'http-hang-mid-body': async (t) =>
    ask(
      t,
      await misbehave(t, drip(`${OK}Content-Length: ${FEED.length}\r\n\r\n${FEED.slice(0, 40)}`, [], 1)),
    ),
  'http-drip-body': async (t) =>
    ask(t, await misbehave(t, drip(`${OK}Content-Length: 5000\r\n\r\n`, 'x'.repeat(5000), 20))),
  'http-slow-but-fine': async (t) =>
    ask(
      t,
      await misbehave(t, async (socket) => {
        await sleep((DEADLINE_MS * 2) / 3);
        socket.end(document());
      }),
    ),
  'http-keepalive-then-close': async (t) =>
    ask(
      t,
      await misbehave(t, async (socket) => {
        socket.write(document(['Connection: keep-alive']));
        await sleep(1);
        socket.destroy();
      }),
      5,
    ),
  async 'http-500-feeds-hang'(t) {
    const place = await misbehave(t, drip(`${OK}Content-Length: 10\r\n\r\n`, [], 1));
    const healthy = await publish(t);
    const fetcher = aFetcher(t, { timeoutMs: 60 });
    const start = performance.now();
    const port = new URL(place.origin).port;
    const hanging = Array.from({ length: 500 }, (_, at) =>
      fetcher.fetch(aRequest(`http://host-${at % 100}.test:${port}/${at}`)),
    );
    assert.equal(endOf(await fetcher.fetch(aRequest(healthy.origin))), 'fetched');
    assert.ok(performance.now() - start < (500 / 16) * 60 * 2, 'slots are freed by the deadline');
    assert.deepEqual([...new Set((await Promise.all(hanging)).map(endOf))], ['timed-out']);
    return [];
  },

  // Framing
  async 'http-cl-too-short'(t) {
    const { outcomes, documents } = await served(
      t,
      2,
      `${OK}Content-Length: 100\r\n\r\n${'a'.repeat(5000)}`,
      document([], 'b'.repeat(50)),
    );
    assert.ok(documents[0] === null || documents[0]?.bytes === 100);
    assert.equal(documents[1]?.text, 'b'.repeat(50));
    return outcomes.slice(0, 1);
  },
  'http-cl-too-long': raw(
    `${OK}Content-Length: 5000\r\n\r\n${'a'.repeat(100)}`,
    /before its answer was complete|cut short/,
  ),
  'http-cl-huge': raw(`${OK}Content-Length: 9007199254740993\r\n\r\na`),
  'http-cl-negative': raw(`${OK}Content-Length: -1\r\n\r\na`),
  'http-cl-and-te': raw(`${OK}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`),
  'http-chunk-bad-size': raw(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\na\r\n`),
  'http-chunk-overflow': raw(`${OK}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\na\r\n`),
  'http-no-length-close': raw(`HTTP/1.0 200 OK\r\n\r\n${FEED}`),
  'http-http09': raw(FEED, /not HTTP/),
  async 'http-ssh-banner'(t) {
    const outcomes = await ask(t, await misbehave(t, always('SSH-2.0-Hidden_9.9\r\n')));
    assert.ok(!JSON.stringify(outcomes).includes('Hidden'));
    return outcomes;
  },
  async 'http-bare-lf'(t) {
    const { outcomes } = await served(t, 3, `HTTP/1.1 200 OK\nContent-Length: ${FEED.length}\n\n${FEED}`);
    assert.equal(new Set(outcomes.map(endOf)).size, 1);
    return outcomes;
  },
  'http-status-999': raw(answer('999 Request denied'), /999/),
  'http-status-000': raw(answer('000 Nothing')),
  'http-206-unasked': raw(document([], FEED, '206 Partial Content'), /206/),
  async 'http-pipelined-extra'(t) {
    const { outcomes, documents } = await served(
      t,
      2,
      document(['Connection: keep-alive'], 'first') + document([], 'smuggled'),
      document([], 'second'),
    );
    assert.deepEqual(
      documents.map((found) => found?.text),
      ['first', 'second'],
    );
    return outcomes;
  },
  'http-h2-rapid-settings': raw(Buffer.from('000000040000000000'.repeat(2000), 'hex')),

  // Headers
  'http-headers-64k': raw(`${OK}X-Long: ${'a'.repeat(65_536)}\r\n\r\n`, /headers that are too large/),
  async 'http-header-injection-echo'(t) {
    const { place, outcomes } = await served(t, 2, document(['ETag: "a', ' X-Injected: yes"']));
    for (const head of place.heads) assert.doesNotMatch(head, /^x-injected/im);
    assert.equal(new Set(outcomes.map(endOf)).size, 1, 'asked again like the first time');
    return outcomes;
  },

  // Caching
  async 'http-etag-changes'(t) {
    const { outcomes, documents } = await served(t, 2, document(['ETag: "1"']), document(['ETag: "2"']));
    assert.equal(new Set(documents.map((found) => found?.bodyHash)).size, 1);
    return outcomes;
  },
  async 'http-lm-garbage'(t) {
    const { place, outcomes } = await served(t, 2, document(['Last-Modified: yesterday']));
    assert.match(place.heads[1] ?? '', /^if-modified-since: yesterday\r$/im);
    return outcomes;
  },
  async 'http-lm-backwards'(t) {
    const dates = ['Fri, 02 Jan 2026 00:00:00 GMT', 'Thu, 01 Jan 2026 00:00:00 GMT'];
    const { outcomes, documents } = await served(
      t,
      2,
      ...dates.map((date) => document([`Last-Modified: ${date}`])),
    );
    assert.deepEqual(
      documents.map((found) => found?.validators.lastModified),
      dates,
    );
    return outcomes;
  },
  async 'http-304-without-validators'(t) {
    const { place, outcomes } = await served(t, 1, answer('304 Not Modified', 'ETag: "a"'));
    assert.equal(place.heads.length, 2, 'one more try');
    assert.match(place.heads[1] ?? '', /^cache-control: no-cache\r$/im);
    return outcomes;
  },
  async 'http-304-with-body'(t) {
    const { outcomes } = await served(
      t,
      2,
      document(['ETag: "a"']),
      document(['ETag: "a"'], 'a body where none may be', '304 Not Modified'),
    );
    assert.deepEqual(outcomes.map(endOf), ['fetched', 'not-modified']);
    return outcomes;
  },
  async 'http-304-new-etag'(t) {
    const { outcomes } = await served(
      t,
      2,
      document(['ETag: "a"', 'Last-Modified: yesterday']),
      answer('304 Not Modified', 'ETag: "b"'),
    );
    assert.deepEqual(outcomes[1], {
      kind: 'not-modified',
      validators: { etag: '"b"', lastModified: 'yesterday' },
      freshForMs: null,
      movedTo: null,
    });
    return outcomes;
  },
  async 'http-stale-304-forever'(t) {
    const place = await publish(t, ({ headers }, response) => {
      response.statusCode = headers['if-none-match'] === undefined ? 200 : 304;
      response.end(response.statusCode === 200 ? FEED : undefined);
    });
    const stale = await ask(t, place, 1, { validators: { etag: '"a"', lastModified: null } });
    const unconditional = await ask(t, place);
    assert.deepEqual([...stale, ...unconditional].map(endOf), ['not-modified', 'fetched']);
    return [];
  },
  async 'http-etag-saved-before-parse'(t) {
    // The fetcher remembers nothing: validators go with the document, to be stored with its items or not at all.
    const place = await misbehave(
      t,
      inTurn(document(['ETag: "a"'], '<rss><broken'), answer('304 Not Modified')),
    );
    const fetcher = aFetcher(t);
    await fetcher.fetch(aRequest(place.origin));
    await fetcher.fetch(aRequest(place.origin));
    for (const head of place.heads) assert.doesNotMatch(head, /if-none-match/i);
    return [];
  },
  async 'http-vary-gzip'(t) {
    const place = await publish(t, ({ headers }, response) => {
      const etag = headers['accept-encoding'] === 'gzip, br, zstd, deflate' ? '"packed"' : '"plain"';
      response.statusCode = headers['if-none-match'] === etag ? 304 : 200;
      response.setHeader('etag', etag).end(response.statusCode === 200 ? FEED : undefined);
    });
    const outcomes = await ask(t, place, 3);
    assert.deepEqual(outcomes.map(endOf), ['fetched', 'not-modified', 'not-modified']);
    return outcomes;
  },
  async 'http-cache-control-max-age'(t) {
    const { outcomes, documents } = await served(t, 1, document(['Cache-Control: public, max-age=86400']));
    assert.equal(documents[0]?.freshForMs, 86_400_000);
    return outcomes;
  },
  async 'http-age-huge'(t) {
    const { outcomes, documents } = await served(
      t,
      1,
      document(['Cache-Control: max-age=60', 'Age: 99999999999']),
    );
    assert.equal(documents[0]?.freshForMs, null);
    return outcomes;
  },

  // Content
  async 'http-html-error-200'(t) {
    // What it is shows when it is parsed (test/app/feed-faults.test.ts); the fetcher says that it came, and as what.
    const { outcomes, documents } = await served(
      t,
      1,
      document(['Content-Type: text/html'], '<h1>Maintenance</h1>'),
    );
    assert.deepEqual([outcomes.map(endOf), documents[0]?.mediaType], [['fetched'], 'text/html']);
    return [];
  },
  'http-content-type-html': raw(document(['Content-Type: text/html'])),
  'http-content-type-octet': raw(document(['Content-Type: application/octet-stream'])),
  async 'http-charset-mismatch'(t) {
    const body = FEED.replace('港口', '市議會通過了新的港口規劃').replace('"1.0"', '"1.0" encoding="utf-8"');
    const { outcomes, documents } = await served(
      t,
      1,
      document(['Content-Type: text/xml; charset=iso-8859-1'], body),
    );
    assert.equal(documents[0]?.text, body);
    assert.deepEqual(
      documents[0]?.warnings.map(({ code }) => code),
      ['charset-mismatch'],
    );
    return outcomes;
  },

  // Statuses
  async 'http-301-persist'(t) {
    const place = await publish(t, ({ url }, response) =>
      url === '/new' ? response.end(FEED) : response.writeHead(301, { location: '/new' }).end(),
    );
    const outcomes = await ask(t, place, 3);
    assert.deepEqual(
      outcomes.map((outcome) => 'document' in outcome && outcome.document.movedTo),
      Array(3).fill(`${place.origin}/new`),
    );
    return outcomes;
  },
  async 'http-301-self'(t) {
    const place = await misbehave(t, always(answer('301 Moved', 'Location: /feed', 'Set-Cookie: a=b')));
    const outcomes = await ask(t, place);
    assert.deepEqual([outcomes.map(endOf), place.heads.length], [['too-many-redirects'], 1]);
    return outcomes;
  },
  async 'http-302-login'(t) {
    const place = await publish(t, ({ url }, response) =>
      url === '/login'
        ? response.setHeader('content-type', 'text/html').end('<form>')
        : response.writeHead(302, { location: '/login' }).end(),
    );
    const [outcome] = await ask(t, place);
    assert.ok(outcome?.kind === 'fetched');
    assert.deepEqual([outcome.document.movedTo, outcome.document.mediaType], [null, 'text/html']);
    return [];
  },
  async 'http-301-hijack'(t) {
    const place = await publish(t, ({ headers }, response) =>
      headers.host?.startsWith('spam.')
        ? response.end(FEED)
        : response.writeHead(301, { location: place.origin.replace('good', 'spam') }).end(),
    );
    const outcomes = await ask(t, place);
    assert.ok(outcomes[0]?.kind === 'fetched');
    assert.deepEqual(
      outcomes[0].document.warnings.map(({ code }) => code),
      ['moved-elsewhere'],
    );
    return outcomes;
  },
  'http-400': raw(answer(statusLine(400)), /400/),
  'http-410': raw(answer(statusLine(410)), /gone for good/),
  async 'http-429-date'(t) {
    const { outcomes } = await served(
      t,
      1,
      answer(statusLine(429), `Date: ${byFastClock(0)}`, `Retry-After: ${byFastClock(120_000)}`),
    );
    assert.ok(outcomes[0]?.kind === 'failed');
    assert.equal(outcomes[0].retryAfterMs, 120_000);
    return outcomes;
  },
  async 'http-429-garbage'(t) {
    const week = 7 * 86_400_000;
    const waits: Readonly<Record<string, number | null>> = {
      soon: null,
      '-5': null,
      '99999999999': week,
      '1e9': null,
      'Fri, 31 Dec 9999': week,
      '0': 60_000,
    };
    const outcomes: FetchOutcome[] = [];
    for (const [value, wait] of Object.entries(waits)) {
      const [outcome] = await ask(
        t,
        await misbehave(t, always(answer(statusLine(429), `Retry-After: ${value}`))),
      );
      assert.ok(outcome?.kind === 'failed');
      assert.equal(outcome.retryAfterMs, wait, value);
      outcomes.push(outcome);
    }
    return outcomes;
  },
  async 'http-503-retry-after'(t) {
    const { outcomes } = await served(t, 1, answer(statusLine(503), 'Retry-After: 120'));
    assert.ok(outcomes[0]?.kind === 'failed');
    assert.equal(outcomes[0].retryAfterMs, 120_000);
    return outcomes;
  },
  async 'http-500-alternating'(t) {
    const place = await misbehave(
      t,
      (socket, nth) => void socket.end(nth % 2 === 0 ? answer(statusLine(500)) : document()),
    );
    const outcomes = await ask(t, place, 4);
    assert.deepEqual(outcomes.map(endOf), ['http-status', 'fetched', 'http-status', 'fetched']);
    return outcomes;
  },

  // TLS
  'http-tls-expired': badCertificate('expired', /expired/),
  'http-tls-self-signed': badCertificate('self-signed', /signed itself/),
  'http-tls-wrong-host': badCertificate('wrong-host', /another name/),
  'http-tls-untrusted-root': badCertificate('unknown-issuer', /issuer/),
  'http-tls-not-yet-valid': badCertificate('not-yet-valid', /not valid yet/),
  async 'http-tls-alert'(t) {
    const alert = Buffer.from('15030300020228', 'hex');
    const outcomes = await ask(t, await misbehaveAtOnce(t, (socket) => void socket.end(alert)));
    assert.deepEqual(outcomes.map(endOf), ['tls']);
    return outcomes;
  },
  async 'http-tls-sni-missing'(t) {
    const unaware = { ...certificate('wrong-host'), SNICallback: undefined };
    const outcomes = await ask(t, await misbehaveInTls(t, unaware));
    assert.deepEqual(outcomes.map(endOf), ['tls']);
    return outcomes;
  },
  'http-tls-truncated': async (t) =>
    ask(t, await misbehaveInTls(t, certificate('good'), truncate(`${OK}\r\n${FEED.slice(0, 40)}`))),
  'http-tls-huge-chain': async (t) => ask(t, await misbehaveInTls(t, hugeChain())),
  'http-tls-hang-handshake': async (t) => ask(t, await misbehaveAtOnce(t, () => undefined)),

  // DNS
  'http-dns-nxdomain': lookupFails('ENOTFOUND', /no such name/),
  'http-dns-servfail': lookupFails('EAI_FAIL', /DNS failed/),
  async 'http-dns-timeout'(t) {
    const outcomes = await ask(t, { origin: 'http://good.test' }, 1, {
      resolve: () => new Promise(() => {}),
    });
    assert.deepEqual(outcomes.map(endOf), ['timed-out']);
    return outcomes;
  },
};
