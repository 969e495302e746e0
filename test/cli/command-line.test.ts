/** The commands as a person or a script meets them: through main(), with what they print and their exit codes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { archiveYaml, startFeedmill, tempDirectory } from '../feedmill-under-test.ts';
import { run } from './run-feedmill.ts';

const LAUNCHER = fileURLToPath(new URL('../../src/launcher.js', import.meta.url));

/** A directory with a configuration and one archived file that shows several steps. */
async function prepare(
  t: TestContext,
  yaml = archiveYaml('archive'),
): Promise<{ directory: string; config: string }> {
  const directory = await tempDirectory(t);
  const config = join(directory, 'feedmill.yaml');
  await mkdir(join(directory, 'archive'));
  await writeFile(config, yaml);
  await writeArchiveFile(
    directory,
    '001_0000000000000001.txt',
    'Bridge opened',
    'https://town.example/news/1',
  );
  return { directory, config };
}

async function writeArchiveFile(directory: string, name: string, title: string, url: string): Promise<void> {
  const path = join(directory, 'archive', name);
  const body =
    '<div><i><br>2024-05-01T08:00:00.000Z</i></div><img src="https://images.weserv.nl/?url=pictures.example/1.jpg">' +
    '<p>The new bridge was opened on Sunday.</p><br><hr><div>获取更多RSS：<br><a href="https://feedx.net">https://feedx.net</a></div>';
  await writeFile(path, `<!--1714550400000-->\n[${title}](${url})\n------\n\n${body}\n`);
  // Long ago, so that it need not settle first.
  await utimes(path, 1_714_550_400, 1_714_550_400);
}

test('check: a good file is said to be good, and what has no effect yet is named', async (t) => {
  const { config } = await prepare(t, archiveYaml('archive', 'identity: {near_duplicates: link}\n'));
  const { code, out } = await run('check', '--config', config);
  assert.equal(code, 0);
  assert.match(out, /good \(1 source, 1 feed\)/);
  assert.match(out, /no effect in this version yet:[\s\S]*near_duplicates/);
});

test('check: every mistake has its line and column, and the exit code is 2', async (t) => {
  const { config } = await prepare(t, `${archiveYaml('archive')}feds: {}\nsever: {}\n`);
  const { code, err } = await run('check', '--config', config);
  assert.equal(code, 2);
  assert.match(err, /^feedmill\.yaml:\d+:1: .*"feds".*"feeds"/m);
  assert.match(err, /^feedmill\.yaml:\d+:1: .*"sever".*"server"/m);
});

test('a configuration that is not there is said to be missing, with what to do', async () => {
  const { code, err } = await run('check', '--config', '/nowhere/feedmill.yaml');
  assert.equal(code, 2);
  assert.match(err, /cannot read the configuration .*--config/);
});

test('an unknown command or option is a usage error', async () => {
  assert.equal((await run('mill')).code, 2);
  assert.equal((await run('check', '--colour')).code, 2);
  assert.equal((await run('--help')).code, 0);
});

test('refresh: a table for people, a line of JSON for scripts, nothing new the second time', async (t) => {
  const { config } = await prepare(t);
  const first = await run('refresh', '--config', config, '--json');
  assert.deepEqual(JSON.parse(first.out), {
    source: 'archive',
    outcome: 'refreshed',
    added: 1,
    changed: 0,
    dropped: 0,
    warnings: [],
    error: null,
  });
  const second = await run('refresh', '--config', config);
  assert.equal(second.code, 0);
  assert.match(
    second.out,
    /^source +outcome +added +changed +dropped +warnings\narchive +unchanged +0 +0 +0 +0$/,
  );
});

test('refresh: an archive that cannot be read fails with its code, and the exit code is 1', async (t) => {
  const { directory, config } = await prepare(t);
  await run('refresh', '--config', config);
  await rename(join(directory, 'archive'), join(directory, 'moved'));
  const { code, err } = await run('refresh', '--config', config, '--json');
  assert.equal(code, 2, 'the configuration names a directory that is not there');
  assert.match(err, /archive/);
});

