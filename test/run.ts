/**
 * Runs the tests on Node's own runner: `node test/run.ts [unit|all] [FILE…]`. `unit` leaves out `*.slow.test.ts`.
 * Node's runner is content with finding no test at all; this fails there, so that a broken pattern is seen.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';

const ROOT = `${import.meta.dirname}/..`;

/** A test that hangs is ended, and named, after this. Installing the package is the slowest one. */
const TIMEOUT_MS = 300_000;

function findTests(which: string): string[] {
  const found = globSync('test/**/*.test.ts', { cwd: ROOT }).toSorted();
  return which === 'unit' ? found.filter((file) => !file.endsWith('.slow.test.ts')) : found;
}

const [which = 'all', ...named] = process.argv.slice(2);
const files = named.length > 0 ? named.map((file) => relative(ROOT, file)) : findTests(which);
if (files.length === 0 || !['unit', 'all'].includes(which)) {
  console.error(`No tests to run (${which}). Say: node test/run.ts unit|all [FILE…]`);
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  [
    '--test',
    '--test-reporter=spec',
    `--test-concurrency=${availableParallelism()}`,
    `--test-timeout=${TIMEOUT_MS}`,
    '--disable-warning=ExperimentalWarning',
    ...files,
  ],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
