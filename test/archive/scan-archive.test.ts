/** Scans of real directories: what is read, what is refused and why, what is left alone. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { test, type TestContext } from 'node:test';
import { scanArchive, type ScanEvent } from '../../src/archive/scan-archive.ts';
import type { SeenFile } from '../../src/model/source.ts';

const LONG_AGO = new Date('2024-01-01T00:00:00Z');

async function newDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'feedmill-scan-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A file that was left alone since long ago. */
async function write(directory: string, path: string, content: string | Buffer = 'A text.'): Promise<void> {
  await writeFile(join(directory, path), content);
  await utimes(join(directory, path), LONG_AGO, LONG_AGO);
}

/** Stands for the store: remembers what the events said. */
class Records {
  readonly seen = new Map<string, SeenFile>();
  beforeLookUp: () => Promise<void> = async () => {};

  async scan(directory: string, match?: string): Promise<string[]> {
    const told: string[] = [];
    for await (const event of scanArchive({
      directory,
      ...(match === undefined ? {} : { match }),
      lookUp: async (paths) => {
        await this.beforeLookUp();
        return new Map(paths.flatMap((path) => this.seen.get(path) ?? []).map((file) => [file.path, file]));
      },
    })) {
      if (event.kind !== 'unchanged') this.seen.set(event.file.path, event.file);
      told.push(inWords(event));
    }
    return told;
  }
}

function inWords(event: ScanEvent): string {
  if (event.kind === 'unchanged') return `${event.count} unchanged`;
  const warnings = event.file.warnings.map(({ message }) => `: ${message}`);
  return `${event.kind} ${event.file.path}${warnings.join('')}`;
}

test('reads files below as well, and neither hidden nor unfinished ones nor other names', async (t) => {
  const directory = await newDirectory(t);
  await mkdir(join(directory, 'year/month'), { recursive: true });
  await mkdir(join(directory, '.git'));
  for (const path of ['b.txt', 'a.TXT', 'year/month/c.txt', '.d.txt', 'e.txt.tmp', 'f.md', '.git/g.txt'])
    await write(directory, path);
  assert.deepEqual(await new Records().scan(directory), [
    'document a.TXT',
    'document b.txt',
    'document year/month/c.txt',
  ]);
});

test('hands over the text with its path, and a record of the file', async (t) => {
  const directory = await newDirectory(t);
  await write(directory, 'a.txt', 'Höhe');
  const events: ScanEvent[] = [];
  for await (const event of scanArchive({ directory, lookUp: async () => new Map() })) events.push(event);
  assert.deepEqual(events, [
    {
      kind: 'document',
      document: { kind: 'archive', locator: 'a.txt', text: 'Höhe', warnings: [] },
      file: {
        path: 'a.txt',
        bytes: 5,
        modified: LONG_AGO.getTime(),
        hash: 'a4d8c3470ca778cdbc4b468a3f9cdc37bbcfc694e3d97b4ca58f4bfd42b38e83',
        warnings: [],
        outcome: 'read',
      },
    },
  ]);
});

test('opens a second time only what changed', async (t) => {
  const directory = await newDirectory(t);
  const records = new Records();
  for (const path of ['a.txt', 'b.txt', 'c.txt', 'd.txt']) await write(directory, path);
  await records.scan(directory);
  await write(directory, 'b.txt', 'Another text.');
  await utimes(join(directory, 'c.txt'), new Date(), new Date('2024-02-02T00:00:00Z'));
  await rename(join(directory, 'd.txt'), join(directory, 'e.txt'));
  assert.deepEqual(await records.scan(directory), [
    'document b.txt',
    'touched c.txt',
    'document e.txt',
    '1 unchanged',
  ]);
  assert.deepEqual(await records.scan(directory), ['4 unchanged']);
});

