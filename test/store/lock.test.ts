import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FeedmillError } from '../../src/model/error.ts';
import { lockStore, readHolder } from '../../src/store/lock.ts';
import { openStore } from '../../src/store/open-store.ts';

const directory = mkdtempSync(join(tmpdir(), 'feedmill-lock-'));
after(() => rmSync(directory, { recursive: true }));

test('refuses a second process at once and names the holder', async () => {
  const file = join(directory, 'two.db');
  const lock = await lockStore(file);
  assert.match(
    tryLock(file),
    new RegExp(`^database-in-use: ${file} is in use by process ${process.pid}\\. Stop it`),
  );
  lock.announce({ address: 'http://127.0.0.1:3000', token: 'secret' });
  const refusal = tryLock(file);
  assert.match(refusal, new RegExp(`process ${process.pid}, which serves on http://127\\.0\\.0\\.1:3000\\.`));
  assert.ok(!refusal.includes('secret'));
  lock.release();
  assert.equal(tryLock(file), 'locked');
});

test('refuses a second lock in the same process', async () => {
  const file = join(directory, 'same.db');
  const lock = await lockStore(file);
  await assert.rejects(
    lockStore(file),
    (error) => error instanceof FeedmillError && error.code === 'database-in-use',
  );
  lock.release();
  (await lockStore(file)).release();
});

test('tells whom to ask, and keeps the token to its owner', async () => {
  const file = join(directory, 'holder.db');
  assert.equal(readHolder(file), null);
  const lock = await lockStore(file);
  assert.deepEqual(readHolder(file), { pid: process.pid });
  const info = { address: 'http://127.0.0.1:3000', token: 'secret' };
  lock.announce(info);
  assert.deepEqual(readHolder(file), { pid: process.pid, ...info });
  assert.equal(statSync(`${file}.holder`).mode & 0o777, 0o600);
  lock.release();
  assert.equal(readHolder(file), null);
  assert.ok(!existsSync(`${file}.holder`));
});

test('is free again after the holder was killed', async () => {
  const file = join(directory, 'killed.db');
  const holder = await startHolder(file);
  assert.equal(readHolder(file)?.pid, holder.pid);
  assert.match(tryLock(file), new RegExp(`process ${holder.pid}\\b`));
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  assert.equal(readHolder(file), null, 'what it left behind is not believed');
  const lock = await lockStore(file);
  assert.deepEqual(readHolder(file), { pid: process.pid });
  lock.release();
});

test('is refused within two seconds when the holder did not say who it is', async () => {
  const file = join(directory, 'silent.db');
  const holder = await startHolder(file);
  writeFileSync(`${file}.holder`, 'no json');
  const began = performance.now();
  await assert.rejects(lockStore(file), /in use by another process\./);
  assert.ok(performance.now() - began < 2000);
  holder.kill('SIGKILL');
});

test('lets commands read while the lock is held', async () => {
  const file = join(directory, 'read.db');
  await (await openStore({ file })).close();
  const holder = await startHolder(file);
  const store = await openStore({ file, readOnly: true });
  assert.deepEqual(await store.listSources(), []);
  await store.close();
  holder.kill('SIGKILL');
});

test('makes the directory, and names one that cannot be made', async () => {
  const lock = await lockStore(join(directory, 'new', 'x.db'));
  lock.release();
  writeFileSync(join(directory, 'a-file'), '');
  await assert.rejects(
    lockStore(join(directory, 'a-file', 'x.db')),
    (error) => error instanceof FeedmillError && error.code === 'database-unwritable',
  );
});

test('locks nothing for a store in memory', async () => {
  const locks = [await lockStore(':memory:'), await lockStore(':memory:')];
  for (const lock of locks) lock.release();
  assert.equal(readHolder(':memory:'), null);
});

const SCRIPT = join(import.meta.dirname, 'hold-lock.ts');

function tryLock(file: string): string {
  return spawnSync(process.execPath, [SCRIPT, file, 'once'], {
    encoding: 'utf8',
    timeout: 5000,
  }).stdout.trim();
}

async function startHolder(file: string): Promise<ChildProcess> {
  const holder = spawn(process.execPath, [SCRIPT, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  return holder;
}
