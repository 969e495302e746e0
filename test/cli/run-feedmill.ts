/** Runs one command line through main(), and gives what it printed. */
import { main } from '../../src/main.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function run(...argv: string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    watched: false,
  };
  return { code: await main(argv, terminal), out: out.join('\n'), err: err.join('\n') };
}