test('refuses bad files by name, once, and reads the others', async (t) => {
  const directory = await newDirectory(t);
  const records = new Records();
  await write(directory, 'good.txt');
  await write(directory, 'empty.txt', '');
  await write(directory, 'binary.txt', Buffer.alloc(5000));
  await write(directory, 'large.txt', Buffer.alloc(20_400_000, 'x'));
  await write(directory, 'huge.txt', '');
  await truncate(join(directory, 'huge.txt'), 10 * 1024 ** 3);
  assert.deepEqual(await records.scan(directory), [
    'rejected binary.txt: file is binary, not text',
    'rejected empty.txt: file is empty',
    'document good.txt',
    'rejected huge.txt: file is 11 GB; the limit is 10 MB',
    'rejected large.txt: file is 20 MB; the limit is 10 MB',
  ]);
  assert.deepEqual(await records.scan(directory), ['5 unchanged']);
});

test('never opens pipes and sockets, and refuses links that leave the directory', async (t) => {
  const [directory, outside] = [await newDirectory(t), await newDirectory(t)];
  await mkdir(join(directory, 'inner'));
  await write(outside, 'secret.txt');
  await write(directory, 'inner/a.txt');
  await symlink('inner/a.txt', join(directory, 'inside.txt'));
  await symlink('inner', join(directory, 'inside'));
  await symlink(join(outside, 'secret.txt'), join(directory, 'out.txt'));
  await symlink(outside, join(directory, 'outside'));
  await symlink('nowhere', join(directory, 'broken.txt'));
  execFileSync('mkfifo', [join(directory, 'pipe.txt')]);
  assert.deepEqual(await new Records().scan(directory), [
    'rejected broken.txt: symbolic link leads nowhere',
    'rejected out.txt: symbolic link leaves the archive; put the file itself here',
    'rejected outside: symbolic link leaves the archive; put the file itself here',
    'rejected pipe.txt: is a device, a pipe or a socket; never opened',
    'document inner/a.txt',
  ]);
});

test('reads a directory that is itself reached by a link', async (t) => {
  const [directory, target] = [await newDirectory(t), await newDirectory(t)];
  await write(target, 'a.txt');
  await symlink(target, join(directory, 'link'));
  assert.deepEqual(await new Records().scan(join(directory, 'link')), ['document a.txt']);
});

test('reports files and directories without permission, and takes it back once they may be read', async (t) => {
  const directory = await newDirectory(t);
  const records = new Records();
  await mkdir(join(directory, 'closed'));
  await write(directory, 'closed/a.txt');
  await write(directory, 'b.txt');
  await write(directory, 'c.txt');
  await chmod(join(directory, 'b.txt'), 0);
  await chmod(join(directory, 'closed'), 0);
  await chmod(directory, 0o755);
  const told = await asNobody(() => records.scan(directory));
  assert.deepEqual(told, [
    'rejected b.txt: permission denied; allow Feedmill to read the file',
    'document c.txt',
    'rejected closed: directory cannot be listed; allow Feedmill to read it',
  ]);
  await chmod(join(directory, 'b.txt'), 0o644);
  await chmod(join(directory, 'closed'), 0o755);
  assert.deepEqual(await records.scan(directory), [
    'document b.txt',
    '1 unchanged',
    'touched closed',
    'document closed/a.txt',
  ]);
});