test('refresh: a source that nobody declared is named, with those that are', async (t) => {
  const { config } = await prepare(t);
  const { code, err } = await run('refresh', 'archives', '--config', config);
  assert.equal(code, 2);
  assert.match(err, /no source is called "archives"; there are: archive/);
});

test('preview: shows what each step did and stores nothing', async (t) => {
  const { directory, config } = await prepare(t);
  const { code, out } = await run('preview', 'archive', '--config', config);
  assert.equal(code, 0);
  for (const step of ['dateline', 'strip_footer', 'unproxy_images'])
    assert.match(out, new RegExp(`^ +${step}: `, 'm'));
  assert.deepEqual((await readdir(directory)).toSorted(), ['archive', 'feedmill.yaml']);
});

test('preview: says that there is more than it shows', async (t) => {
  const { directory, config } = await prepare(t);
  await writeArchiveFile(
    directory,
    '002_0000000000000002.txt',
    'School closed',
    'https://town.example/news/2',
  );
  const { out, err } = await run('preview', 'archive', '--config', config, '--limit', '1', '--json');
  assert.equal(out.split('\n').length, 1);
  assert.match(err, /more items/);
});

test('serve: a signal during the start is obeyed as at any other time', async (t) => {
  const { directory, config } = await prepare(t);
  // Files that were just written are left to settle, so that the first import takes more than a second.
  for (let number = 0; number < 40; number += 1)
    await writeFile(join(directory, 'archive', `${number}.txt`), 'Fresh.');
  const server = spawn(process.execPath, [LAUNCHER, 'serve', '--config', config, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => server.kill('SIGKILL'));
  const holder = join(directory, 'feedmill.db.holder');
  while (!existsSync(holder) || !readFileSync(holder, 'utf8').includes('address')) await pause(20);
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  assert.equal(existsSync(holder), false);
});

test('refresh: a holder that died is not asked, even where its number is another process now', async (t) => {
  const { directory, config } = await prepare(t);
  await writeFile(
    join(directory, 'feedmill.db.holder'),
    JSON.stringify({ pid: process.ppid, address: 'http://127.0.0.1:9', token: 'x' }),
  );
  const { code, out } = await run('refresh', '--config', config, '--json');
  assert.equal(code, 0);
  assert.equal(JSON.parse(out).added, 1);
});

test('explain: by id, address and file name; what is unknown says how to ask', async (t) => {
  const { config } = await prepare(t);
  await run('refresh', '--config', config);
  const byUrl = await run('explain', 'http://town.example/news/1?utm_source=x', '--config', config, '--json');
  const { item } = JSON.parse(byUrl.out);
  const file = join('some', 'where', '001_0000000000000001.txt');
  for (const ref of [item.id, `urn:feedmill:${item.id}`, `http://127.0.0.1:3000/items/${item.id}`, file]) {
    const { code, out } = await run('explain', ref, '--config', config);
    assert.equal(code, 0);
    assert.match(out, /^Bridge opened$[\s\S]*from archive: 001_0000000000000001\.txt \(its text is shown\)/m);
  }
  const unknown = await run('explain', 'https://town.example/other', '--config', config);
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /no item is known/);
});

test('export: what was written imports into an empty store as the same items, and again as no change', async (t) => {
  const { directory, config } = await prepare(t);
  await writeArchiveFile(
    directory,
    '002_0000000000000002.txt',
    'A [second] (title)',
    'https://town.example/news/2_(b)',
  );
  await writeFile(
    join(directory, 'archive', 'plain.txt'),
    'A text without header.\n\nIt has two paragraphs.\n',
  );
  await utimes(join(directory, 'archive', 'plain.txt'), 1, 1);
  await run('refresh', '--config', config);
  const exported = join(directory, 'exported');
  const { code, out } = await run('export', '--archive', exported, '--config', config);
  assert.equal(code, 0);
  assert.match(out, /3 items written/);

  const second = await prepare(t, archiveYaml(exported));
  const imported = await run('refresh', '--config', second.config, '--json');
  assert.equal(JSON.parse(imported.out).added, 3);
  const names = await readdir(exported);
  for (const name of names) {
    const [, id = ''] = /^\d+_([0-9a-f]{16})\.txt$/.exec(name) ?? assert.fail(name);
    assert.deepEqual(await shown(config, id), await shown(second.config, id));
  }
  const again = await run('refresh', '--config', second.config, '--json');
  assert.deepEqual([JSON.parse(again.out).added, JSON.parse(again.out).changed], [0, 0]);
});

