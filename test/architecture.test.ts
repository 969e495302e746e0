/**
 * Holds the house to its plan (ARCHITECTURE.md). The tables stand here as data; the reading and the rules are in
 * test/architecture/. A change of a table is a decision: say why in docs/decisions/.
 */
import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSourceFile, type SourceFile } from './architecture/source-file.ts';
import {
  findBadShapes,
  findCircles,
  findEffects,
  findForeignImports,
  findIdleExceptions,
  findMisplaced,
  findStrayPackages,
  findUnusedExports,
  waysOut,
  type Doorway,
} from './architecture/violations.ts';

const ROOT = join(import.meta.dirname, '..');

const DOOR: Doorway = { may: ['model', 'app/app.ts'], types: ['publish'] };

/** Who may import whom. Each room may also import itself. */
const ROOMS: Readonly<Record<string, Doorway>> = {
  model: { may: [] },
  config: { may: ['model'] },
  decode: { may: ['model'] },
  fetch: { may: ['model', 'decode'] },
  archive: { may: ['model', 'decode'] },
  normalise: { may: ['model'] },
  dedupe: { may: ['model'] },
  search: { may: ['model'] },
  html: { may: ['model'] },
  parse: { may: ['model', 'html'] },
  publish: { may: ['model', 'html'] },
  clean: { may: ['model', 'html', 'search'] },
  store: { may: ['model', 'html', 'search'] },
  grind: { may: ['model', 'parse', 'normalise', 'clean'] },
  app: {
    may: ['model', 'dedupe', 'publish', 'html', 'search'],
    types: ['grind', 'archive', 'store/store.ts'],
  },
  schedule: DOOR,
  http: DOOR,
  cli: DOOR,
  'serve.ts': { may: ['model', 'archive', 'store', 'app', 'schedule', 'http'] },
  'main.ts': {
    may: [
      'model',
      'config',
      'fetch',
      'archive',
      'clean',
      'grind',
      'html',
      'search',
      'store',
      'app',
      'cli',
      'serve.ts',
    ],
  },
};

/** Where each package may be imported: a folder, or a file where one file is the rule. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  '@exodus/bytes': ['decode'],
  chardet: ['decode'],
  cheerio: ['parse', 'clean', 'html'],
  commander: ['cli'],
  diff: ['clean'],
  eld: ['search'],
  entities: ['parse', 'normalise'],
  express: ['http'],
  'fastest-levenshtein': ['config'],
  feed: ['publish'],
  htmlparser2: ['parse'],
  'ipaddr.js': ['http', 'fetch'],
  kysely: ['store'],
  'node-cron': ['schedule'],
  picomatch: ['archive'],
  pino: ['app', 'http', 'cli', 'schedule', 'serve.ts', 'main.ts'],
  piscina: ['grind'],
  'prom-client': ['http'],
  re2js: ['search'],
  'rss-parser': ['parse'],
  'sanitize-html': ['html'],
  undici: ['fetch'],
  yaml: ['config'],
  zod: ['config'],
};

/** Packages that one file alone may know, so that they can be exchanged there. */
const IN_ONE_FILE = ['feed', 'rss-parser', 'sanitize-html', 're2js', 'piscina', 'node:sqlite', 'node-cron'];

/** Rooms from data to data, and the files in them that cannot be, each with its reason. */
const PURE = [
  'model',
  'decode',
  'normalise',
  'dedupe',
  'search',
  'html',
  'parse',
  'publish',
  'clean',
  'grind',
];
const IMPURE_FILES: Readonly<Record<string, string>> = {
  'grind/pool.ts': 'starts and ends workers',
  'grind/worker.ts': 'runs in one',
  'model/time.ts': 'reads the clock for the doors',
  'search/han-fold.generate.ts': 'writes the table of characters; run by hand',
  'search/language.ts': 'loads eld when first needed',
};
const COMPUTING = ['node:buffer', 'node:crypto', 'node:url', 'node:util', 'node:zlib'];