/** Permissions mean nothing to root, so root steps down for the while. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('passes over a file that is deleted between listing and reading', async (t) => {
  const directory = await newDirectory(t);
  const records = new Records();
  await write(directory, 'a.txt');
  await write(directory, 'b.txt');
  records.beforeLookUp = () => unlink(join(directory, 'a.txt'));
  assert.deepEqual(await records.scan(directory), ['document b.txt']);
});

test('waits until a file is written to its end', async (t) => {
  const directory = await newDirectory(t);
  await writeFile(join(directory, 'a.txt'), 'Half. ');
  const writer = setInterval(() => void appendFile(join(directory, 'a.txt'), 'More. '), 150);
  setTimeout(() => clearInterval(writer), 700);
  const records = new Records();
  assert.deepEqual(await records.scan(directory), ['document a.txt']);
  assert.ok((records.seen.get('a.txt')?.bytes ?? 0) > 'Half. '.length);
});

test('leaves a file that never rests to the next scan', async (t) => {
  const directory = await newDirectory(t);
  const records = new Records();
  await write(directory, 'b.txt');
  const writer = setInterval(() => void appendFile(join(directory, 'a.txt'), 'More. '), 100);
  await appendFile(join(directory, 'a.txt'), 'More. ');
  const told = await records.scan(directory);
  clearInterval(writer);
  assert.deepEqual(told, [
    'rejected a.txt: file is still being written; it is read at the next scan',
    'document b.txt',
  ]);
  assert.deepEqual(await records.scan(directory), ['document a.txt', '1 unchanged']);
});

test('reads files with odd names, and says what is odd', async (t) => {
  const directory = await newDirectory(t);
  for (const name of ['cafe\u{301}.txt', '-rf.txt', 'my own article.txt', '$(x).txt'])
    await write(directory, name);
  await writeFile(
    Buffer.concat([Buffer.from(`${directory}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.txt')]),
    'A',
  );
  assert.deepEqual(await new Records().scan(directory), [
    'rejected \u{FFFD}\u{FFFD}.txt: file name is not UTF-8; rename the file to have it read',
    'document $(x).txt: file name holds quotes or other characters that a shell obeys; read all the same',
    'document -rf.txt: file name begins with a dash, which commands take for an option; read all the same',
    'document cafe\u{301}.txt: file name is written with letters and accents apart (Unicode NFD); read all the same',
    'document my own article.txt',
  ]);
});

test('says when two names have the same sixteen digits', async (t) => {
  const directory = await newDirectory(t);
  await write(directory, '001_00112233445566aa.txt');
  await write(directory, '002_00112233445566aa.txt');
  assert.deepEqual(await new Records().scan(directory), [
    'document 001_00112233445566aa.txt: 002_00112233445566aa.txt has the same sixteen digits in its name',
    'document 002_00112233445566aa.txt: 001_00112233445566aa.txt has the same sixteen digits in its name',
  ]);
});

test('says that the directory is missing, and what to do', async (t) => {
  const directory = join(await newDirectory(t), 'missing');
  await assert.rejects(new Records().scan(directory), {
    name: 'FeedmillError',
    code: 'unreadable',
    message: `The archive directory ${directory} cannot be read. Create it, allow reading it, or correct "path" in the configuration.`,
  });
});

test('ends when it is told to', async (t) => {
  const directory = await newDirectory(t);
  for (let at = 0; at < 5; at += 1) await write(directory, `${at}.txt`);
  const controller = new AbortController();
  const scan = scanArchive({ directory, lookUp: async () => new Map(), signal: controller.signal });
  await scan.next();
  controller.abort();
  await assert.rejects(scan.next(), { name: 'AbortError' });
});

test('holds no more of 5,000 files than of a few', async (t) => {
  const directory = await newDirectory(t);
  const text = 'A line of text. '.repeat(500);
  for (let at = 0; at < 5000; at += 1) writeFileSync(join(directory, `${at}.txt`), `${at} ${text}`);
  let read = 0;
  let asked = 0;
  const scan = scanArchive({
    directory,
    lookUp: async (paths) => {
      asked = Math.max(asked, paths.length);
      return new Map();
    },
  });
  const before = heldBytes();
  const grownBy: number[] = [];
  for await (const event of scan) {
    read += event.kind === 'document' ? 1 : 0;
    if (read % 1000 === 999) grownBy.push(heldBytes() - before);
  }
  const grown = Math.max(...grownBy);
  assert.deepEqual({ read, asked, weighed: grownBy.length }, { read: 5000, asked: 500, weighed: 5 });
  // What is held at the start may be let go meanwhile: less than before is as good as no more.
  assert.ok(grown < 5e6, `40 MB of files took ${(grown / 1e6).toFixed(1)} MB of memory`);
});

/** What is still held after garbage is gone: the size of the process also shows when that last happened. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
