/** `feedmill refresh`: a table for people, a JSON object a line for scripts. */
import type { RefreshReport } from '../app/app.ts';
import type { Environment, Places } from './environment.ts';
import { EXIT } from './exit-code.ts';
import { renderTable } from './table.ts';
import { showProgress, type Terminal } from './terminal.ts';
import { tellWarnings } from './warnings.ts';

/** @returns 1 where a source failed, else 0 */
export async function runRefresh(
  environment: Environment,
  terminal: Terminal,
  options: Places & { keys: readonly string[]; json?: boolean },
): Promise<number> {
  const progress = showProgress(terminal);
  const keys = options.keys.length === 0 ? null : options.keys;
  const reports: RefreshReport[] = [];
  for await (const report of environment.refresh(options, keys, { progress: progress.update })) {
    progress.end();
    reports.push(report);
    if (options.json === true) terminal.out(JSON.stringify(report));
  }
  if (options.json !== true) describeAll(terminal, reports);
  return reports.some(({ outcome }) => outcome === 'failed') ? EXIT.failed : EXIT.done;
}

function describeAll(terminal: Terminal, reports: readonly RefreshReport[]): void {
  const rows = reports.map((report) => [
    report.source,
    report.outcome,
    report.added,
    report.changed,
    report.dropped,
    report.warnings.length,
  ]);
  terminal.out(renderTable(['source', 'outcome', 'added', 'changed', 'dropped', 'warnings'], rows));
  for (const { source, warnings, error } of reports) {
    if (error !== null) terminal.err(`${source}: ${error.message} (${error.code})`);
    tellWarnings(terminal, source, warnings);
  }
}