/** Edges, where somebody else's error becomes ours, or where one failure must not stop the rest. */
const MAY_CATCH: Readonly<Record<string, string>> = {
  'app/export-archive.ts': 'file system errors',
  'app/in-turn.ts': 'a piece of work that failed must not stop the next one',
  'app/fetching/as-they-end.ts': 'work under way when another failed must not go unhandled',
  'app/feedmill.ts': 'cleaning anew in the background must not end the server',
  'app/refresh.ts': 'one source must not stop the others',
  'app/refresh-archive.ts': 'one slice must not go unhandled while another is awaited',
  'app/rounds.ts': 'background work must not end the server',
  'archive/read-file.ts': 'file system errors',
  'archive/walk.ts': 'file system errors',
  'archive/wanted-names.ts': 'links that lead nowhere',
  'archive/watch-archive.ts': 'directories that go while they are watched',
  'cli/program.ts': 'the end of every command: a message and an exit code',
  'config/schema/checked-values.ts': 'time zones that Intl does not know',
  'config/watch-config.ts': 'a file that is away while somebody saves it',
  'fetch/errands.ts': 'whatever ends a fetch becomes its outcome',
  'fetch/find-addresses.ts': 'names that only a proxy can resolve',
  'fetch/read-body.ts': 'errors of zlib',
  'grind/pool.ts': 'workers that die',
  'html/selector.ts': 'errors of css-select',
  'main.ts': 'a configuration that was saved with mistakes, or cannot be read',
  'parse/feed/fetched-document.ts': 'text that is no JSON',
  'parse/feedmill-comment.ts': 'text that is no JSON',
  'parse/page/json-ld.ts': 'text that is no JSON',
  'parse/parse-document.ts': 'text that is no JSON',
  'search/pattern.ts': 'errors of re2js',
  'serve.ts': 'a refresh that ends early must not end the server',
  'store/database-file.ts': 'file system errors',
  'store/lock.ts': 'a holder that is gone, or has not written its name yet',
  'store/sqlite-driver.ts': 'errors of SQLite',
};

/** Only the doors and main.ts read the clock; everybody else is handed a time. A stopwatch is no clock. */
const MAY_READ_CLOCK = [
  'model/time.ts',
  'archive/read-file.ts', // compares it with the time of a file
  'http',
  'cli',
  'schedule',
  'serve.ts',
  'main.ts',
];
/** fetch/ alone goes out. The server listens, and the commands ask it. */
const MAY_CONNECT = ['fetch', 'http/server.ts', 'cli/ask-server.ts'];
const MAY_MAKE_SAFE_HTML = ['html', 'store'];
const MAY_PRINT = ['app', 'http', 'cli', 'schedule', 'serve.ts', 'main.ts'];

const LIMITS = { lines: 300, exports: 8 };

/** Exports that are reached by name at run time: by the launcher, and by piscina. */
const REACHED_BY_NAME = ['src/main.ts', 'src/grind/worker.ts'];

const house = readFiles('src/**/*.{ts,tsx}');

test('the guard sees the whole house', () => {
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
    .filter((found) => found.isDirectory())
    .map(({ name }) => name);
  const seen = new Set(house.map(({ room }) => room));
  assert.deepEqual(
    folders.filter((folder) => !(folder in ROOMS)),
    [],
    'folders of src/ that the table does not know',
  );
  assert.deepEqual(
    Object.keys(ROOMS).filter((room) => !seen.has(room)),
    [],
    'rooms of the table in which no file was seen',
  );
  assert.ok(house.length > 80, `only ${house.length} files were seen`);
  assert.ok(house.flatMap(({ imports }) => imports).length > 300, 'hardly an import was seen');
});

test('every room imports only what the table allows', () => {
  assert.deepEqual(findForeignImports(house, ROOMS), []);
});

test('every package stays in its home', () => {
  assert.deepEqual(findStrayPackages(house, HOMES), []);
  for (const name of IN_ONE_FILE) {
    const users = house.filter((file) => file.imports.some(({ target }) => target === name));
    assert.ok(users.length <= 1, `${name} is imported by ${users.map(({ path }) => path).join(', ')}`);
  }
});

test('every runtime dependency is used, and every home is a dependency', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  assert.ok(typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest);
  const declared = Object.keys(manifest.dependencies ?? {}).toSorted();
  const used = new Set(house.flatMap(({ imports }) => imports.map(({ target }) => target)));
  assert.deepEqual(Object.keys(HOMES).toSorted(), declared);
  assert.deepEqual(
    declared.filter((name) => !used.has(name)),
    [],
  );
});

