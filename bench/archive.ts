/**
 * `npm run bench -- archive [--files N]`: how fast a directory of article files is taken in, what a second start costs
 * when nothing has changed, and how much memory it takes. 20,000 files of 6 KB where nothing else is said.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeArchiveFile } from './generate/archive-files.ts';
import { startMeasuredServer, type Cost } from './measure/measured-server.ts';

const LAUNCHER = join(import.meta.dirname, '../src/launcher.js');

const CONFIG = `version: 1
sources:
  valley: {type: archive, path: ./files, pipeline: [feedx, dw]}
pipelines:
  feedx: [{strip_footer: feedx}, {unproxy_images: [images.weserv.nl]}]
  dw:
    - rewrite_links: {from: "^https://api\\\\.dw\\\\.com/api/detail/article/(\\\\d+)$", to: "https://www.dw.com/zh/a-$1"}
    - strip_params: [maca]
feeds:
  main: {path: /feed.xml, title: Valley, sources: [valley]}
`;

/** Prints files per second of processor time, the cost of a second start, and the peak memory. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { files: { type: 'string', default: '20000' } } });
  const files = Number(values.files);
  const folder = mkdtempSync(join(tmpdir(), 'feedmill-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const [first, last] = writeArchive(folder, files);

  const cold = await measureStart(folder);
  for (const name of [first, last]) runFeedmill(folder, 'explain', name);
  const warm = await measureStart(folder);

  console.log(`first import   ${report(cold)}`);
  console.log(`second start   ${report(warm)}`);
  console.log(`files per processor second  ${Math.round(files / cold.cpuSeconds)}   (aim: 800)`);
  console.log(`second start, processor s   ${warm.cpuSeconds.toFixed(2)}   (aim: under 2)`);
  console.log(`peak memory, MB             ${Math.round(cold.peakBytes / 1e6)}   (aim: under 300)`);
}

/** Gives the names of the first and the last file. */
function writeArchive(folder: string, files: number): [string, string] {
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'feedmill.yaml'), CONFIG);
  const names: string[] = [];
  let bytes = 0;
  for (let number = 0; number < files; number += 1) {
    const { name, text } = makeArchiveFile(number);
    writeFileSync(join(folder, 'files', name), text);
    names.push(name);
    bytes += Buffer.byteLength(text);
  }
  console.log(`${files} files of ${Math.round(bytes / files)} bytes`);
  return [names[0] ?? '', names.at(-1) ?? ''];
}

async function measureStart(folder: string): Promise<Cost> {
  const server = await startMeasuredServer(['--config', 'feedmill.yaml', '--data', 'data'], folder);
  await server.ready();
  const cost = server.cost();
  await server.stop();
  return cost;
}

/** The bench must not be fast by leaving files out: the ends of the archive are looked up in the database. */
function runFeedmill(folder: string, command: string, name: string): void {
  const args = [LAUNCHER, command, name, '--config', 'feedmill.yaml', '--data', 'data'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`feedmill ${command} ${name} ended with ${status}: ${stderr}`);
}

function report({ wallSeconds, cpuSeconds, peakBytes }: Cost): string {
  return `${wallSeconds.toFixed(1)} s, ${cpuSeconds.toFixed(2)} s of processor time, peak ${Math.round(peakBytes / 1e6)} MB`;
}
