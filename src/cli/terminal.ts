/** What the commands write to: results to one stream, everything else to the other. */
import type { Progress } from '../app/app.ts';
import { EXIT } from './exit-code.ts';

export interface Terminal {
  /** Results: what a script would read. */
  out(text: string): void;
  /** Errors, progress, remarks. */
  err(text: string): void;
  /** Whether a person watches the second stream. */
  readonly watched: boolean;
}

/** Between two plain lines of progress, where nobody watches. */
const PLAIN_LINE_MS = 5000;
/** Between two drawings of the bar: fast enough to look alive. */
const DRAW_MS = 100;
const BAR_WIDTH = 24;

/** The terminal of this process. Where its reader goes away (`| head`), nobody is left to write to: the process ends. */
export function processTerminal(): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    watched: process.stderr.isTTY,
  };
}

/** Shows how far long work has come: a bar on a terminal, a plain line every five seconds elsewhere. */
export function showProgress(terminal: Terminal): { update: (progress: Progress) => void; end: () => void } {
  const started = Date.now();
  let drawn = started - DRAW_MS;
  let said = started;
  let isBarThere = false;

  function update(progress: Progress): void {
    const at = Date.now();
    if (terminal.watched && at - drawn >= DRAW_MS) {
      drawn = at;
      isBarThere = true;
      process.stderr.write(`\r\u001b[K${describe(progress, at - started)}`);
    } else if (!terminal.watched && at - said >= PLAIN_LINE_MS) {
      said = at;
      terminal.err(describe(progress, at - started));
    }
  }

  function end(): void {
    if (isBarThere) process.stderr.write('\r\u001b[K');
  }

  return { update, end };
}

function describe({ label, done, total }: Progress, elapsedMs: number): string {
  const rate = Math.round((done * 1000) / Math.max(1, elapsedMs));
  if (total === null || total === 0) return `${label}: ${done} done, ${rate} a second`;
  const filled = Math.min(BAR_WIDTH, Math.round((BAR_WIDTH * done) / total));
  return `${label}: [${'='.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] ${done} of ${total}, ${rate} a second`;
}
