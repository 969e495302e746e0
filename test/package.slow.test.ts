/**
 * The package as a stranger gets it: packed, installed into an empty folder, started on the machine's own Node.
 * Needs the npm registry or a filled npm cache, as `npm ci` does; without either it fails.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..');

/** Without what `npm test` adds for its scripts: npm's settings, and the Node of this repository in front of the path. */
const STRANGERS_ENV = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|FEEDMILL_|NODE_)/i.test(name)),
  ),
  PATH: (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter),
};

test('the packed program runs from an empty folder and offers the sample archive', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'feedmill-package-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));

  const tarball = pack(folder);
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--omit=dev', tarball], folder);
  rmSync(tarball);
  const installed = join(folder, 'node_modules', 'feedmill');
  assert.deepEqual(readdirSync(join(installed, 'src')), ['launcher.js'], 'sources stay at home');
  for (const part of ['config', 'seeds'])
    cpSync(join(installed, part), join(folder, part), { recursive: true });

  const byNpx = start(t, folder, 'npx', ['--no-install', 'feedmill']);
  const feed = await waitForEntries(`${await byNpx.address}/feed.xml`);
  assert.match(feed, /^<\?xml .*<feed [^>]*xmlns="http:\/\/www\.w3\.org\/2005\/Atom"/s);
  const files = readdirSync(join(folder, 'seeds')).filter((name) => name.endsWith('.txt'));
  assert.equal(feed.match(/<entry[ >]/g)?.length, files.length);
  const page = await fetch(`${await byNpx.address}/feeds/main`);
  assert.equal(page.status, 200, await page.text());
  process.kill(-byNpx.pid, 'SIGTERM');
  await byNpx.ended;

  const again = start(t, folder, join(folder, 'node_modules', '.bin', 'feedmill'), []);
  assert.equal((await fetch(`${await again.address}/feed.xml`)).status, 200);
  process.kill(again.pid, 'SIGTERM');
  assert.deepEqual(
    await again.ended,
    { code: 0, signal: null },
    'the launcher passes on signal and exit code',
  );
});

function pack(folder: string): string {
  run('npm', ['pack', '--pack-destination', folder], ROOT);
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  assert.ok(tarball !== undefined, 'npm pack wrote no tarball');
  return join(folder, tarball);
}

function run(command: string, args: string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: STRANGERS_ENV, encoding: 'utf8' });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
}

interface Server {
  readonly pid: number;
  readonly address: Promise<string>;
  /** After everything it started has ended, too. */
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

/** In a process group of its own, so that nothing it started outlives the test. */
function start(t: TestContext, cwd: string, command: string, args: string[]): Server {
  const places = ['--config', 'config/feedmill.yaml', '--data', 'data', '--port', '0'];
  const child = spawn(command, [...args, 'serve', ...places], {
    cwd,
    env: STRANGERS_ENV,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  assert.ok(pid !== undefined, `${command} was not started`);
  let isOver = false;
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => {
      isOver = true;
      resolve({ code, signal });
    }),
  );
  t.after(() => isOver || process.kill(-pid, 'SIGKILL'));
  let output = '';
  const address = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (found !== null) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => reject(new Error(`feedmill ended before it listened:\n${output}`)));
  });
  return { pid, address, ended };
}

/** The server answers before the first import is done. */
async function waitForEntries(url: string): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const text = await (await fetch(url)).text();
    if (text.includes('<entry')) return text;
    await wait(100);
  }
  throw new Error(`${url} had no entry after 30 seconds`);
}
