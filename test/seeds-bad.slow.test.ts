/**
 * Every row of ../shared/corpus/hostile/seeds-bad.jsonl through the application: its folder is imported beside a good
 * file, and the outcome is compared with what the row expects.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Explanation, RefreshReport } from '../src/app/app.ts';
import { createApp } from '../src/app/feedmill.ts';
import type { Grinder } from '../src/grind/grind.ts';
import { createPool } from '../src/grind/pool.ts';
import { openParts } from '../src/main.ts';
import { archiveYaml, configOf, needsShared, SHARED, tempDirectory } from './feedmill-under-test.ts';

interface Row {
  id: string;
  file?: string;
  files?: string[];
  recipe?: string;
  expect: {
    outcome: string;
    date_ms?: number | null;
    title?: string;
    url?: string | null;
    footer_removed?: boolean;
    body_contains?: string[];
    body_must_contain?: string[];
    body_must_not_contain?: string[];
    body_text_exact?: string;
    message?: string;
  };
}

/** Rows held to be wrong, with the reason. */
const HELD_WRONG: Readonly<Record<string, string>> = {
  'seed-url-uppercase-pct':
    'expects https://www.example.org/a/1; the file says https://www.example.org/%e4%b8%ad',
  'seed-title-100k':
    'expects the title 测试标题, which the file does not contain: its title is 100,000 times 长',
  'seed-title-backslash-escapes': 'expects the title 测试标题; the title of the file is a \\] \\[ b',
  'seed-title-bidi':
    'expects the title 测试标题; the title of the file is abc and gnp around a bidi override',
};

const HOSTILE = join(SHARED, 'corpus', 'hostile');
const GOOD_FILE =
  '<!--1600000000000-->\n[Beside](https://beside.example/good)\n------\n\n<p>The good one.</p>\n';

/** Rows made at test time. What they need is made in the folder; each answers the file that is looked for. */
const RECIPES: Readonly<Record<string, (folder: string) => string>> = {
  'seed-big-20mb': (folder) => {
    const body = '<p>abcdefghij</p>'.repeat(1_200_000);
    writeFileSync(
      join(folder, 'big.txt'),
      `<!--1700000000000-->\n[t](https://www.example.org/b)\n------\n\n${body}`,
    );
    return 'big.txt';
  },
  'seed-symlink-inside': (folder) => {
    symlinkSync('good.txt', join(folder, 'link.txt'));
    return 'link.txt';
  },
  'seed-device': (folder) => {
    // A FIFO, which no special right is needed to make, blocks whoever opens it just as a device would.
    execFileSync('mkfifo', [join(folder, 'device.txt')]);
    return 'device.txt';
  },
  'seed-sparse-10gb': (folder) => {
    writeFileSync(join(folder, 'sparse.txt'), '');
    truncateSync(join(folder, 'sparse.txt'), 10 * 1024 ** 3);
    return 'sparse.txt';
  },
  'seed-zip-slip': (folder) => {
    writeFileSync(join(folder, 'archive.zip'), 'PK\u0003\u0004../../x');
    return 'archive.zip';
  },
  'seed-name-non-utf8-bytes': (folder) => {
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('_x.txt')]),
      GOOD_FILE,
    );
    return '\ufffd';
  },
};

/** Recipes whose promise is held elsewhere, and where. */
const HELD_ELSEWHERE: Readonly<Record<string, string>> = {
  'seed-unreadable': 'test/archive: needs a user without rights',
  'seed-deleted-while-read': 'test/archive',
  'seed-archive-100k-files': 'bench/archive.ts',
};

interface Seen {
  report: RefreshReport;
  /** Of a second import of the same files. */
  again: RefreshReport;
  good: Explanation | null;
  items: (Explanation | null)[];
  about: (name: string) => string[];
}