test('stages have no effects', () => {
  assert.deepEqual(findEffects(house, isPure, COMPUTING), []);
});

test('errors are caught only at the listed edges', () => {
  const edges = Object.keys(MAY_CATCH);
  assert.deepEqual(findMisplaced(house, edges, catches, 'catches; let it pass, or list the edge'), []);
  assert.deepEqual(findIdleExceptions(house, edges, catches), []);
});

test('only the doors read the clock', () => {
  assert.deepEqual(findMisplaced(house, MAY_READ_CLOCK, readsClock, 'reads the clock; be handed a time'), []);
});

test('only fetch/ opens connections to the outside', () => {
  assert.deepEqual(findMisplaced(house, MAY_CONNECT, waysOut, 'opens a connection; ask fetch/'), []);
  assert.deepEqual(findIdleExceptions(house, MAY_CONNECT, waysOut), []);
});

test('safe HTML is made in html/ and given back by the store, nowhere else', () => {
  assert.deepEqual(findMisplaced(house, MAY_MAKE_SAFE_HTML, castsToSafeHtml, 'makes SafeHtml by a cast'), []);
});

test('only app/, the doors and main.ts print or log', () => {
  assert.deepEqual(findMisplaced(house, MAY_PRINT, prints, 'prints'), []);
});

test('no circle of files', () => {
  assert.deepEqual(findCircles(house), []);
});

test('files are short, have names that say something, and export what stands in them', () => {
  assert.deepEqual(findBadShapes(house, LIMITS), []);
});

test('every exported function and constant is imported by somebody', () => {
  const users = [...house, ...readFiles('{test,bench}/**/*.ts')];
  const reachedByImport = house.filter(({ path }) => !REACHED_BY_NAME.includes(path));
  assert.deepEqual(findUnusedExports(reachedByImport, users), []);
});

test('ARCHITECTURE.md says what the table says', () => {
  const document = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
  const rows = Object.entries(ROOMS).map(
    ([room, { may, types }]) =>
      `| ${place(room)} | ${may.map(place).join(', ') || 'nothing'}${types === undefined ? '' : `; types of ${types.map(place).join(', ')}`} |`,
  );
  assert.deepEqual(
    rows.filter((row) => !document.includes(row)),
    [],
  );
});

