/** What editors do to a file, done to one, and what is told about it. Times are a tenth of the real ones. */
import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, truncate, appendFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchConfig } from '../../src/config/watch-config.ts';

const SETTLE_MS = 150;

interface Watched {
  readonly file: string;
  readonly told: string[];
  /** Waits until nothing more is to be expected. */
  readonly rest: () => Promise<void>;
}

async function watched(t: TestContext, pollMs = 100): Promise<Watched> {
  const folder = await mkdtemp(join(tmpdir(), 'feedmill-watch-'));
  const file = join(folder, 'feedmill.yaml');
  await writeFile(file, 'one');
  const told: string[] = [];
  const stop = new AbortController();
  const { signal } = stop;
  const watching = watchConfig(file, (bytes) => void told.push(Buffer.from(bytes).toString()), {
    signal,
    settleMs: SETTLE_MS,
    pollMs,
  });
  t.after(async () => {
    stop.abort();
    await watching;
    await rm(folder, { recursive: true });
  });
  await sleep(50);
  return { file, told, rest: () => sleep(SETTLE_MS * 4 + pollMs) };
}

test('tells what was saved, once', async (t) => {
  const { file, told } = await watched(t, 10_000);
  await writeFile(file, 'two');
  await sleep(SETTLE_MS * 4);
  await writeFile(file, 'three');
  await sleep(SETTLE_MS * 4);
  assert.deepEqual(told, ['two', 'three']);
});

test('says nothing when the same is saved again', async (t) => {
  const { file, told, rest } = await watched(t);
  await writeFile(file, 'one');
  await rest();
  assert.deepEqual(told, []);
});

test('waits for the second half of a file', async (t) => {
  const { file, told, rest } = await watched(t);
  await truncate(file);
  await appendFile(file, 'half ');
  await sleep(SETTLE_MS / 2);
  await appendFile(file, 'whole');
  await rest();
  assert.deepEqual(told, ['half whole']);
});

test('sees a file that is renamed over it', async (t) => {
  const { file, told, rest } = await watched(t);
  await writeFile(`${file}.new`, 'two');
  await rename(`${file}.new`, file);
  await rest();
  assert.deepEqual(told, ['two']);
});

test('waits for a file that was deleted', async (t) => {
  const { file, told, rest } = await watched(t);
  await rm(file);
  await rest();
  assert.deepEqual(told, []);
  await writeFile(file, 'two');
  await rest();
  assert.deepEqual(told, ['two']);
});

test('says nothing when a deleted file comes back as it was', async (t) => {
  const { file, told, rest } = await watched(t);
  await rm(file);
  await sleep(SETTLE_MS / 3);
  await writeFile(file, 'one');
  await rest();
  assert.deepEqual(told, []);
});

test('tells at once what was saved before the watching began', async (t) => {
  const { file } = await watched(t);
  const stop = new AbortController();
  const told = await new Promise<Uint8Array>((resolve) => {
    const current = Buffer.from('zero');
    void watchConfig(file, resolve, { signal: stop.signal, current, settleMs: SETTLE_MS });
  });
  stop.abort();
  assert.equal(Buffer.from(told).toString(), 'one');
});
