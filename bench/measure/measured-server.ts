/**
 * Starts `feedmill serve` as a child process and says what it cost, from Linux's /proc: processor time of all its
 * threads, and the most memory it ever held. Nothing is sampled, so nothing is missed between two samples.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const LAUNCHER = join(import.meta.dirname, '../../src/launcher.js');

/** What the kernel counts processor time in, on every system that Node is built for. */
const TICKS_PER_SECOND = 100;

export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

export interface MeasuredServer {
  readonly url: string;
  /** From the start of the process until now. */
  cost(): Cost;
  /** Memory held at this moment. */
  residentBytes(): number;
  /** Resolves when /readyz answers 200: the first import is done. */
  ready(): Promise<void>;
  /** SIGTERM, and the end of the process. @throws Error where it ended badly */
  stop(): Promise<void>;
}

export async function startMeasuredServer(args: readonly string[], cwd: string): Promise<MeasuredServer> {
  const started = performance.now();
  const child = spawn(process.execPath, [LAUNCHER, 'serve', '--port', '0', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4000);
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (found !== null) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => reject(new Error(`feedmill ended before it listened:\n${output}`)));
  });
  return {
    url,
    cost: () => ({ wallSeconds: (performance.now() - started) / 1000, ...readProc(child.pid ?? 0) }),
    residentBytes: () => kilobytes(child.pid ?? 0, 'VmRSS') * 1024,
    async ready() {
      while ((await fetch(`${url}/readyz`)).status !== 200) {
        if (child.exitCode !== null) throw new Error(`feedmill ended early:\n${output}`);
        await wait(100);
      }
    },
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      if (code !== 0) throw new Error(`feedmill ended with ${code}:\n${output}`);
    },
  };
}

/** @see proc(5): fields 14 and 15 of `stat` are user and system time; `VmHWM` is the peak resident size */
function readProc(pid: number): { cpuSeconds: number; peakBytes: number } {
  if (process.platform !== 'linux') throw new Error('this bench reads /proc and runs on Linux only');
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    cpuSeconds: (Number(afterName[11]) + Number(afterName[12])) / TICKS_PER_SECOND,
    peakBytes: kilobytes(pid, 'VmHWM') * 1024,
  };
}

function kilobytes(pid: number, field: 'VmHWM' | 'VmRSS'): number {
  const line = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]);
}
