/** The configuration file is saved, badly and well, while `serve` runs (the recipes of yaml-bad-reload.jsonl). */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { archiveYaml, tempDirectory } from '../feedmill-under-test.ts';

const LAUNCHER = fileURLToPath(new URL('../../src/launcher.js', import.meta.url));

async function serve(t: TestContext) {
  const directory = await tempDirectory(t);
  const file = join(directory, 'feedmill.yaml');
  await mkdir(join(directory, 'archive'));
  await writeFile(file, archiveYaml('archive'));
  const child = spawn(process.execPath, [LAUNCHER, 'serve', '--config', file, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const url = /http:\S+/.exec(String(line))?.[0] ?? assert.fail(String(line));
  const title = async () => /<title[^>]*>([^<]*)/.exec(await (await fetch(`${url}/feed.xml`)).text())?.[1];
  const warnings = async () => {
    const response = await fetch(`${url}/healthz`);
    assert.equal(response.status, 200);
    return ((await response.json()) as { warnings: unknown[] }).warnings;
  };
  return { file, log, title, warnings };
}

function titled(name: string): string {
  return archiveYaml('archive').replace('title: Main', `title: ${name}`);
}

async function until(holds: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return;
    await pause(100);
  }
  assert.fail(`waited in vain: ${what}`);
}

test('a bad file changes nothing and is named once in the log and on /healthz; a good one is applied and clears it', async (t) => {
  const { file, log, title, warnings } = await serve(t);
  await writeFile(file, titled('Bad').replace('feeds:', 'feds:'));
  await until(async () => (await warnings()).length > 0, 'the mistake on /healthz');
  assert.equal(await title(), 'Main');
  assert.match(JSON.stringify(await warnings()), /feds/);
  await pause(300);
  assert.equal(log.filter((line) => line.includes('configuration not applied')).length, 1);
  await writeFile(file, titled('Good'));
  await until(async () => (await title()) === 'Good', 'the good file');
  assert.deepEqual(await warnings(), []);
});

test('half a file changes nothing; a file that goes away and comes back is applied when it is there', async (t) => {
  const { file, log, title } = await serve(t);
  const whole = titled('Whole');
  await writeFile(file, whole.slice(0, whole.length / 2));
  await pause(500);
  await writeFile(file, whole);
  await until(async () => (await title()) === 'Whole', 'the whole file');
  assert.deepEqual(
    log.filter((line) => line.includes('configuration not applied')),
    [],
  );
  await rm(file);
  await pause(2000);
  assert.equal(await title(), 'Whole');
  await writeFile(file, titled('Back'));
  await until(async () => (await title()) === 'Back', 'the file that came back');
});

test('another store is refused with the reason, until the file says the old one again', async (t) => {
  const { file, log, warnings } = await serve(t);
  const good = await readFile(file, 'utf8');
  await writeFile(file, good.replace('feedmill.db', 'other.db'));
  await until(async () => (await warnings()).length > 0, 'the refusal');
  assert.match(log.join('\n'), /store\.url.*restart/);
  await writeFile(file, good);
  await until(async () => (await warnings()).length === 0, 'the old file');
});
