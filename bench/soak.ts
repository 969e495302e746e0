/**
 * `npm run bench -- soak [--minutes 30] [--feeds 100]`: the server against a farm that lives, a tenth of it faulty at a time.
 * Every item that was listed in a whole answer must be in the database, once, as it was last listed; feeds that answer well are
 * to be asked again within 1.2 times their interval; memory is to stay flat.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { farmItemUrl } from './generate/farm-feed.ts';
import { type SoakFarm, startSoakFarm } from './generate/soak-farm.ts';
import { type MeasuredServer, startMeasuredServer } from './measure/measured-server.ts';

const INTERVAL_MS = 60_000;
const SAMPLE_MS = 10_000;
/** Intervals after which a healthy feed is asked too late. */
const LATE = 1.2;
/** After the last news, so that whoever is asked every minute is asked once more. */
const REST_MS = 80_000;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

interface Sampled {
  readonly samples: Sample[];
  /** Requests for the feed that Feedmill offers, and those of them that it did not answer well. */
  readonly visits: number;
  readonly failedVisits: number;
}

/** Prints what was lost, doubled, late and held; ends with 1 where an item was lost, doubled or made up. */
export async function run(args: string[]): Promise<void> {
  const options = {
    minutes: { type: 'string', default: '30' },
    feeds: { type: 'string', default: '100' },
  } as const;
  const { values } = parseArgs({ args, options });
  const [minutes, feeds] = [Number(values.minutes), Number(values.feeds)];
  const folder = mkdtempSync(join(tmpdir(), 'feedmill-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const farm = await startSoakFarm(feeds);
  writeConfig(folder, farm, feeds);
  const server = await startMeasuredServer(['--config', 'feedmill.yaml', '--data', 'data'], folder);
  await server.ready();
  console.log(`${new Date().toISOString()}  ${feeds} feeds, ${minutes} minutes`);

  const end = Date.now() + minutes * 60_000;
  const resting = setTimeout(() => farm.rest(), Math.max(0, end - REST_MS - Date.now()));
  const sampled = await sample(server, end);
  clearTimeout(resting);
  const { cpuSeconds, peakBytes } = server.cost();
  await server.stop();
  farm.stop();

  reportItems(farm, feeds, join(folder, 'data/feedmill.db'));
  reportGaps(farm, feeds, end);
  reportMemory(sampled.samples, peakBytes);
  console.log(
    `its own feed           ${sampled.visits} requests, ${sampled.failedVisits} not answered 200 (aim: 0)`,
  );
  console.log(`processor              ${cpuSeconds.toFixed(1)} s in ${minutes} minutes`);
}

function writeConfig(folder: string, farm: SoakFarm, feeds: number): void {
  const sources = Array.from(
    { length: feeds },
    (_, feed) => `  feed${feed}: {type: feed, url: "${farm.urlOf(feed)}"}`,
  );
  writeFileSync(
    join(folder, 'feedmill.yaml'),
    `version: 1\nfetch: {allow_private: ["127.0.0.0/8"]}\ndefaults: {schedule: "* * * * *"}\nsources:\n${sources.join('\n')}\nfeeds:\n  main: {path: /feed.xml, title: Farm}\n`,
  );
}

async function sample(server: MeasuredServer, end: number): Promise<Sampled> {
  const samples: Sample[] = [];
  let failedVisits = 0;
  while (Date.now() < end) {
    const feed = await fetch(`${server.url}/feed.xml`);
    if (feed.status !== 200 || !(await feed.text()).includes('<entry')) failedVisits += 1;
    samples.push({ at: Date.now(), bytes: server.residentBytes() });
    await wait(SAMPLE_MS);
  }
  return { samples, visits: samples.length, failedVisits };
}

function reportItems(farm: SoakFarm, feeds: number, file: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare('SELECT id, url, title FROM items').all();
  const revisions = database.prepare('SELECT count(*) AS n FROM revisions').get()?.['n'];
  const kept = new Map(rows.map(({ url, title }) => [String(url), versionOf(String(title))]));
  const ids = new Set(rows.map(({ id }) => String(id)));
  database.close();
  let [served, lost, old, waiting] = [0, 0, 0, 0];
  const everListed = new Set<string>();
  for (let feed = 0; feed < feeds; feed += 1) {
    for (const { number, version } of farm.served(feed).values()) {
      served += 1;
      const has = kept.get(farmItemUrl(feed, number));
      if (has === undefined) lost += 1;
      else if (has < version) old += 1;
    }
    const newest = farm.listed(feed)[0]?.number ?? 0;
    for (let number = 1; number <= newest; number += 1) everListed.add(farmItemUrl(feed, number));
    waiting += farm.listed(feed).filter(({ number }) => !farm.served(feed).has(number)).length;
  }
  const twice = rows.length - Math.min(kept.size, ids.size);
  const madeUp = [...kept.keys()].filter((url) => !everListed.has(url)).length;
  console.log(`items                  ${rows.length} kept, ${served} served, ${String(revisions)} revisions`);
  console.log(`lost                   ${lost} (aim: 0)`);
  console.log(`edits missed           ${old} (aim: 0)`);
  console.log(`twice                  ${twice} (aim: 0)`);
  console.log(`made up                ${madeUp} (aim: 0)`);
  console.log(`not yet asked for      ${waiting} listed by feeds that are waited for after a fault`);
  if (lost + old + twice + madeUp > 0) process.exitCode = 1;
}

function versionOf(title: string): number {
  return Number(/, edit (\d+)$/.exec(title)?.[1] ?? 0);
}

/**
 * A gap is healthy where it begins with a good answer: what comes after a fault is put off on purpose. The last one, which the
 * end cut short, counts where it is long, or nobody would see a feed that is never asked again.
 */
function reportGaps(farm: SoakFarm, feeds: number, end: number): void {
  const healthy: number[] = [];
  const afterFault: number[] = [];
  const faults = new Map<string, number>();
  for (let feed = 0; feed < feeds; feed += 1) {
    const asked = farm.asked.filter((one) => one.feed === feed);
    for (const [place, { at, fault }] of asked.entries()) {
      if (fault !== null) faults.set(fault, (faults.get(fault) ?? 0) + 1);
      const next = asked[place + 1]?.at;
      const gap = ((next ?? end) - at) / INTERVAL_MS;
      if (next !== undefined || gap > LATE) (fault === null ? healthy : afterFault).push(gap);
    }
  }
  const late = healthy.filter((gap) => gap > LATE).length;
  const told = [...faults].map(([name, count]) => `${name} ${count}`).join(', ');
  console.log(`requests               ${farm.asked.length}; badly answered: ${told || 'none'}`);
  console.log(
    `gaps, in intervals     ${spread(healthy)}; ${late} of ${healthy.length} over ${LATE} (aim: 0)`,
  );
  console.log(`gaps after a fault     ${spread(afterFault)}`);
}

function spread(numbers: readonly number[]): string {
  const at = (share: number): string => quantile(numbers, share).toFixed(2);
  return `median ${at(0.5)}, 99th percentile ${at(0.99)}, longest ${at(1)}`;
}

function reportMemory(samples: readonly Sample[], peakBytes: number): void {
  const third = Math.floor(samples.length / 3);
  const [first, middle, last] = [0, 1, 2].map((part) =>
    medianMegabytes(samples.slice(part * third, (part + 1) * third)),
  );
  console.log(`memory, MB             thirds ${first}, ${middle}, ${last}; peak ${megabytes(peakBytes)}`);
  console.log(
    `its slope              ${slopePerHour(samples.slice(third)).toFixed(1)} MB an hour over the last two thirds`,
  );
}

function medianMegabytes(samples: readonly Sample[]): number {
  return megabytes(
    quantile(
      samples.map(({ bytes }) => bytes),
      0.5,
    ),
  );
}

/** Least squares. */
function slopePerHour(samples: readonly Sample[]): number {
  const hours = samples.map(({ at }) => at / 3_600_000);
  const sizes = samples.map(({ bytes }) => bytes / 1e6);
  const [meanHour, meanSize] = [mean(hours), mean(sizes)];
  const together = mean(hours.map((hour, place) => (hour - meanHour) * ((sizes[place] ?? 0) - meanSize)));
  return together / mean(hours.map((hour) => (hour - meanHour) ** 2));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
