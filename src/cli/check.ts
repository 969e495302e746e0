/** `feedmill check`: every mistake of the configuration, where it stands and how to mend it; with `--online` each source, too. */
import { basename } from 'node:path';
import type { OnlineAnswer } from '../app/app.ts';
import { toRfc3339 } from '../model/time.ts';
import type { Environment, Places } from './environment.ts';
import { EXIT } from './exit-code.ts';
import type { Terminal } from './terminal.ts';
import { tellWarnings } from './warnings.ts';

/** @returns 0 where all is good, 2 for a file with mistakes, 1 for a good one with a source that does not answer well */
export async function runCheck(
  environment: Environment,
  terminal: Terminal,
  options: Places & { online?: boolean; json?: boolean },
): Promise<number> {
  const checked = await environment.check(options);
  if ('mistakes' in checked) {
    for (const { line, column, message } of checked.mistakes) {
      terminal.err(`${basename(checked.file)}:${line}:${column}: ${message}`);
    }
    return EXIT.usage;
  }
  const { config } = checked;
  const feeds = counted(config.publications.length, 'feed');
  const say = (line: string): void => (options.json === true ? terminal.err(line) : terminal.out(line));
  say(`${config.file}: good (${counted(config.sources.length, 'source')}, ${feeds})`);
  for (const line of describeWithoutEffect(config.withoutEffect)) say(line);
  return options.online === true ? checkOnline(environment, terminal, options) : EXIT.done;
}

/** Lines that name what the file says and this version does not do yet; none where all has effect. */
export function describeWithoutEffect(keys: readonly string[]): string[] {
  return keys.length === 0
    ? []
    : ['These have no effect in this version yet:', ...keys.map((key) => `  ${key}`)];
}

async function checkOnline(
  environment: Environment,
  terminal: Terminal,
  options: Places & { json?: boolean },
): Promise<number> {
  return environment.withApp(options, 'none', async (app) => {
    let failed = 0;
    for await (const answer of app.checkOnline()) {
      if (answer.error !== null) failed += 1;
      if (options.json === true) terminal.out(JSON.stringify(toJson(answer)));
      else describe(terminal, answer);
    }
    return failed > 0 ? EXIT.failed : EXIT.done;
  });
}

function describe(terminal: Terminal, { source, found, error, warnings }: OnlineAnswer): void {
  if (error !== null) terminal.err(`${source}: ${error.message} (${error.code})`);
  if (found === null) return;
  const { format, title, items, dropped, newest, movedTo } = found;
  const parts = [
    title === null || title === '' ? format : `${format} "${onOneLine(title)}"`,
    items === 0 ? 'no items' : counted(items, 'item'),
    ...(dropped === 0 ? [] : [`${dropped} left out by its pipelines`]),
    ...(items === 0 ? [] : [newest === null ? 'none with a date' : `newest ${toRfc3339(newest)}`]),
  ];
  terminal.out(`${source}: ${parts.join(', ')}`);
  if (movedTo !== null) terminal.err(`${source}: has moved to ${movedTo}; write that address into the file`);
  tellWarnings(terminal, source, warnings);
}

/** The publisher's words, as a terminal may show them: nothing in them moves a cursor. */
function onOneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 100);
}

function toJson(answer: OnlineAnswer): object {
  const { found } = answer;
  if (found === null) return answer;
  const newest = found.newest === null ? null : toRfc3339(found.newest);
  return { ...answer, found: { ...found, newest } };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
