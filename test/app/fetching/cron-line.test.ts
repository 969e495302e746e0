import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOnLine } from '../../../src/app/fetching/cron-line.ts';
import type { EpochMs } from '../../../src/model/time.ts';

const ROWS: readonly (readonly [line: string, after: string, next: string, zone?: string])[] = [
  ['*/15 * * * *', '2026-03-01T10:00:00Z', '2026-03-01T10:15:00Z'],
  ['*/15 * * * *', '2026-03-01T10:14:59.999Z', '2026-03-01T10:15:00Z'],
  ['*/15 * * * *', '2026-03-01T10:46:00Z', '2026-03-01T11:00:00Z'],
  ['* * * * *', '2026-12-31T23:59:30Z', '2027-01-01T00:00:00Z'],
  ['7,37 * * * *', '2026-03-01T10:07:00Z', '2026-03-01T10:37:00Z'],
  ['30 6-8/2 * * *', '2026-03-01T06:30:00Z', '2026-03-01T08:30:00Z'],
  ['0 3 * * *', '2026-03-01T03:00:00Z', '2026-03-02T03:00:00Z'],
  ['0 3 * * *', '2026-03-01T03:00:00Z', '2026-03-01T19:00:00Z', 'Asia/Taipei'],
  ['15 9 * * mon', '2026-03-03T00:00:00Z', '2026-03-09T09:15:00Z'],
  ['15 9 * * 7', '2026-03-03T00:00:00Z', '2026-03-08T09:15:00Z'],
  ['0 0 1 Jan *', '2026-03-03T00:00:00Z', '2027-01-01T00:00:00Z'],
  ['0 12 29 2 *', '2026-03-03T00:00:00Z', '2028-02-29T12:00:00Z'],
  ['45 * * * *', '2026-03-01T10:00:00Z', '2026-03-01T10:15:00Z', 'Asia/Kolkata'],
  // The clocks of Berlin went from two to three on 29 March 2026: half past two came the day after.
  ['30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-30T00:30:00Z', 'Europe/Berlin'],
  ['30 0 * * *', '2026-10-24T12:00:00Z', '2026-10-24T22:30:00Z', 'Europe/Berlin'],
  ['30 0 * * *', '2026-10-24T22:30:00Z', '2026-10-25T23:30:00Z', 'Europe/Berlin'],
];

for (const [line, after, next, zone = 'UTC'] of ROWS) {
  test(`"${line}" comes after ${after} in ${zone} at ${next}`, () => {
    const found = nextOnLine(line, Date.parse(after) as EpochMs, zone);
    assert.equal(new Date(found).toISOString(), new Date(next).toISOString());
  });
}

test('answers quickly for lines that come seldom', () => {
  const began = performance.now();
  nextOnLine('0 12 29 2 *', Date.UTC(2028, 2, 1) as EpochMs, 'America/St_Johns');
  assert.ok(performance.now() - began < 200);
});