test('the guard bites', () => {
  const bad = [
    readSourceFile(
      'src/clean/utils.ts',
      `import { load } from 'cheerio/slim';
import type { Store } from '../store/store.ts';
import { parse } from '../parse/parse-document.ts';
export default async function clean(html: string): Promise<string> {
  const express = await import('express');
  try { return String(Date.now()) + load(html).text(); } catch { return process.env['HOME'] as SafeHtml; }
}
export const later = (it: import('../app/app.ts').App) => it.close().catch(() => console.log(new Date()));
`,
    ),
    readSourceFile(
      'src/parse/parse-document.ts',
      `export { default } from '../clean/utils.ts';\n${'\n'.repeat(300)}`,
    ),
    readSourceFile(
      'src/app/refresh.ts',
      `import type { Store } from '../store/store.ts';
import { openStore } from '../store/open-store.ts';
import { now } from '../model/time.ts';
import leftPad from 'left-pad';
const sqlite = process.getBuiltinModule('node:sqlite');
`,
    ),
  ];
  assert.deepEqual(
    findForeignImports(bad, {
      clean: { may: ['model'] },
      app: { may: ['model'], types: ['store/store.ts'] },
    }),
    [
      'src/clean/utils.ts:2 imports src/store/store.ts; clean may import model',
      'src/clean/utils.ts:3 imports src/parse/parse-document.ts; clean may import model',
      'src/clean/utils.ts:8 imports src/app/app.ts; clean may import model',
      'src/parse/parse-document.ts:1 imports src/clean/utils.ts; parse may import nothing',
      'src/app/refresh.ts:2 imports src/store/open-store.ts; app may import model, and the types of store/store.ts',
    ],
  );
  assert.deepEqual(findStrayPackages(bad, { cheerio: ['html'], express: ['http'] }), [
    'src/clean/utils.ts:1 imports cheerio; its home is html',
    'src/clean/utils.ts:5 imports express; its home is http',
    'src/app/refresh.ts:4 imports left-pad, which has no home in the table',
  ]);
  assert.deepEqual(
    findEffects(bad, () => true, []),
    [
      'src/clean/utils.ts:6 uses Date.now; clean is without effects',
      'src/clean/utils.ts:6 uses process.env; clean is without effects',
      'src/clean/utils.ts:8 uses console.log; clean is without effects',
      'src/clean/utils.ts:8 uses new Date; clean is without effects',
      'src/app/refresh.ts:5 imports node:sqlite; app is without effects',
      'src/app/refresh.ts:5 uses process.getBuiltinModule; app is without effects',
    ],
  );
  const lines = (mentions: (file: SourceFile) => readonly { line: number }[]): string[] =>
    findMisplaced(bad, ['model'], mentions, 'x');
  assert.deepEqual(lines(catches), ['src/clean/utils.ts:6 x', 'src/clean/utils.ts:8 x']);
  assert.deepEqual(lines(castsToSafeHtml), ['src/clean/utils.ts:6 x']);
  assert.deepEqual(lines(readsClock), [
    'src/clean/utils.ts:6 x',
    'src/clean/utils.ts:8 x',
    'src/app/refresh.ts:3 x',
  ]);
  assert.deepEqual(lines(prints), ['src/clean/utils.ts:8 x']);
  const goesOut = readSourceFile(
    'src/parse/feed.ts',
    `import { isIP } from 'node:net';
import { connect } from 'node:tls';
import * as web from 'node:http';
export const a = () => fetch('http://a.example/');
export const b = () => globalThis.fetch('http://a.example/');
export const c = () => new WebSocket('ws://a.example/');
`,
  );
  assert.deepEqual(
    waysOut(goesOut).map(({ line }) => line),
    [2, 3, 4, 5, 6],
  );
  assert.deepEqual(findIdleExceptions(bad, ['clean', 'app'], catches), ['app']);
  assert.deepEqual(findUnusedExports(bad, bad), [
    'src/clean/utils.ts:4 exports clean, which nobody imports',
    'src/clean/utils.ts:8 exports later, which nobody imports',
    'src/parse/parse-document.ts:1 exports default, which nobody imports',
  ]);
  assert.deepEqual(findCircles(bad), [
    'src/clean/utils.ts → src/parse/parse-document.ts → src/clean/utils.ts',
  ]);
  assert.deepEqual(findBadShapes(bad, { lines: 300, exports: 1 }), [
    'src/clean/utils.ts exports 2 functions and constants, over 1',
    "src/clean/utils.ts has a drawer's name, utils.ts: put each function with its noun",
    'src/clean/utils.ts has a default export: name it',
    'src/parse/parse-document.ts only passes on what stands elsewhere: import it from there',
    'src/parse/parse-document.ts has 301 lines, over 300',
  ]);
  assert.throws(() => readSourceFile('src/app/broken.ts', 'const = 1;'), /cannot be parsed/);
});

function readFiles(pattern: string): SourceFile[] {
  return globSync(pattern, { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => readSourceFile(path, readFileSync(join(ROOT, path), 'utf8')));
}

function place(name: string): string {
  return name.includes('.') ? `\`${name}\`` : `\`${name}/\``;
}

function isPure(file: SourceFile): boolean {
  return PURE.includes(file.room) && !(file.path.replace('src/', '') in IMPURE_FILES);
}

function catches(file: SourceFile): { line: number }[] {
  return file.catches.map((line) => ({ line }));
}

function readsClock(file: SourceFile): { line: number }[] {
  return [
    ...file.ambient.filter(({ name }) => name === 'Date.now' || name === 'new Date'),
    ...file.imports.filter(({ target, names }) => target === 'src/model/time.ts' && names.includes('now')),
  ];
}

function castsToSafeHtml(file: SourceFile): { line: number }[] {
  return file.casts.filter(({ name }) => /\bSafeHtml\b/.test(name));
}

function prints(file: SourceFile): { line: number }[] {
  return [
    ...file.ambient.filter(({ name }) => /^(console\.|process\.std)/.test(name)),
    ...file.imports.filter(({ target }) => target === 'pino'),
  ];
}
