/**
 * `npm run bench -- ingest [--feeds N]`: what it costs to take in a farm of feeds on loopback: cold, when all answer 304,
 * and with one new item in each. Whole processes, processor seconds; beside `newsboat -x reload` where that is installed.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { measureCommand } from './measure/measured-command.ts';
import type { Cost } from './measure/measured-server.ts';

const LAUNCHER = join(import.meta.dirname, '../src/launcher.js');
const FARM = join(import.meta.dirname, 'generate/feed-farm.ts');
const NEWSBOAT = '/usr/bin/newsboat';
const AIMS = { cold: 0.65, unchanged: 0.05, new: 0.25 };

interface Farm {
  readonly url: string;
  /** Gives each feed one item more. */
  grow(): Promise<void>;
  stop(): void;
}

type Costs = Record<keyof typeof AIMS, Cost>;

/** Prints processor seconds for each of the three, and the ratio to a cold run of newsboat. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { feeds: { type: 'string', default: '500' } } });
  const feeds = Number(values.feeds);
  const folder = mkdtempSync(join(tmpdir(), 'feedmill-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const farm = await startFarm(feeds);
  try {
    await compare(farm, folder, feeds);
  } finally {
    farm.stop();
  }
}

async function compare(farm: Farm, folder: string, feeds: number): Promise<void> {
  const ours = await measureThree(farm, feedmill(folder, farm.url, feeds));
  report('feedmill', ours);
  const peak = Math.max(ours.cold.peakBytes, ours.unchanged.peakBytes, ours.new.peakBytes);
  console.log(`peak memory, MB   ${Math.round(peak / 1e6)}   (aim: under 300)`);
  if (!existsSync(NEWSBOAT)) {
    console.log(`${NEWSBOAT} is not here: no ratio`);
    return;
  }
  const theirs = await measureThree(farm, newsboat(folder, farm.url, feeds));
  report('newsboat', theirs);
  for (const what of ['cold', 'unchanged', 'new'] as const) {
    const ratio = ours[what].cpuSeconds / theirs.cold.cpuSeconds;
    console.log(`ratio to newsboat cold, ${what.padEnd(9)}  ${ratio.toFixed(2)}   (aim: ${AIMS[what]})`);
  }
}

async function measureThree(farm: Farm, refresh: () => Promise<Cost>): Promise<Costs> {
  const cold = await refresh();
  const unchanged = await refresh();
  await farm.grow();
  return { cold, unchanged, new: await refresh() };
}

async function startFarm(feeds: number): Promise<Farm> {
  const child = spawn(process.execPath, [FARM, String(feeds)], { stdio: ['pipe', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const url = String((await lines.next()).value);
  // Each feed is made once ahead of time, so that nobody waits for its making.
  await warmUp(url, feeds);
  return {
    url,
    grow: async () => {
      child.stdin.write('new\n');
      await lines.next();
      await warmUp(url, feeds);
    },
    stop: () => void child.kill(),
  };
}

async function warmUp(url: string, feeds: number): Promise<void> {
  for (let feed = 0; feed < feeds; feed += 1) await (await fetch(`${url}/${feed}.xml`)).arrayBuffer();
}

function feedmill(folder: string, url: string, feeds: number): () => Promise<Cost> {
  const sources = Array.from(
    { length: feeds },
    (_, feed) => `  feed${feed}: {type: feed, url: "${url}/${feed}.xml"}`,
  );
  writeFileSync(
    join(folder, 'feedmill.yaml'),
    `version: 1\nfetch: {allow_private: ["127.0.0.0/8"], per_host: 16}\nsources:\n${sources.join('\n')}\nfeeds:\n  main: {path: /feed.xml, title: Farm}\n`,
  );
  const command = [process.execPath, LAUNCHER, 'refresh', '--config', 'feedmill.yaml', '--data', 'data'];
  return () => measureCommand(command, folder);
}

function newsboat(folder: string, url: string, feeds: number): () => Promise<Cost> {
  const home = join(folder, 'newsboat');
  mkdirSync(home);
  writeFileSync(
    join(home, 'urls'),
    Array.from({ length: feeds }, (_, feed) => `${url}/${feed}.xml\n`).join(''),
  );
  writeFileSync(join(home, 'config'), 'reload-threads 16\n');
  const files = ['-u', 'urls', '-c', 'cache.db', '-C', 'config'].map((word) =>
    word.startsWith('-') ? word : join(home, word),
  );
  return () => measureCommand([NEWSBOAT, ...files, '-x', 'reload'], home, { ...process.env, HOME: home });
}

function report(name: string, costs: Costs): void {
  for (const [what, { cpuSeconds, wallSeconds }] of Object.entries(costs)) {
    console.log(
      `${name}  ${what.padEnd(9)}  ${cpuSeconds.toFixed(2)} s of processor time, ${wallSeconds.toFixed(1)} s`,
    );
  }
}
