import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { renderHanFoldData } from '../../src/search/han-fold.generate.ts';

const DATA = new URL('../../src/search/han-fold.data.ts', import.meta.url);

test('the fold table is what its generator makes of the installed dictionaries', async () => {
  assert.equal(readFileSync(DATA, 'utf8'), await renderHanFoldData());
});

test('the fold table stays small', () => {
  assert.ok(readFileSync(DATA).length < 40_000);
});
