import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { nextOnLine } from '../../../src/app/fetching/cron-line.ts';
import { type Attempt, isDue, nextFetch } from '../../../src/app/fetching/next-fetch.ts';
import { stateOf } from '../../../src/app/fetching/source-state.ts';
import type { SourceState } from '../../../src/model/fetch.ts';
import type { FeedSource } from '../../../src/model/source.ts';
import type { EpochMs } from '../../../src/model/time.ts';
import type { HttpUrl } from '../../../src/model/url.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 2, 4, 12) as EpochMs; // a Wednesday
const SOURCE: FeedSource = {
  key: 'town',
  type: 'feed',
  url: 'https://town.example/feed' as HttpUrl,
  folder: null,
  schedule: '*/15 * * * *',
  keepMs: null,
  timezone: null,
  rules: [],
  fullText: 'never',
  headers: {},
  auth: null,
};

interface Over extends Partial<Omit<Attempt, 'state'>> {
  readonly state?: Partial<SourceState>;
  readonly line?: string;
}

function wait({ state = {}, line = SOURCE.schedule, ...over }: Over): number {
  const attempt: Attempt = {
    key: 'town',
    at: NOON,
    freshForMs: null,
    retryAfterMs: null,
    status: null,
    onLine: (after) => nextOnLine(line, after, 'UTC'),
    ...over,
    state: { ...stateOf(SOURCE, null), ...state },
  };
  return nextFetch(attempt) - attempt.at;
}

const ROWS: readonly (readonly [name: string, over: Over, minutes: number])[] = [
  ['comes at the next time on its line', {}, 15],
  ['is spread by less than a tenth of a short line', { line: '* * * * *' }, 1],
  ['waits while the publisher calls it fresh', { freshForMs: HOUR }, 60],
  ['is not put off by freshness shorter than its line', { freshForMs: 5 * MINUTE }, 15],
  ['meets a freshness of one interval on the line', { freshForMs: 15 * MINUTE }, 15],
  ['is asked once a day though fresh for a year', { freshForMs: 365 * DAY }, 1305],
  ['waits for the ttl of the document', { state: { publisherIntervalMs: 2 * HOUR } }, 120],
  ['passes skipped hours', { state: { skipHours: [12, 13] } }, 120],
  ['passes skipped days', { state: { skipDays: [3, 4] } }, 36 * 60],
  [
    'does not hear who skips every hour',
    { state: { skipHours: Array.from({ length: 24 }, (_, hour) => hour) } },
    15,
  ],
  [
    'goes on with its line when a little time brought nothing',
    { state: { unchanged: 9, lastChange: (NOON - 2 * HOUR) as EpochMs } },
    15,
  ],
  [
    'slows down when a long time brought nothing',
    { state: { unchanged: 9, lastChange: (NOON - 24 * HOUR) as EpochMs } },
    120,
  ],
  [
    'is not slow after a pause of our own',
    { state: { unchanged: 1, lastChange: (NOON - 24 * HOUR) as EpochMs } },
    15,
  ],
  [
    'is asked once a day though silent for years',
    { state: { unchanged: 99, lastChange: (NOON - 900 * DAY) as EpochMs } },
    1305,
  ],
  ['is tried again on its line after one failure', { state: { failures: 1 } }, 15],
  ['waits longer after more failures', { state: { failures: 5 } }, 75],
  ['is never dead', { state: { failures: 500 } }, DAY / MINUTE],
  ['is asked daily when gone', { state: { failures: 3, goneAnswers: 3 } }, DAY / MINUTE],
  ['waits as long as Retry-After says', { state: { failures: 1 }, retryAfterMs: 2 * HOUR }, 120],
  [
    'does not wait for a month because Retry-After says so',
    { state: { failures: 1 }, retryAfterMs: 30 * DAY },
    DAY / MINUTE,
  ],
  ['leaves an overloaded server alone', { line: '* * * * *', state: { failures: 1 }, status: 429 }, 18],
  ['leaves a server that is down alone', { line: '* * * * *', state: { failures: 2 }, status: 503 }, 35],
];

for (const [name, over, minutes] of ROWS) {
  test(`a source ${name}`, () => {
    const waited = wait(over) / MINUTE;
    assert.ok(waited >= minutes && waited <= minutes + 1, `waits ${waited} minutes, not ${minutes}`);
  });
}

test('a spread does not add up: refreshed at its time, a source keeps its interval', () => {
  for (const line of ['* * * * *', '*/15 * * * *']) {
    let at = NOON as number;
    const moments = Array.from({ length: 5 }, () => (at += wait({ at: at as EpochMs, line })));
    const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
    assert.deepEqual(new Set(gaps), new Set([line === '* * * * *' ? MINUTE : 15 * MINUTE]));
  }
});

test('whatever is asked for, a source is asked again later than now, and within a day and its line', () => {
  const far = fc.integer({ min: 0, max: 2 ** 45 });
  fc.assert(
    fc.property(
      fc.record({ freshForMs: far, retryAfterMs: far }),
      fc.nat(2000),
      fc.nat(2000),
      fc.string(),
      (wishes, failures, unchanged, key) => {
        const waited = wait({ ...wishes, key, state: { failures, unchanged, lastChange: 0 as EpochMs } });
        assert.ok(waited > 0 && waited <= DAY + 16 * MINUTE, `waits ${waited}`);
      },
    ),
  );
});

test('a source is due once its time has come', () => {
  const moments = { now: NOON, since: (NOON - 5 * HOUR) as EpochMs, key: 'town' };
  const due = (next: number | null, lastAttempt: number | null = NOON - HOUR) =>
    isDue({ nextFetch: next as EpochMs | null, lastAttempt: lastAttempt as EpochMs | null }, moments);
  assert.deepEqual(
    [due(null, null), due(NOON), due(NOON + 1), due(NOON - HOUR), due(NOON + 20 * DAY)],
    [true, true, false, true, false],
  );
  assert.equal(due(NOON + 20 * DAY, NOON + 19 * DAY), true, 'the clock went back');
});

test('what came due while nobody ran is spread over a minute', () => {
  const due = { nextFetch: (NOON - DAY) as EpochMs, lastAttempt: (NOON - 2 * DAY) as EpochMs };
  const dueAfter = (ms: number) =>
    Array.from({ length: 100 }, (_, number) =>
      isDue(due, { now: (NOON + ms) as EpochMs, since: NOON, key: `source ${number}` }),
    ).filter(Boolean).length;
  assert.deepEqual([dueAfter(0), dueAfter(MINUTE)], [0, 100]);
  assert.ok(dueAfter(MINUTE / 2) > 30 && dueAfter(MINUTE / 2) < 70);
});
