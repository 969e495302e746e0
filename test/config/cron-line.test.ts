import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validate } from 'node-cron';
import { cronComplaint } from '../../src/config/schema/cron-line.ts';

const GOOD = [
  '* * * * *',
  '*/15 * * * *',
  '0 0 29 2 *',
  '5,10-20/2,*/30 0-6 1,31 jan,MAR-may mon-fri',
  '0  6 * *  7',
  '00 06 01 12 0',
];

const BAD: readonly [line: string, about: RegExp][] = [
  ['', /five fields/],
  ['* * * *', /five fields/],
  ['* * * * * *', /five fields/],
  ['@daily', /five fields/],
  ['60 * * * *', /field minute/],
  ['0 24 * * *', /field hour/],
  ['0 0 0 * *', /field day of the month/],
  ['0 0 1 13 *', /field month/],
  ['0 0 * * 8', /field day of the week/],
  ['*/0 * * * *', /field minute/],
  ['5/15 * * * *', /field minute/],
  ['22-2 * * * *', /field minute/],
  ['1,,2 * * * *', /field minute/],
  ['0 0 * jan-foo *', /field month/],
  ['0 0 ? * *', /field day of the month/],
  ['0 0 31 2,4 *', /no such month/],
];

for (const line of GOOD) {
  test(`takes the schedule "${line}", as node-cron does`, () => {
    assert.equal(cronComplaint(line), null);
    assert.equal(validate(line), true);
  });
}

for (const [line, about] of BAD) {
  test(`refuses the schedule "${line}"`, () => assert.match(cronComplaint(line) ?? '', about));
}
