/**
 * Runs one command to its end and says what it cost. Linux's /usr/bin/time is not everywhere, so the process is started by a
 * shell that waits for it: what the children of that shell cost stands in its own /proc entry.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Cost } from './measured-server.ts';

const TICKS_PER_SECOND = 100;
const SAMPLE_MS = 20;

/** @throws Error where it ended with another code than 0 */
export async function measureCommand(
  command: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Cost> {
  const started = performance.now();
  // The shell stays until its input ends, so that its entry can be read after the command is gone.
  const shell = spawn('/bin/sh', ['-c', '"$@" </dev/null >&2; echo "$?"; read -r _', 'sh', ...command], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  shell.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
  let peakBytes = 0;
  const sampling = setInterval(
    () => (peakBytes = Math.max(peakBytes, peakOfChildren(shell.pid ?? 0))),
    SAMPLE_MS,
  );
  const code = await new Promise<string>((resolve) =>
    shell.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  clearInterval(sampling);
  const wallSeconds = (performance.now() - started) / 1000;
  const cpuSeconds = cpuOfChildren(shell.pid ?? 0);
  shell.kill();
  if (code !== '0') throw new Error(`${command.join(' ')} ended with ${code}:\n${errors}`);
  return { wallSeconds, cpuSeconds, peakBytes };
}

/** @see proc(5): fields 16 and 17 of `stat` are the processor time of children that were waited for */
function cpuOfChildren(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(afterName[13]) + Number(afterName[14])) / TICKS_PER_SECOND;
}

/** VmHWM only grows, so that looking now and then misses at most what came in the last moment. */
function peakOfChildren(pid: number): number {
  let most = 0;
  for (const child of childrenOf(pid)) {
    const status = `/proc/${child}/status`;
    const text = existsSync(status) ? readFileSync(status, 'utf8') : '';
    const peak = Number(/VmHWM:\s+(\d+) kB/.exec(text)?.[1] ?? 0) * 1024;
    most = Math.max(most, peak, peakOfChildren(Number(child)));
  }
  return most;
}

function childrenOf(pid: number): string[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean) : [];
}
