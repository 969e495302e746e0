/** The first line of archive files in the forms in which it occurs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEpoch } from '../../src/parse/epoch.ts';

const MOMENT = 1_700_000_000_000;

const CASES: readonly (readonly [written: string, moment: number | null, code: string | null])[] = [
  ['1700000000000', MOMENT, null],
  [' 1700000000000 ', MOMENT, null],
  ['-86400000', -86_400_000, null],
  ['1700000000000.5', MOMENT, 'date-form'],
  ['1.7e12', MOMENT, 'date-form'],
  ['2023-11-14T22:13:20Z', MOMENT, 'date-form'],
  ['2023-11-14 22:13:20', MOMENT, 'date-form'],
  ['2023-11-15T06:13:20+08:00', MOMENT, 'date-form'],
  ['1700000000', MOMENT, 'date-unit'],
  ['1700000000000000', MOMENT, 'date-unit'],
  ['1700000000000000000', MOMENT, 'date-unit'],
  ['253402300799000', 253_402_300_799_000, null],
  ['0', null, 'date-zero'],
  ['8640000000000001', null, 'date-out-of-range'],
  ['9'.repeat(400), null, 'date-out-of-range'],
  ['2023-13-45', null, 'date-out-of-range'],
  ['NaN', null, 'date-missing'],
  ['', null, 'date-missing'],
  ['１７０００００００００００', null, 'date-unreadable'],
  ['0x18bcfe56800', null, 'date-unreadable'],
];

for (const [written, moment, code] of CASES)
  test(`reads "${written.slice(0, 30)}" as ${moment ?? 'unknown'}`, () => {
    const read = readEpoch(written);
    assert.deepEqual({ moment: read.moment, code: read.oddity?.code ?? null }, { moment, code });
  });

test('tells a damaged date from a comment about something else', () => {
  assert.deepEqual(
    ['１７００', 'NaN', 'saved by hand'].map((written) => readEpoch(written).isDate),
    [true, true, false],
  );
});
