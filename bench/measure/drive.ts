/** Drives a server with as many requests as it takes, by wrk where that is installed, else by a loop in a worker. */
import { spawn, spawnSync } from 'node:child_process';
import { Agent, get } from 'node:http';
import { Worker, isMainThread, workerData } from 'node:worker_threads';

export interface Load {
  readonly coding: string;
  /** Whether to show the tag that the server gave, so that it answers 304. */
  readonly conditional: boolean;
  readonly seconds: number;
}

const CONNECTIONS = 32;

/** Requests answered per second. @throws where the server answers with another status than it should */
export async function drive(url: string, load: Load): Promise<number> {
  const headers: Record<string, string> = { 'accept-encoding': load.coding };
  const first = await statusAndTag(url, headers);
  if (load.conditional) headers['if-none-match'] = first.tag;
  const { status } = await statusAndTag(url, headers);
  if (status !== (load.conditional ? 304 : 200)) throw new Error(`${url} answered ${status}`);
  return spawnSync('wrk', ['-v']).error === undefined
    ? driveByWrk(url, headers, load.seconds)
    : driveByWorker(url, headers, load.seconds);
}

function statusAndTag(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number; tag: string }> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, tag: response.headers.etag ?? '' }),
      );
    }).on('error', reject);
  });
}

function driveByWrk(url: string, headers: Record<string, string>, seconds: number): Promise<number> {
  const args = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`];
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    const child = spawn('wrk', [...args, url]);
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', () => {
      if (output.includes('Non-2xx')) reject(new Error(output));
      else resolve(Number(/Requests\/sec:\s*([\d.]+)/.exec(output)?.[1]));
    });
  });
}

/** A second thread, so that the driver does not wait for the server that it drives. */
function driveByWorker(url: string, headers: Record<string, string>, seconds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { url, headers, seconds },
      stdout: true,
    });
    let output = '';
    worker.stdout.on('data', (chunk) => (output += String(chunk)));
    worker.once('error', reject);
    worker.once('exit', () => resolve(Number(output)));
  });
}

function loop({
  url,
  headers,
  seconds,
}: {
  url: string;
  headers: Record<string, string>;
  seconds: number;
}): void {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const end = performance.now() + seconds * 1000;
  let answered = 0;
  const next = () => {
    if (performance.now() >= end) return;
    get(url, { agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        answered += 1;
        next();
      });
    });
  };
  for (let i = 0; i < CONNECTIONS; i += 1) next();
  setTimeout(
    () => {
      agent.destroy();
      process.stdout.write(String(answered / seconds));
    },
    seconds * 1000 + 500,
  );
}

if (!isMainThread) loop(workerData);
