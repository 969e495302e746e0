/** Real workers that hang, grow and die: each costs the one document that did it. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { GrindJob, Grinder, GrindResult } from '../../src/grind/grind.ts';
import { createPool, type PoolLimits } from '../../src/grind/pool.ts';
import { now } from '../../src/model/time.ts';

function job(name: string, body: string): GrindJob {
  const text = `<!--1700000000000-->\n[${name}](https://town.example/${name})\n------\n\n${body}\n`;
  return {
    source: { number: 1, key: 'town', type: 'archive', url: null, timezone: null, rules: [], select: null },
    document: { kind: 'archive', locator: name, text, warnings: [] },
    known: {},
    now: now(),
  };
}

function poolOf(t: TestContext, limits: Partial<PoolLimits>): Grinder {
  const pool = createPool({ threads: 1, batch: 4, ...limits });
  t.after(() => pool.close());
  return pool;
}

function outcome(result: GrindResult): string {
  return result.kind === 'ground' ? result.changed.map(({ title }) => title).join() : result.reason.code;
}

/** Far more elements than a small heap can hold. */
const DENSE = '<b>a</b><i>c</i>'.repeat(600_000);

/** Some ten seconds of work on any machine. */
const LONG = '<p>a word <em>and</em> another</p>'.repeat(300_000);

test('answers in the order of the jobs, over many batches', async (t) => {
  const names = Array.from({ length: 23 }, (_, number) => `n${number}`);
  const results = await poolOf(t, {}).grind(names.map((name) => job(name, '<p>Text.</p>')));
  assert.deepEqual(results.map(outcome), names);
});

test('a document that takes too long is left out, and its neighbours are not touched', async (t) => {
  const pool = poolOf(t, { documentMs: 1500 });
  await pool.grind([job('warm', '<p>up</p>')]);
  const results = await pool.grind([job('a', '<p>a</p>'), job('slow', LONG), job('b', '<p>b</p>')]);
  assert.deepEqual(results.map(outcome), ['a', 'worker-died', 'b']);
  const [, slow] = results;
  assert.match(
    slow?.kind === 'rejected' ? slow.reason.message : '',
    /took longer than 1\.5 s.*nothing else was touched/,
  );
});

test('a document that eats up the memory ends its worker and nothing else', async (t) => {
  const pool = poolOf(t, { heapMb: 48, documentMs: 60_000 });
  const results = await pool.grind([job('a', '<p>a</p>'), job('greedy', DENSE), job('b', '<p>b</p>')]);
  assert.deepEqual(results.map(outcome), ['a', 'worker-died', 'b']);
  assert.deepEqual((await pool.grind([job('c', '<p>c</p>')])).map(outcome), ['c']);
});

test('stops when told to', async (t) => {
  const pool = poolOf(t, {});
  const stop = new AbortController();
  const grinding = pool.grind([job('slow', LONG)], stop.signal);
  setTimeout(() => stop.abort(), 200);
  await assert.rejects(grinding, { name: 'AbortError' });
});
