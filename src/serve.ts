/**
 * One running server: application, doors and watchers, opened in the order in which they need one another
 * and closed in the reverse. main.ts decides with which configuration.
 */
import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { App } from './app/app.ts';
import { createApp } from './app/feedmill.ts';
import type { Log, Parts } from './app/parts.ts';
import { watchArchive } from './archive/watch-archive.ts';
import { isLoopbackHost } from './http/loopback.ts';
import { createHttpServer } from './http/server.ts';
import type { Config } from './model/config.ts';
import { FeedmillError } from './model/error.ts';
import type { ArchiveSource } from './model/source.ts';
import { startSchedule } from './schedule/schedule.ts';

/** How long the first import may hold back the line that says "ready"; a longer one goes on while serving. */
const FIRST_IMPORT_MS = 10_000;

export interface Serving {
  readonly app: App;
  /** One for each listening address, without a closing slash. */
  readonly urls: readonly string[];
  /** Applies a configuration that was saved. */
  reconfigure(config: Config): Promise<void>;
  /** Finishes requests and the running transaction. */
  close(): Promise<void>;
}

export interface ServingOptions {
  /** What the command line shows to speak to this server. */
  readonly controlToken: string;
  /** Resolves when the process was told to end, perhaps before the first import is done. */
  readonly stopped: Promise<void>;
  /** Told the address as soon as there is one. */
  readonly listening?: (url: string) => void;
}

/** @throws FeedmillError `not-allowed` where the reader would be open to strangers, `unreachable` where the port is taken */
export async function startServing(
  config: Config,
  parts: Parts,
  { controlToken, stopped, listening }: ServingOptions,
): Promise<Serving> {
  const { log } = parts;
  const app = await createApp(parts, config);
  if (!(await mayListen(app, config))) {
    await app.close();
    throw new FeedmillError(
      'not-allowed',
      `${config.server.host} can be reached from other machines, and nobody has an account yet: listen on 127.0.0.1, or write "auth: none" into ${config.file} if everybody who can connect may read and change everything`,
    );
  }
  const http = createHttpServer({ app, log, controlToken });
  const url = await listen(http.server, config).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  app.setBaseUrl(url);
  listening?.(url);

  const closing = new AbortController();
  const firstImport = app.refreshDue({ starting: true });
  await Promise.race([firstImport, stopped, pause(FIRST_IMPORT_MS, undefined, { ref: false })]);
  const schedule = startSchedule(app);
  let watching = watchArchives(app, log, closing.signal);

  return {
    app,
    urls: [url],
    reconfigure: async (next) => {
      const before = new Set(app.config().sources.map(({ key }) => key));
      await app.reconfigure(next);
      await schedule.restart();
      watching.abort();
      watching = watchArchives(app, log, closing.signal);
      const fresh = next.sources.map(({ key }) => key).filter((key) => !before.has(key));
      if (fresh.length > 0) void drain(app, fresh, log);
    },
    close: async () => {
      closing.abort();
      await schedule.stop();
      await http.close();
      await app.close();
      await firstImport;
    },
  };
}

/** Without an account, only this machine may come in (product.md section 1). */
async function mayListen(app: App, config: Config): Promise<boolean> {
  return config.auth === 'none' || isLoopbackHost(config.server.host) || (await app.hasUsers());
}

function listen(server: Server, { server: { host, port } }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `cannot listen on ${host}:${port} (${cause.message}); choose another with --port, or 0 for a free one`;
      reject(new FeedmillError('unreachable', message, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      const listening = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${listening}`);
    });
  });
}

/** Refreshes to the end. What went wrong stands in the reports, which the application has logged. */
async function drain(app: App, keys: readonly string[], log: Log): Promise<void> {
  try {
    await Array.fromAsync(app.refresh(keys));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) log.error({ error }, 'refresh ended early');
  }
}

function watchArchives(app: App, log: Log, signal: AbortSignal): AbortController {
  const own = new AbortController();
  const either = AbortSignal.any([own.signal, signal]);
  for (const source of app.config().sources) if (source.type === 'archive') void watchOne(source);
  return own;

  async function watchOne({ key, path, match }: ArchiveSource): Promise<void> {
    const warnings = await watchArchive(path, () => void drain(app, [key], log), either, match);
    for (const { message, where } of warnings) log.warn({ source: key, where, message }, 'not watched');
  }
}
