/** `feedmill check`: every mistake of the configuration, where it stands and how to mend it. */
import { basename } from 'node:path';
import type { Environment, Places } from './environment.ts';
import { EXIT } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** @returns 0 for a good file, 2 for one with mistakes */
export async function runCheck(
  environment: Environment,
  terminal: Terminal,
  places: Places,
): Promise<number> {
  const checked = await environment.check(places);
  if ('mistakes' in checked) {
    for (const { line, column, message } of checked.mistakes) {
      terminal.err(`${basename(checked.file)}:${line}:${column}: ${message}`);
    }
    return EXIT.usage;
  }
  const { config } = checked;
  const sources = config.sources.length === 1 ? '1 source' : `${config.sources.length} sources`;
  const feeds = config.publications.length === 1 ? '1 feed' : `${config.publications.length} feeds`;
  terminal.out(`${config.file}: good (${sources}, ${feeds})`);
  for (const line of describeWithoutEffect(config.withoutEffect)) terminal.out(line);
  return EXIT.done;
}

/** Lines that name what the file says and this version does not do yet; none where all has effect. */
export function describeWithoutEffect(keys: readonly string[]): string[] {
  return keys.length === 0
    ? []
    : ['These have no effect in this version yet:', ...keys.map((key) => `  ${key}`)];
}
