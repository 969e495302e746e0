/** Tells the warnings of one source to a person. */
import type { Warning } from '../model/warning.ts';
import type { Terminal } from './terminal.ts';

/** As many as fit on a screen. */
const MAX_TOLD = 20;

/** One line each; of very many the first ones, and how many there are besides. */
export function tellWarnings(terminal: Terminal, source: string, warnings: readonly Warning[]): void {
  for (const { where, message } of warnings.slice(0, MAX_TOLD)) {
    terminal.err(`${source}: ${where === null ? '' : `${where}: `}${message}`);
  }
  const more = warnings.length - MAX_TOLD;
  if (more > 0) terminal.err(`${source}: and ${more} more warnings; --json tells them`);
}
