/** `feedmill sources`: how each source is, in plain words; a JSON object a line for scripts. */
import type { SourceStatus } from '../app/app.ts';
import { type EpochMs, now, toRfc3339 } from '../model/time.ts';
import type { Environment, Places } from './environment.ts';
import { renderTable } from './table.ts';
import type { Terminal } from './terminal.ts';
import { tellWarnings } from './warnings.ts';

const UNITS: readonly (readonly [ms: number, one: string, many: string])[] = [
  [86_400_000, 'day', 'days'],
  [3_600_000, 'hour', 'hours'],
  [60_000, 'minute', 'minutes'],
  [1000, 'second', 'seconds'],
];

/** Reads the database, also while `serve` runs. */
export async function runSources(
  environment: Environment,
  terminal: Terminal,
  options: Places & { json?: boolean },
): Promise<void> {
  const sources = await environment.withApp(options, 'read', (app) => app.sources());
  if (options.json === true) for (const source of sources) terminal.out(JSON.stringify(toJson(source)));
  else describeAll(terminal, sources, now());
}

function describeAll(terminal: Terminal, sources: readonly SourceStatus[], at: EpochMs): void {
  const headings = ['source', 'state', 'last success', 'next try', 'items', 'bytes', 'publishes'];
  const rows = sources.map((source) => [
    source.key,
    describeState(source),
    source.lastSuccess === null ? 'never' : `${describeTime(at - source.lastSuccess)} ago`,
    describeNext(source, at),
    source.items,
    source.bytes ?? '',
    source.publishesEveryMs === null ? '' : `every ${describeTime(source.publishesEveryMs)}`,
  ]);
  terminal.out(renderTable(headings, rows));
  for (const { key, error, movedTo, warnings } of sources) {
    if (error !== null) terminal.err(`${key}: ${error.message} (${error.code})`);
    if (movedTo !== null) terminal.err(`${key}: has moved to ${movedTo}; write that address into the file`);
    tellWarnings(terminal, key, warnings);
  }
}

function describeState({ state, failures }: SourceStatus): string {
  if (state === 'new') return 'not tried yet';
  if (state === 'failing' && failures > 1) return `failing, ${failures} times in a row`;
  return state;
}

function describeNext({ type, nextFetch }: SourceStatus, at: EpochMs): string {
  if (type === 'archive') return 'as files change';
  return nextFetch === null || nextFetch <= at ? 'now' : `in ${describeTime(nextFetch - at)}`;
}

/** In the largest unit of which there is at least one and a half. */
function describeTime(ms: number): string {
  for (const [unit, one, many] of UNITS) {
    const count = Math.round(ms / unit);
    if (ms >= unit * 1.5 || (count === 1 && ms >= unit)) return `${count} ${count === 1 ? one : many}`;
  }
  return 'a moment';
}

function toJson(source: SourceStatus): object {
  return { ...source, lastSuccess: toTime(source.lastSuccess), nextFetch: toTime(source.nextFetch) };
}

function toTime(moment: EpochMs | null): string | null {
  return moment === null ? null : toRfc3339(moment);
}