/** All that is the item's own; when and from where it was taken in is not. */
async function shown(config: string, id: string) {
  const { item } = JSON.parse((await run('explain', id, '--config', config, '--json')).out);
  const { seq, crawled, changed, source, ...rest } = item;
  assert.ok(seq > 0 && crawled > 0 && changed > 0 && source === 'archive');
  return rest;
}

test('serve: prints its address, answers, refreshes for the command line, refuses a second process and ends on SIGTERM', async (t) => {
  const { directory, config } = await prepare(t);
  const server = spawn(process.execPath, [LAUNCHER, 'serve', '--config', config, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.after(() => server.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0] ?? assert.fail(String(line));
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  assert.match(await (await fetch(`${url}/feed.xml`)).text(), /Bridge opened/);

  const started = performance.now();
  const second = spawn(process.execPath, [LAUNCHER, 'serve', '--config', config, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  second.stderr.on('data', (chunk) => said.push(String(chunk)));
  const [code] = await once(second, 'close');
  assert.equal(code, 4);
  assert.match(said.join(''), new RegExp(`${server.pid}`));
  t.diagnostic(`the second process was refused after ${Math.round(performance.now() - started)} ms`);

  await writeArchiveFile(
    directory,
    '002_0000000000000002.txt',
    'School closed',
    'https://town.example/news/2',
  );
  const asked = await run('refresh', 'archive', '--config', config, '--json');
  assert.equal(asked.code, 0, asked.err);
  assert.match(await (await fetch(`${url}/feed.xml`)).text(), /School closed/);

  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});

test('a damaged database ends with exit code 3, is named, and is left as it is', async (t) => {
  const { directory, config } = await prepare(t);
  const database = join(directory, 'feedmill.db');
  const bytes = Buffer.concat([Buffer.from('SQLite format 3\u0000'), Buffer.alloc(9000, 7)]);
  await writeFile(database, bytes);
  for (const command of [['refresh'], ['explain', 'x'], ['serve', '--port', '0']]) {
    const { code, err } = await run(...command, '--config', config);
    assert.equal(code, 3, err);
    assert.match(err, /feedmill\.db/);
  }
  assert.deepEqual(await readFile(database), bytes);
});

test('serve refuses an address that others can reach while nobody has an account, and takes auth: none', async (t) => {
  const { directory, config } = await prepare(t);
  const { code, err } = await run('serve', '--config', config, '--host', '0.0.0.0', '--port', '0');
  assert.equal(code, 2);
  assert.match(err, /0\.0\.0\.0 can be reached from other machines[\s\S]*auth: none/);
  const serving = await startFeedmill(
    t,
    directory,
    archiveYaml('archive', 'auth: none\nserver: {host: 0.0.0.0}\n'),
  );
  assert.equal((await fetch(serving.url.replace('0.0.0.0', '127.0.0.1'))).status, 200);
});

test('a postgres store passes the check and is said to come later', async (t) => {
  const { config } = await prepare(
    t,
    archiveYaml('archive').replace('sqlite:./feedmill.db', 'postgres://me@db.example/feedmill'),
  );
  assert.equal((await run('check', '--config', config)).code, 0);
  const { code, err } = await run('serve', '--config', config, '--port', '0');
  assert.equal(code, 2);
  assert.match(err, /PostgreSQL comes in a later version/);
});

test('serve says which port is taken and what to do, and ends', async (t) => {
  const { directory, config } = await prepare(t);
  const { url } = await startFeedmill(t, directory, archiveYaml('archive'));
  const { port } = new URL(url);
  const { code, err } = await run(
    'serve',
    '--config',
    config,
    '--port',
    port,
    '--data',
    join(directory, 'other'),
  );
  assert.equal(code, 1);
  assert.match(err, new RegExp(`cannot listen on 127\\.0\\.0\\.1:${port} .*--port`));
});
