/**
 * `npm run conformance [-- --crash …]`: the runner of the shared corpus over our adapter. Its arguments are passed on.
 * The corpus lies outside the repository; where it is not there, this says so and proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const RUNNER = join(ROOT, '../shared/corpus/feeds/run.mjs');

if (existsSync(RUNNER)) {
  const adapter = join(import.meta.dirname, 'adapter.ts');
  const args = [RUNNER, '--adapter', adapter, '--active', ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else console.error('SKIPPED: ../shared/corpus/feeds is not here, so nothing was compared');
