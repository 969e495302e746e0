/**
 * The only file, with serve.ts, that knows everything: reads the configuration, opens the store, makes the
 * application and gives the commands what they need.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import type { App, RefreshReport } from './app/app.ts';
import { createApp } from './app/feedmill.ts';
import type { Log, Parts } from './app/parts.ts';
import { scanArchive } from './archive/scan-archive.ts';
import { CLEANER_VERSION } from './clean/pipeline.ts';
import { askServer } from './cli/ask-server.ts';
import { describeWithoutEffect } from './cli/check.ts';
import type { Checked, Environment, Places } from './cli/environment.ts';
import { runCommandLine } from './cli/program.ts';
import { processTerminal, type Terminal } from './cli/terminal.ts';
import { configJsonSchema } from './config/json-schema.ts';
import { formatMistake, loadConfig } from './config/load-config.ts';
import { watchConfig } from './config/watch-config.ts';
import { createFetcher } from './fetch/fetcher.ts';
import { createPool } from './grind/pool.ts';
import { checkSelector } from './html/selector.ts';
import type { Config } from './model/config.ts';
import { FeedmillError } from './model/error.ts';
import { now } from './model/time.ts';
import { checkPattern } from './search/pattern.ts';
import { type Serving, startServing } from './serve.ts';
import { lockStore, readHolder, type StoreLock } from './store/lock.ts';
import { openStore } from './store/open-store.ts';

/** Runs one command line to its end. @returns the exit code */
export function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  return runCommandLine(argv, { ...environment, serve: (places) => serve(places, terminal) }, terminal);
}

/** What the application is handed, with a store that was just opened. `file` null: a store in memory. */
export async function openParts(file: string | null, log: Log, readOnly = false): Promise<Parts> {
  return {
    store: await openStore({ file: file ?? ':memory:', readOnly }),
    grinder: createPool(),
    cleanerVersion: CLEANER_VERSION,
    scan: scanArchive,
    openFetcher: (settings) => createFetcher(settings, { version: packageVersion(), now }),
    clock: now,
    stopwatch: () => performance.now(),
    log,
    readOnly,
    version: packageVersion(),
  };
}

/** Judges the text of a configuration file as it would be judged at the start. */
export function judge(file: string, text: Uint8Array, places: Places): Checked {
  const host = places.host ?? process.env['FEEDMILL_HOST'];
  const port = places.port ?? process.env['FEEDMILL_PORT'];
  const dataDir = places.data ?? process.env['FEEDMILL_DATA'];
  const loaded = loadConfig(text, {
    file,
    env: process.env,
    checkPattern,
    checkSelector,
    isDirectory,
    overrides: {
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port: readPort(port) }),
      ...(dataDir === undefined ? {} : { dataDir: resolve(dataDir) }),
    },
  });
  return 'config' in loaded ? loaded : { file, mistakes: loaded.mistakes };
}

const environment: Omit<Environment, 'serve'> = {
  check: async (places) => judge(configFile(places), readConfig(configFile(places)), places),
  withApp,
  refresh,
  schema: configJsonSchema,
  version: packageVersion(),
};

