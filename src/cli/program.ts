/**
 * The terminal's door: the commands of product.md section 1, each a thin translation to the application.
 */
import { Command, CommanderError } from 'commander';
import { FeedmillError } from '../model/error.ts';
import { runCheck } from './check.ts';
import type { Environment, Places } from './environment.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { runExplain } from './explain.ts';
import { runPreview } from './preview.ts';
import { runRefresh } from './refresh.ts';
import { runSources } from './sources.ts';
import { showProgress, type Terminal } from './terminal.ts';

/** Runs one command line. @returns the exit code; never throws */
export async function runCommandLine(
  argv: readonly string[],
  environment: Environment,
  terminal: Terminal,
): Promise<number> {
  let code: number = EXIT.done;
  const program = describeProgram(environment, terminal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    terminal.err(error instanceof FeedmillError ? `feedmill: ${error.message}` : describeBug(error));
    return exitCodeOf(error);
  }
}

function describeProgram(
  environment: Environment,
  terminal: Terminal,
  finish: (code: number) => void,
): Command {
  const program = new Command('feedmill')
    .description('Takes in feeds and archived articles, cleans them, and offers them again.')
    .version(environment.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  const command = (line: string, purpose: string): Command =>
    withPlaces(program.command(line).description(purpose).exitOverride().copyInheritedSettings(program));

  command('serve', 'imports, refreshes and serves until stopped').action((places: Places) =>
    environment.serve(places),
  );
  command('check', 'checks the configuration and says every mistake at once')
    .option('--online', 'asks each feed and page once, too, and stores nothing')
    .option('--json', 'with --online: one JSON object a line')
    .action(async (options: Places & { online?: boolean; json?: boolean }) =>
      finish(await runCheck(environment, terminal, options)),
    );
  command('refresh [source...]', 'refreshes the named sources now, or all of them')
    .option('--json', 'one JSON object a line')
    .action(async (keys: string[], options: Places & { json?: boolean }) =>
      finish(await runRefresh(environment, terminal, { ...options, keys })),
    );
  command('sources', 'shows how each source is')
    .option('--json', 'one JSON object a line')
    .action((options: Places & { json?: boolean }) => runSources(environment, terminal, options));
  command('preview <source>', 'shows what each cleaning step does to each item, and stores nothing')
    .option('--json', 'one JSON object a line')
    .option('--limit <n>', 'how many items', '10')
    .action((key: string, options: Places & { json?: boolean; limit: string }) =>
      runPreview(environment, terminal, { ...options, key }),
    );
  command(
    'explain <item>',
    'shows where an item came from and every change made to it (id, URL or file name)',
  )
    .option('--json', 'one JSON object')
    .action((ref: string, options: Places & { json?: boolean }) =>
      runExplain(environment, terminal, { ...options, ref }),
    );
  command('export', 'writes every item as a file in the archive format')
    .requiredOption('--archive <dir>', 'the directory to write into')
    .action((options: Places & { archive: string }) => runExport(environment, terminal, options));
  program
    .command('schema')
    .description('prints the JSON Schema of the configuration')
    .action(() => terminal.out(environment.schema().trimEnd()));
  return program;
}

function withPlaces(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration (FEEDMILL_CONFIG)')
    .option('--data <dir>', 'where the database is kept (FEEDMILL_DATA)')
    .option('--host <host>', 'the address to listen on (FEEDMILL_HOST)')
    .option('--port <port>', 'the port to listen on; 0 takes a free one (FEEDMILL_PORT)');
}

async function runExport(
  environment: Environment,
  terminal: Terminal,
  options: Places & { archive: string },
) {
  const progress = showProgress(terminal);
  const { written } = await environment.withApp(options, 'read', (app) =>
    app.exportArchive(options.archive, { progress: progress.update }),
  );
  progress.end();
  terminal.out(`${written} items written to ${options.archive}`);
}

function describeBug(error: unknown): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `feedmill: something went wrong that should not have; please report it with these lines:\n${detail}`;
}
