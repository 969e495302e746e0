import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { FeedmillError, type ErrorCode } from '../../src/model/error.ts';
import { openStore } from '../../src/store/open-store.ts';
import { connect } from '../../src/store/sqlite-driver.ts';
import { day, declaration, feedOf, newItem, save } from './build.ts';

const directory = mkdtempSync(join(tmpdir(), 'feedmill-open-'));
after(() => rmSync(directory, { recursive: true }));

test('makes the directory and the database, and opens it again', async () => {
  const file = await makeDatabase('new/deep/feedmill.db');
  assert.deepEqual(
    readdirSync(join(directory, 'new/deep')),
    ['feedmill.db'],
    'nothing else is left when it is closed',
  );
  const store = await openStore({ file });
  assert.deepEqual(await feedOf(store, 1), ['fair']);
  await store.close();
});

test('reads without writing, also while another store writes', async () => {
  const file = await makeDatabase('read.db');
  const before = readFileSync(file);
  const reader = await openStore({ file, readOnly: true });
  assert.deepEqual(await feedOf(reader, 1), ['fair']);
  await assert.rejects(save(reader, [newItem('market')]), isError('database-unwritable', file));
  assert.deepEqual(readFileSync(file), before);
  const writer = await openStore({ file });
  await save(writer, [newItem('market', { published: day(2) })]);
  assert.deepEqual(await feedOf(reader, 1), ['fair', 'market']);
  await writer.close();
  await reader.close();
});

test('reads what was committed while a refresh is being written', async () => {
  const file = await makeDatabase('meanwhile.db');
  const store = await openStore({ file });
  const saving = save(
    store,
    Array.from({ length: 300 }, (_, index) => newItem(`n${index}`)),
  );
  assert.equal(await store.countFeed(1), 1);
  await saving;
  assert.equal(await store.countFeed(1), 301);
  await store.close();
});

test('finishes the running transaction before it closes', async () => {
  const file = await makeDatabase('closing.db');
  const store = await openStore({ file });
  const saving = save(
    store,
    Array.from({ length: 300 }, (_, index) => newItem(`n${index}`)),
  );
  await Promise.all([saving, store.close()]);
  const again = await openStore({ file });
  assert.equal(await again.countFeed(1), 301);
  await again.close();
});

test('says that there is nothing to read', async () => {
  const file = join(directory, 'missing.db');
  await assert.rejects(openStore({ file, readOnly: true }), isError('not-found', file));
  assert.ok(!existsSync(file));
});

test('names a directory that cannot be made', async () => {
  const blocked = join(directory, 'a-file');
  writeFileSync(blocked, '');
  await assert.rejects(
    openStore({ file: join(blocked, 'data', 'x.db') }),
    isError('database-unwritable', blocked),
  );
  mkdirSync(join(directory, 'folder.db'));
  const folder = join(directory, 'folder.db');
  await assert.rejects(openStore({ file: folder }), isError('database-unwritable', folder));
});

const DAMAGES: readonly (readonly [string, (file: string) => void])[] = [
  ['empty', (file) => truncateSync(file, 0)],
  ['cut in the middle of a page', (file) => truncateSync(file, 10_000)],
  ['cut at the border of a page', (file) => truncateSync(file, 8 * 4096)],
  ['cut inside its header', (file) => truncateSync(file, 50)],
  ['garbage', (file) => writeFileSync(file, Buffer.alloc(60_000, 'garbage '))],
  ['garbage behind a good header', (file) => overwrite(file, 4096, 0)],
  ['garbage in one page', (file) => overwrite(file, 3 * 4096, 4 * 4096)],
  ['another program’s database', (file) => makeForeign(file)],
];

for (const [name, damage] of DAMAGES) {
  test(`refuses a damaged file and leaves it as it is: ${name}`, async () => {
    const file = await makeDatabase(`${name.replaceAll(/\W/g, '-')}.db`);
    damage(file);
    const before = readFileSync(file);
    for (const readOnly of [false, true]) {
      await assert.rejects(openStore({ file, readOnly }), isError('database-damaged', file));
    }
    assert.deepEqual(readFileSync(file), before);
  });
}

test('names damage that is met later', async () => {
  const file = await makeDatabase('later.db', 2000);
  const store = await openStore({ file });
  overwrite(file, 100 * 4096, 0);
  await assert.rejects(store.listItems(null, 5000), isError('database-damaged', file));
});

test('refuses to start anew beside the journal of a lost database', async () => {
  const file = join(directory, 'lost.db');
  writeFileSync(`${file}-wal`, 'pages');
  await assert.rejects(openStore({ file }), isError('database-damaged', `${file}-wal`));
  assert.ok(!existsSync(file));
});

test('starts over where an earlier start was killed while it made the database', async () => {
  const file = join(directory, 'killed.db');
  writeFileSync(`${file}.new`, 'half a database');
  await (await openStore({ file })).close();
  assert.ok(!existsSync(`${file}.new`));
});

test('refuses a database of a newer Feedmill', async () => {
  const file = await makeDatabase('newer.db');
  const connection = connect(file, { readOnly: false });
  await sql`INSERT INTO kysely_migration VALUES ('9999-future', '2999-01-01T00:00:00.000Z')`.execute(
    connection.db,
  );
  await connection.close();
  await assert.rejects(openStore({ file }), isError('database-newer', '9999-future'));
});

test('opens a database over the size that is checked whole', async () => {
  const file = await makeDatabase('large.db');
  const connection = connect(file, { readOnly: false });
  await sql`CREATE TABLE ballast (bytes BLOB)`.execute(connection.db);
  await sql`INSERT INTO ballast VALUES (zeroblob(70000000))`.execute(connection.db);
  await connection.close();
  const store = await openStore({ file });
  assert.deepEqual(await feedOf(store, 1), ['fair']);
  await store.close();
  truncateSync(file, 69_000_000);
  await assert.rejects(openStore({ file }), isError('database-damaged', file));
});

test('holds nothing of a refresh that was killed half-way', async () => {
  const file = await makeDatabase('crash.db');
  const child = spawnSync(process.execPath, [join(import.meta.dirname, 'die-while-saving.ts'), file], {
    encoding: 'utf8',
  });
  assert.equal(child.signal, 'SIGKILL', child.stderr);
  assert.equal(child.stdout, 'writing\n');
  const store = await openStore({ file });
  assert.equal(await store.countFeed(1), 1);
  assert.equal((await store.listItems(null, 10_000)).length, 1);
  assert.equal((await save(store, [newItem('market')])).added, 1);
  await store.close();
});

async function makeDatabase(name: string, items = 0): Promise<string> {
  const file = join(directory, name);
  const store = await openStore({ file });
  await store.declare(declaration(['town']), day(1));
  await save(store, [newItem('fair'), ...Array.from({ length: items }, (_, index) => newItem(`n${index}`))]);
  await store.close();
  return file;
}

function overwrite(file: string, start: number, end: number): void {
  const bytes = readFileSync(file);
  bytes.fill('garbage ', start, end === 0 ? undefined : end);
  writeFileSync(file, bytes);
}

function makeForeign(file: string): void {
  rmSync(file);
  const script = `new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)}).exec('CREATE TABLE notes (text)')`;
  spawnSync(process.execPath, ['-e', script]);
}

function isError(code: ErrorCode, named: string) {
  return (error: unknown) => {
    assert.ok(error instanceof FeedmillError, String(error));
    assert.equal(error.code, code);
    assert.ok(error.message.includes(named), error.message);
    return true;
  };
}
