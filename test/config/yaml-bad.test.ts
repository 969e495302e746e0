/**
 * Every row of the shared table of bad and good configuration files, judged by `feedmill check`.
 * The table's README says what a row means.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { main } from '../../src/main.ts';

interface ExpectedError {
  readonly line: number;
  readonly column?: number;
  readonly tolerance?: number;
  readonly mentions: readonly (string | readonly string[])[];
  readonly mend?: readonly string[];
}

interface Row {
  readonly id: string;
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly exit: 0 | 2;
    readonly errors: readonly ExpectedError[];
    readonly never?: readonly string[];
  };
}

/** Rows that we hold to be wrong, and why. */
const WRONG_ROWS: Readonly<Record<string, string>> = {
  'yaml-unknown-usersfile':
    'wants "users_file" as the key that was meant; people are kept in the store and never in this file (product.md section 2)',
};

const FOLDER = join(import.meta.dirname, '../../../shared/corpus/hostile');
const TIME_LIMIT_MS = 2000;

test('judges every row of the shared table as expected', async (t) => {
  if (!existsSync(FOLDER))
    return t.skip('../shared is not here: the shared configuration files are not checked');
  const rows = readFileSync(join(FOLDER, 'yaml-bad.jsonl'), 'utf8').trim().split('\n').map(readRow);
  assert.equal(rows.length, 186);
  const failed: string[] = [];
  for (const row of rows) {
    await t.test(row.id, async () => {
      const complaints = await judge(row);
      if (complaints.length > 0) failed.push(row.id);
      if (row.id in WRONG_ROWS) assert.notDeepEqual(complaints, [], 'the row passes: take it off the list');
      else assert.deepEqual(complaints, []);
    });
  }
  assert.deepEqual(failed, Object.keys(WRONG_ROWS));
});

function readRow(line: string): Row {
  return JSON.parse(line);
}

/** What is not as the row expects it; empty where all is. */
async function judge({ file, env = {}, expect }: Row): Promise<string[]> {
  const path = join(FOLDER, file);
  const started = performance.now();
  const { code, lines } = await check(path, env);
  const ms = performance.now() - started;
  const complaints = code === expect.exit ? [] : [`exit code ${code}: ${lines.join('\n')}`];
  if (ms > TIME_LIMIT_MS) complaints.push(`took ${ms} ms`);
  for (const error of expect.errors) {
    if (!lines.some((line) => fits(line, basename(path), error))) {
      complaints.push(`no line for ${JSON.stringify(error)} among\n${lines.slice(0, 20).join('\n')}`);
    }
  }
  for (const secret of expect.never ?? []) {
    if (lines.join('\n').includes(secret)) complaints.push(`shows ${secret}`);
  }
  return complaints;
}

/** The command itself, with these variables in its environment. */
async function check(path: string, env: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  const print = (text: string) => void lines.push(...text.split('\n'));
  Object.assign(process.env, env);
  const code = await main(['check', '--config', path], { out: print, err: print, watched: false });
  for (const name of Object.keys(env)) delete process.env[name];
  return { code, lines };
}

function fits(
  text: string,
  file: string,
  { line, column, tolerance = 0, mentions, mend }: ExpectedError,
): boolean {
  const match = /^([^:]+):(\d+):(\d+): (.+)$/.exec(text);
  if (match === null || match[1] !== file || Math.abs(Number(match[2]) - line) > tolerance) return false;
  if (column !== undefined && Number(match[3]) !== column) return false;
  const message = match[4] ?? '';
  const words: readonly string[] = message.match(/[\w-]+/g) ?? [];
  return (
    mentions.every((mention) => [mention].flat().some((word) => message.includes(word))) &&
    (mend === undefined || mend.some((word) => words.includes(word)))
  );
}