async function withApp<T>(
  places: Places,
  access: 'read' | 'none',
  work: (app: App) => Promise<T>,
): Promise<T> {
  const config = await load(places);
  const file = access === 'none' ? null : databaseFile(config);
  const app = await createApp(await openParts(file, logTo('warn'), access === 'read'), config);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

async function* refresh(
  places: Places,
  keys: readonly string[] | null,
  options: Parameters<App['refresh']>[1],
): AsyncIterable<RefreshReport> {
  const config = await load(places);
  const file = databaseFile(config);
  const lock = await lockOrNull(file);
  if (lock === null) {
    const holder = readHolder(file);
    if (holder === null)
      throw new FeedmillError('database-in-use', `${file} was in use a moment ago; try again`);
    for (const key of keys ?? config.sources.map((source) => source.key)) yield await askServer(holder, key);
    return;
  }
  try {
    const app = await createApp(await openParts(file, logTo('warn')), config);
    try {
      yield* app.refresh(keys, options);
    } finally {
      await app.close();
    }
  } finally {
    lock.release();
  }
}

/** Null where another process has the lock: it is the one to be asked. */
async function lockOrNull(file: string): Promise<StoreLock | null> {
  try {
    return await lockStore(file);
  } catch (error) {
    if (error instanceof FeedmillError && error.code === 'database-in-use') return null;
    throw error;
  }
}

async function serve(places: Places, terminal: Terminal): Promise<void> {
  const config = await load(places);
  const lock = await lockStore(databaseFile(config));
  try {
    await serveUnderLock(config, lock, places, terminal);
  } finally {
    lock.release();
  }
}

async function serveUnderLock(
  config: Config,
  lock: StoreLock,
  places: Places,
  terminal: Terminal,
): Promise<void> {
  const log = logTo('info');
  const token = randomBytes(24).toString('base64url');
  const inForce = readConfig(config.file);
  const stopped = signalled();
  const serving = await startServing(config, await openParts(databaseFile(config), log), {
    controlToken: token,
    stopped,
    listening: (address) => lock.announce({ address, token }),
  });
  for (const line of describeWithoutEffect(config.withoutEffect)) terminal.err(line);
  for (const url of serving.urls) terminal.out(`Feedmill listens on ${url}`);

  const closing = new AbortController();
  const watching = watchConfig(config.file, (text) => applySaved(serving, places, text, log), {
    signal: closing.signal,
    current: inForce,
  });
  await stopped;
  closing.abort();
  await watching;
  await serving.close();
}

/** A file that was saved while the server runs: good ones are applied, of bad ones only the mistakes are noted. */
async function applySaved(serving: Serving, places: Places, text: Uint8Array, log: Log): Promise<void> {
  const file = configFile(places);
  const checked = judge(file, text, places);
  try {
    if ('mistakes' in checked) throw mistakenConfig(checked);
    await serving.reconfigure(checked.config);
    serving.app.noteConfigMistakes([]);
    log.info({ file }, 'configuration applied');
  } catch (error) {
    if (!(error instanceof FeedmillError)) throw error;
    const mistakes =
      'mistakes' in checked ? checked.mistakes : [{ line: 1, column: 1, message: error.message }];
    serving.app.noteConfigMistakes(mistakes);
    log.warn(
      { file, mistakes: mistakes.map((mistake) => formatMistake(file, mistake)) },
      'configuration not applied',
    );
  }
}

async function load(places: Places): Promise<Config> {
  const checked = await environment.check(places);
  if ('mistakes' in checked) throw mistakenConfig(checked);
  return checked.config;
}

function mistakenConfig({ file, mistakes }: Extract<Checked, { file: string }>): FeedmillError {
  const lines = mistakes.map((mistake) => formatMistake(file, mistake));
  return new FeedmillError('config-invalid', [`the configuration has mistakes:`, ...lines].join('\n'));
}

function configFile(places: Places): string {
  return resolve(places.config ?? process.env['FEEDMILL_CONFIG'] ?? join('config', 'feedmill.yaml'));
}

function readConfig(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const message = `cannot read the configuration ${file}; name another with --config or FEEDMILL_CONFIG`;
    throw new FeedmillError('usage', message, { cause });
  }
}

function databaseFile({ store }: Config): string {
  if (store.kind === 'sqlite') return store.file;
  throw new FeedmillError(
    'config-invalid',
    'store.url: PostgreSQL comes in a later version; use sqlite:FILE',
  );
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new FeedmillError('usage', `the port is a whole number from 0 to 65535, not "${text}"`);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** One event a line on the second stream, as JSON. */
function logTo(level: 'info' | 'warn'): Log {
  return pino({ level, base: null, errorKey: 'error' }, pino.destination({ fd: 2, sync: true }));
}

/** Resolves at the first signal. Later ones change nothing: a launcher and a terminal may both send the same. */
function signalled(): Promise<void> {
  return new Promise((done) => {
    process.on('SIGTERM', () => done());
    process.on('SIGINT', () => done());
  });
}

function packageVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}
