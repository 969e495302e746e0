/**
 * `npm run bench -- serve [--seconds N]`: requests per second of GET and of 304 for a feed of 130 KB, beside nginx with one
 * worker sending the same bytes in the same content coding. Both are driven by wrk, in turns, so that what else the
 * machine does falls on both. Without nginx only our own figures are printed; without wrk a small driver of our own is used.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createHttpServer } from '../src/http/server.ts';
import { fixedApp, generatedFeed } from './generate/fixed-app.ts';
import { startNginx } from './measure/nginx.ts';
import { type Load, drive } from './measure/drive.ts';

const FEED_BYTES = 130_000;
const ROUNDS = 5;
const CASES = [
  { name: 'GET, not compressed', coding: 'identity', conditional: false, aim: 0.5 },
  { name: 'GET, gzip', coding: 'gzip', conditional: false, aim: 0.5 },
  { name: '304', coding: 'identity', conditional: true, aim: 0.4 },
] as const;

/** Prints requests per second and the ratio to nginx, the median of some rounds. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { seconds: { type: 'string', default: '2' } } });
  const folder = mkdtempSync(join(tmpdir(), 'feedmill-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const feed = generatedFeed(FEED_BYTES);
  // As in earnest: one line a request, written to a file.
  const log = pino(pino.destination({ dest: openSync(join(folder, 'requests.log'), 'w'), sync: false }));
  const http = createHttpServer({ app: fixedApp(feed), log, controlToken: 'bench' });
  await new Promise<void>((resolve) => http.server.listen(0, '127.0.0.1', resolve));
  const address = http.server.address();
  const ours = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/feed.xml`;
  const nginx = await startNginx(folder, feed);
  if (nginx === null) console.log('nginx is not installed here: no ratio');
  console.log(
    `feed of ${feed.body.length} bytes, ${feed.encodings.gzip.length} with gzip; driven by ${driver()}`,
  );
  for (const { name, coding, conditional, aim } of CASES) {
    const load = { coding, conditional, seconds: Number(values.seconds) };
    const figures = await inTurns(ours, nginx?.url ?? null, load);
    console.log(`${name.padEnd(20)} ${describe(figures)}${nginx === null ? '' : ` (aim ${aim})`}`);
  }
  nginx?.stop();
  await http.close(0);
}

interface Figures {
  readonly ours: number;
  readonly nginx: number | null;
}

async function inTurns(ours: string, nginx: string | null, load: Load): Promise<Figures> {
  const rates = { ours: [] as number[], nginx: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.ours.push(await drive(ours, load));
    if (nginx !== null) rates.nginx.push(await drive(nginx, load));
  }
  return { ours: median(rates.ours), nginx: nginx === null ? null : median(rates.nginx) };
}

function describe({ ours, nginx }: Figures): string {
  const own = `feedmill ${Math.round(ours)}/s`;
  return nginx === null ? own : `${own}, nginx ${Math.round(nginx)}/s, ratio ${(ours / nginx).toFixed(2)}`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function driver(): string {
  return spawnSync('wrk', ['-v']).error === undefined ? 'wrk' : 'our own loop (wrk is not installed)';
}
