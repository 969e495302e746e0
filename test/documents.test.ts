/** The documents keep up with the program: links and paths lead somewhere, tables name what is there and nothing else. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { exitCodeOf } from '../src/cli/exit-code.ts';
import { ERROR_CODES, FeedmillError, REFRESH_ERROR_CODES } from '../src/model/error.ts';

const ROOT = join(import.meta.dirname, '..');
const DOCUMENTS = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).toSorted();

test('the documents are found', () => {
  assert.ok(DOCUMENTS.length > 10, DOCUMENTS.join(', '));
});

test('every link inside the repository leads somewhere', () => {
  const broken = DOCUMENTS.flatMap((document) =>
    [...load(document).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
      .filter(([, target = '']) => !existsSync(join(ROOT, dirname(document), target)))
      .map(([, target]) => `${document}: ${target}`),
  );
  assert.deepEqual(broken, []);
});

test('every path of the repository that a document names is there', () => {
  const missing = DOCUMENTS.flatMap((document) =>
    [...load(document).matchAll(/`((?:src|test|bench|docs|seeds|config)\/[\w./-]*)`/g)]
      .filter(([, path = '']) => !existsSync(join(ROOT, path)))
      .map(([, path]) => `${document}: ${path}`),
  );
  assert.deepEqual(missing, []);
});

test('every error code is documented once', () => {
  assert.deepEqual(firstColumn('docs/errors.md').toSorted(), [...ERROR_CODES].toSorted());
});

test('the exit codes of the document are those of the program', () => {
  const others = ERROR_CODES.filter((code) => !REFRESH_ERROR_CODES.some((known) => known === code));
  const document = load('docs/errors.md');
  const told = others.map((code) => [
    code,
    Number(new RegExp(`^\\| \`${code}\` .*\\| (\\d) \\|$`, 'm').exec(document)?.[1]),
  ]);
  assert.deepEqual(
    told,
    others.map((code) => [code, exitCodeOf(new FeedmillError(code, ''))]),
  );
});

test('every runtime dependency has its line, and no other has', () => {
  const manifest: unknown = JSON.parse(load('package.json'));
  assert.ok(typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest);
  assert.deepEqual(
    firstColumn('docs/decisions/dependencies.md').toSorted(),
    Object.keys(manifest.dependencies ?? {}).toSorted(),
  );
});

test('decisions are numbered without a gap', () => {
  const numbers = globSync('docs/decisions/[0-9]*.md', { cwd: ROOT })
    .toSorted()
    .map((path) => Number(path.split('/').at(-1)?.slice(0, 4)));
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
  );
});

/** The code words that open the rows of a document's tables. */
function firstColumn(document: string): string[] {
  return [...load(document).matchAll(/^\| `([^`]+)` \|/gm)].map(([, word = '']) => word);
}

function load(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
