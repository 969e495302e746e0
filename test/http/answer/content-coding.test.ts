import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseCoding } from '../../../src/http/answer/content-coding.ts';

const CASES: readonly (readonly [string | undefined, string])[] = [
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['GZIP, Deflate', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, zstd', 'zstd'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.000, gzip;q=0', 'identity'],
  ['*', 'br'],
  ['*;q=0.1, gzip;q=0.2', 'gzip'],
  ['br;q=0, *', 'zstd'],
  ['identity, gzip;q=0.5', 'identity'],
  ['identity;q=0.5, gzip;q=0.5', 'gzip'],
  ['identity;q=0', 'identity'],
  ['*;q=0', 'identity'],
  ['gzip;q=high', 'identity'],
  ['gzip;q=7', 'identity'],
  ['gzip ; q=0.3 , , br', 'br'],
  ['compress, deflate', 'identity'],
];

for (const [accepted, expected] of CASES) {
  test(`sends ${expected} to who accepts ${accepted === undefined ? 'nothing by name' : `"${accepted}"`}`, () => {
    assert.equal(chooseCoding(accepted), expected);
  });
}
