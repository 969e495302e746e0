/**
 * From a file whose every value is read to the `Config` that everybody uses: defaults of sources filled in, pipelines laid out
 * as rules, what the command line says put over it.
 */
import { dirname, join, resolve } from 'node:path';
import type { Config, StoreLocation } from '../model/config.ts';
import type { Publication } from '../model/publication.ts';
import type { Source } from '../model/source.ts';
import type { ReadConfig } from './schema/config-schema.ts';

/** What command line and FEEDMILL_ variables say; it wins over the file. */
export interface Overrides {
  readonly host?: string;
  readonly port?: number;
  /** Directory of the database, where the file names none. */
  readonly dataDir?: string;
}

/** Resolves the configuration of `file`, an absolute path. */
export function resolveConfig(
  read: ReadConfig,
  file: string,
  overrides: Overrides,
): Omit<Config, 'withoutEffect'> {
  const { server, fetch } = read;
  return {
    file,
    server: {
      host: overrides.host ?? server.host,
      port: overrides.port ?? server.port,
      baseUrl: server.base_url,
      trustProxy: server.trust_proxy,
      timezone: server.timezone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    store: read.store.url ?? defaultStore(file, overrides.dataDir),
    auth: read.auth,
    fetch: {
      timeoutMs: fetch.timeout,
      maxBodyBytes: fetch.max_body,
      concurrency: fetch.concurrency,
      perHost: fetch.per_host,
      allowPrivate: fetch.allow_private,
      proxy: fetch.proxy,
      userAgent: fetch.user_agent,
    },
    nearDuplicates: read.identity.near_duplicates,
    sources: Object.entries(read.sources).map(([key, source]) => resolveSource(key, source, read)),
    publications: Object.entries(read.feeds).map(([name, feed]) => resolvePublication(name, feed)),
  };
}

function defaultStore(file: string, dataDir: string | undefined): StoreLocation {
  const directory = dataDir === undefined ? join(dirname(file), '..', 'data') : resolve(dataDir);
  return { kind: 'sqlite', file: join(directory, 'feedmill.db') };
}

function resolveSource(key: string, source: ReadConfig['sources'][string], read: ReadConfig): Source {
  const common = {
    key,
    folder: source.folder,
    schedule: source.schedule ?? read.defaults.schedule,
    keepMs: source.keep === undefined ? read.defaults.keep : source.keep,
    timezone: source.timezone,
    rules: source.pipeline.flatMap((name) => read.pipelines[name] ?? []),
  };
  if (source.type === 'archive')
    return { ...common, type: 'archive', path: source.path, match: source.match };

  const remote = { ...common, url: source.url, headers: source.headers, auth: source.auth };
  if (source.type === 'feed') return { ...remote, type: 'feed', fullText: source.full_text };

  return { ...remote, type: 'page', select: source.select };
}

function resolvePublication(name: string, feed: ReadConfig['feeds'][string]): Publication {
  return {
    ...feed,
    name,
    title: feed.title ?? name,
    sources: feed.sources === null ? null : [...new Set(feed.sources)],
  };
}