test('seeds-bad: every row ends as it should, and no row costs the good file beside it', async (t) => {
  if (!needsShared(t, 'corpus/hostile/seeds-bad.jsonl')) return;
  const rows = readFileSync(join(HOSTILE, 'seeds-bad.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line): Row => JSON.parse(line));
  const grinder = createPool();
  t.after(() => grinder.close());
  const problems: Record<string, string[]> = {};
  for (const row of rows.filter(({ id }) => !(id in HELD_ELSEWHERE))) {
    const found = await judgeRow(t, row, grinder);
    if (found.length > 0) problems[row.id] = found;
  }
  t.diagnostic(
    `${rows.length} rows, ${Object.keys(problems).length} not as expected, ${Object.keys(HELD_WRONG).length} of them held to be wrong`,
  );
  assert.deepEqual(
    Object.entries(problems).filter(([id]) => !(id in HELD_WRONG)),
    [],
  );
  assert.deepEqual(Object.keys(problems).toSorted(), Object.keys(HELD_WRONG).toSorted());
});

async function judgeRow(t: TestContext, row: Row, grinder: Grinder): Promise<string[]> {
  const directory = await tempDirectory(t);
  const folder = join(directory, 'archive');
  mkdirSync(folder);
  writeFileSync(join(folder, 'good.txt'), GOOD_FILE);
  const names = fill(row, folder);
  age(folder);
  const seen = await importFolder(directory, names, grinder);
  const problems = judgeBeside(seen);
  if (row.expect.outcome.startsWith('import')) problems.push(...judgeImport(row, seen, names[0] ?? ''));
  else if (
    row.expect.outcome === 'reject' &&
    seen.about(names[0] ?? '').length === 0 &&
    row.id !== 'seed-zip-slip'
  ) {
    problems.push('rejected without a word');
  }
  if (/^(reject|skip)$/.test(row.expect.outcome) && seen.items.some((item) => item !== null))
    problems.push('was imported');
  return [...problems, ...(SPECIAL[row.id]?.(seen) ?? [])];
}

function fill(row: Row, folder: string): string[] {
  if (row.recipe !== undefined) return [RECIPES[row.id]?.(folder) ?? assert.fail(`no recipe for ${row.id}`)];
  const files = row.files ?? [row.file ?? ''];
  for (const file of files) cpSync(join(HOSTILE, dirname(file)), folder, { recursive: true });
  return files.map((file) => file.split('/').at(-1) ?? '');
}

/** Files that were just written are left to settle for a second: not needed here. */
function age(folder: string): void {
  for (const name of readdirSync(folder, { encoding: 'buffer' })) {
    const path = Buffer.concat([Buffer.from(`${folder}/`), name]);
    if (lstatSync(path).isFile()) utimesSync(path, 1_700_000_000, 1_700_000_000);
  }
}

async function importFolder(directory: string, names: readonly string[], grinder: Grinder): Promise<Seen> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const app = await createApp(
    { ...(await openParts(null, silent)), grinder: { ...grinder, close: async () => undefined } },
    await configOf(directory, archiveYaml('archive')),
  );
  const find = (ref: string) => app.explain(ref).catch(() => null);
  try {
    const [report] = await Array.fromAsync(app.refresh(null));
    const [again] = await Array.fromAsync(app.refresh(null));
    assert.ok(report !== undefined && again !== undefined);
    const items = await Promise.all(names.map(find));
    const about = (name: string) =>
      report.warnings
        .filter(({ where }) => where?.normalize('NFC').includes(name.normalize('NFC')))
        .map(({ message }) => message);
    return { report, again, good: await find('good.txt'), items, about };
  } finally {
    await app.close();
  }
}

/** What holds for every row: the file beside it, and a second import that changes nothing. */
function judgeBeside({ good, report, again }: Seen): string[] {
  return [
    ...(good === null ? ['the good file beside it was lost'] : []),
    ...(again.added + again.changed > 0 ? ['a second import changed something'] : []),
    ...(again.warnings.length === report.warnings.length ? [] : ['a second import warns of something else']),
  ];
}

function judgeImport({ expect }: Row, { items, about }: Seen, name: string): string[] {
  const explanation = items[0] ?? null;
  if (explanation === null) return ['was not imported'];
  return [
    ...judgeWarnings(expect, about(name)),
    ...judgeFields(expect, explanation),
    ...judgeBody(expect, explanation.item.contentHtml),
  ];
}

function judgeWarnings({ outcome, message }: Row['expect'], warnings: readonly string[]): string[] {
  if (outcome !== 'import-with-warning')
    return outcome !== 'import' ? [] : warnings.map((warning) => `warns: ${warning}`);
  if (warnings.length === 0) return ['does not warn'];
  // What a message tells is its subject; the wording is ours.
  const [subject] = /[\w:]+/.exec(message?.replace(/^line \d+: /, '') ?? '') ?? [];
  const isTold = subject === undefined || warnings.join('\n').toLowerCase().includes(subject.toLowerCase());
  return isTold ? [] : [`no warning about "${message}": ${warnings.join('; ')}`];
}

function judgeFields(
  { date_ms, title, url, footer_removed }: Row['expect'],
  { item, origins }: Explanation,
): string[] {
  const steps = origins.flatMap(({ trail }) => trail.map(({ step }) => step));
  const pairs: [string, unknown, unknown][] = [
    ['published', item.published, date_ms],
    ['title', item.title, title],
    ['url', item.url, url],
    ['footer removed', steps.includes('strip_footer'), footer_removed],
  ];
  return pairs
    .filter(([, is, wanted]) => wanted !== undefined && is !== wanted)
    .map(([what, is, wanted]) => `${what} is ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);
}

function judgeBody(expect: Row['expect'], html: string): string[] {
  const wanted = [...(expect.body_contains ?? []), ...(expect.body_must_contain ?? [])];
  return [
    ...wanted.filter((text) => !html.includes(text)).map((text) => `lost ${text}`),
    ...(expect.body_must_not_contain ?? [])
      .filter((text) => html.includes(text))
      .map((text) => `kept ${text}`),
  ];
}

/** Rows whose outcome is a sentence of its own. */
const SPECIAL: Readonly<Record<string, (seen: Seen) => string[]>> = {
  'seed-plain-with-angle': ({ items: [found] }) =>
    found?.item.contentHtml.includes('1 &lt; 2 &amp;&amp; 3 &gt; 2') === true
      ? []
      : ['the text is not exact'],
  'seed-dup-url-differing-bodies': ({ items: [one, two] }) =>
    one?.item.id === two?.item.id && one?.revisions.length === 1 && one.item.contentHtml.includes('v2')
      ? []
      : ['not one item with two texts'],
  'seed-dup-url-case-and-fragment': ({ items: [one, two] }) =>
    one?.item.id === two?.item.id && one !== null ? [] : ['not one item'],
  'seed-same-hash-different-prefix': ({ items: [one, two], report }) => [
    ...(one !== null && two !== null && one?.item.id !== two?.item.id ? [] : ['not two items']),
    ...(report.warnings.some(({ message }) => message.includes('3333333333333333'))
      ? []
      : ['no warning about the shared hash']),
  ],
  'seed-reimport-idempotent': ({ items: [one] }) => (one === null ? ['was not imported'] : []),
  'seed-utf8-cut': ({ about }) =>
    about('066').some((message) => /invalid UTF-8 at byte \d+/.test(message)) ? [] : ['does not say where'],
  'seed-big-20mb': ({ about }) =>
    about('big.txt').some((message) => message.includes('20 MB') && message.includes('10 MB'))
      ? []
      : ['does not say the sizes'],
};
