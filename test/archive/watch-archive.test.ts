/** The watch over a real directory: changes are told, whatever becomes of the directory. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { watchArchive } from '../../src/archive/watch-archive.ts';

/** Longer than the watch waits for quiet, and for the look at its root. */
const SOON_MS = 4000;

class Changes {
  #told = 0;
  readonly note = (): void => {
    this.#told += 1;
  };

  /** @returns whether a change was told within the time, since the last call */
  async come(withinMs = SOON_MS): Promise<boolean> {
    for (let waited = 0; waited < withinMs && this.#told === 0; waited += 50) await wait(50);
    const came = this.#told > 0;
    this.#told = 0;
    return came;
  }
}

async function watched(t: TestContext): Promise<{ directory: string; changes: Changes }> {
  const parent = await mkdtemp(join(tmpdir(), 'feedmill-watch-'));
  const directory = join(parent, 'archive');
  await mkdir(directory);
  const controller = new AbortController();
  t.after(async () => {
    controller.abort();
    await rm(parent, { recursive: true, force: true });
  });
  const changes = new Changes();
  assert.deepEqual(await watchArchive(directory, changes.note, controller.signal), []);
  return { directory, changes };
}

test('tells of new, changed, renamed and deleted files', async (t) => {
  const { directory, changes } = await watched(t);
  await writeFile(join(directory, 'a.txt'), 'A');
  assert.ok(await changes.come());
  await writeFile(join(directory, 'a.txt'), 'B');
  assert.ok(await changes.come());
  await rename(join(directory, 'a.txt'), join(directory, 'b.txt'));
  assert.ok(await changes.come());
  await rm(join(directory, 'b.txt'));
  assert.ok(await changes.come());
});

test('watches directories that are made later', async (t) => {
  const { directory, changes } = await watched(t);
  await mkdir(join(directory, 'new/below'), { recursive: true });
  assert.ok(await changes.come());
  await writeFile(join(directory, 'new/below/a.txt'), 'A');
  assert.ok(await changes.come());
});

test('tells many changes as one, and nothing of files that nobody asked for', async (t) => {
  const { directory, changes } = await watched(t);
  for (const name of ['.a.txt', 'b.txt.tmp', 'c.db-wal']) await writeFile(join(directory, name), 'A');
  assert.ok(!(await changes.come(800)));
  for (let at = 0; at < 50; at += 1) await writeFile(join(directory, `${at}.txt`), 'A');
  assert.ok(await changes.come());
  assert.ok(!(await changes.come(800)));
});

test('survives the end of the directory and its return', async (t) => {
  const { directory, changes } = await watched(t);
  await rm(directory, { recursive: true });
  await changes.come(2500);
  await mkdir(directory);
  assert.ok(await changes.come());
  await writeFile(join(directory, 'a.txt'), 'A');
  assert.ok(await changes.come());
});

test('is silent after the signal', async (t) => {
  const { directory } = await watched(t);
  const changes = new Changes();
  const controller = new AbortController();
  await watchArchive(directory, changes.note, controller.signal);
  controller.abort();
  await writeFile(join(directory, 'a.txt'), 'A');
  assert.ok(!(await changes.come(800)));
});
