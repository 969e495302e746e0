import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName } from '../../src/config/nearest-name.ts';

const KEYS = ['schedule', 'full_text', 'url', 'keep', 'feeds'];

const CASES: readonly [written: string, meant: string | null][] = [
  ['scheduel', 'schedule'],
  ['full-text', 'full_text'],
  ['fulltext', 'full_text'],
  ['URL', 'url'],
  ['ulr', 'url'],
  ['feed', 'feeds'],
  ['database', null],
  ['x', null],
  ['', null],
  ['s'.repeat(100_000), null],
];

for (const [written, meant] of CASES) {
  test(`takes "${written.slice(0, 20)}" for ${meant ?? 'nothing that it knows'}`, () => {
    assert.equal(nearestName(written, KEYS), meant);
  });
}
