/** The crash set of ../shared/corpus/feeds: every file is answered, by the pool as it runs in the product, and none ends it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { test } from 'node:test';
import { decodeDocument } from '../../src/decode/decode-document.ts';
import type { GrindJob } from '../../src/grind/grind.ts';
import { createPool } from '../../src/grind/pool.ts';
import { now } from '../../src/model/time.ts';
import { parseHttpUrl } from '../../src/model/url.ts';
import { needsShared, SHARED } from '../feedmill-under-test.ts';

const ADDRESS = parseHttpUrl('http://example.org/feed') ?? assert.fail();

function jobOf(file: string): GrindJob {
  const { text, warnings } = decodeDocument(readFileSync(file), 'application/xml');
  return {
    source: { number: 1, key: 'crash', type: 'feed', url: ADDRESS, timezone: null, rules: [], select: null },
    document: {
      kind: 'fetched',
      locator: ADDRESS,
      url: ADDRESS,
      mediaType: 'application/xml',
      text,
      warnings,
    },
    known: {},
    now: now(),
  };
}

test('the crash set: every file is answered by the pool, and the process goes on', async (t) => {
  if (!needsShared(t, 'corpus/feeds/crash')) return;
  const folder = join(SHARED, 'corpus', 'feeds', 'crash');
  const jobs = readdirSync(folder).map((name) => jobOf(join(folder, name)));
  const pool = createPool();
  t.after(() => pool.close());
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  for (const job of jobs) {
    const [result] = await pool.grind([job]);
    assert.ok(result !== undefined);
    if (result.kind === 'rejected') assert.notEqual(result.reason.code, 'worker-died', job.document.locator);
  }
  delay.disable();
  t.diagnostic(
    `${jobs.length} files in ${Math.round(performance.now() - started)} ms; longest event loop delay ${Math.round(delay.max / 1e6)} ms, 99th percentile ${Math.round(delay.percentile(99) / 1e6)} ms`,
  );
});
