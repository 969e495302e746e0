/**
 * The application: holds the configuration in force and hands each request to its use case.
 * Everything with an effect is handed in (parts.ts); the doors see only the face in app.ts.
 */
import type { Config, ConfigMistake } from '../model/config.ts';
import { FeedmillError } from '../model/error.ts';
import type { Fetcher } from '../model/fetch.ts';
import type { Publication } from '../model/publication.ts';
import type {
  App,
  Explanation,
  Health,
  OnlineAnswer,
  PreviewedItem,
  Progress,
  RefreshReport,
  SourceStatus,
} from './app.ts';
import { cleanAnew } from './clean-anew.ts';
import { declarationOf, pipelineHash } from './declaration.ts';
import { explain } from './explain.ts';
import { exportArchive } from './export-archive.ts';
import { checkOnline } from './check-online.ts';
import { asTheyEnd } from './fetching/as-they-end.ts';
import type { Fetching, NumberedSource, Parts } from './parts.ts';
import { preview, type PreviewOptions } from './preview.ts';
import { type RefreshOne, refresher } from './refresh.ts';
import { AT_A_TIME, createRounds, type Rounds } from './rounds.ts';
import { sourceStatus } from './source-status.ts';
import { Renderer } from './render.ts';

interface Operation {
  readonly signal?: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

/** Declares the configuration to the store and starts cleaning anew what another configuration or release made. */
export async function createApp(parts: Parts, config: Config): Promise<App> {
  const app = new Feedmill(parts, config);
  await app.apply(config);
  return app;
}

class Feedmill extends Renderer implements App {
  readonly #closing = new AbortController();
  readonly #fetching: Fetching;
  readonly #refreshOne: RefreshOne;
  readonly #rounds: Rounds;
  readonly #retired: Fetcher[] = [];
  #fetcher: Fetcher;
  #sources: readonly NumberedSource[] = [];
  #mistakes: readonly ConfigMistake[] = [];
  #isReady = false;
  #cleaning = new AbortController();
  #background: Promise<void> = Promise.resolve();

  constructor(parts: Parts, config: Config) {
    super(parts, config);
    this.#fetcher = parts.openFetcher(config.fetch);
    this.#fetching = {
      ...parts,
      fetcher: () => this.#fetcher,
      timezone: () => this.inForce.server.timezone,
    };
    this.#refreshOne = refresher(this.#fetching, (publications) => this.publicationsChanged(publications));
    this.#rounds = createRounds(this.#fetching, {
      sources: () => this.#sources,
      refreshOne: (source) => this.#refreshOne(source, { signal: this.#closing.signal }),
      removed: () => this.everythingChanged(),
      signal: this.#closing.signal,
    });
  }

  async apply(next: Config): Promise<void> {
    const { store, clock, readOnly } = this.parts;
    // What is being cleaned by the old rules must not be taken for cleaned by the new ones.
    this.#cleaning.abort();
    await this.#background;
    this.#cleaning = new AbortController();
    const declared = readOnly
      ? await store.listSources()
      : (await store.declare(declarationOf(next), clock())).sources;
    if (JSON.stringify(this.inForce.fetch) !== JSON.stringify(next.fetch)) this.#exchangeFetcher(next);
    this.inForce = next;
    this.#sources = numbered(next, declared);
    this.everythingChanged();
    this.#startCleaning();
  }

  config(): Config {
    return this.inForce;
  }

  publications(): readonly Publication[] {
    return this.inForce.publications;
  }

  async reconfigure(next: Config): Promise<void> {
    const fixed = changedWhileRunning(this.inForce, next);
    if (fixed !== null) {
      const message = `${fixed} cannot change while Feedmill runs: restart it to apply the file`;
      throw new FeedmillError('config-invalid', message);
    }
    await this.apply(next);
  }

  noteConfigMistakes(mistakes: readonly ConfigMistake[]): void {
    this.#mistakes = mistakes;
  }

  async *refresh(keys: readonly string[] | null, options: Operation = {}): AsyncIterable<RefreshReport> {
    const chosen = keys === null ? this.#sources : keys.map((key) => this.#named(key));
    const signals = [this.#closing.signal, ...(options.signal === undefined ? [] : [options.signal])];
    const signal = AbortSignal.any(signals);
    const began = this.inForce;
    const refreshes = chosen.map((source) => () => this.#refreshOne(source, { ...options, signal }));
    yield* asTheyEnd(refreshes, AT_A_TIME);
    if (keys === null) this.#isReady = true;
    if (began !== this.inForce) this.#startCleaning();
  }

  async refreshDue({ starting = false }: { starting?: boolean } = {}): Promise<void> {
    const began = this.inForce;
    await this.#rounds.refreshDue({ starting });
    if (starting) this.#isReady = true;
    if (began !== this.inForce) this.#startCleaning();
  }

  async sources(): Promise<SourceStatus[]> {
    return (await this.parts.store.listSources()).map(sourceStatus);
  }

  icon(hash: string): Promise<{ mediaType: string; bytes: Uint8Array } | null> {
    return this.parts.store.getIcon(hash);
  }

  preview(key: string, options: PreviewOptions = {}): AsyncIterable<PreviewedItem> {
    const declared = this.inForce.sources.find((source) => source.key === key);
    return preview(this.#fetching, declared ?? this.#named(key).source, options);
  }

  checkOnline({ signal }: { signal?: AbortSignal } = {}): AsyncIterable<OnlineAnswer> {
    return checkOnline(this.#fetching, this.inForce.sources, signal);
  }

  explain(ref: string): Promise<Explanation> {
    return explain(this.parts.store, ref);
  }

  exportArchive(directory: string, options: Operation = {}): Promise<{ written: number }> {
    return exportArchive(this.parts.store, directory, options);
  }

  health(): Health {
    return { ready: this.#isReady, version: this.parts.version, configMistakes: this.#mistakes };
  }

  async hasUsers(): Promise<boolean> {
    return (await this.parts.store.countUsers()) > 0;
  }

  async settled(): Promise<void> {
    await this.#rounds.settled();
    await this.#background;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
    await Promise.all([this.#fetcher, ...this.#retired].map((fetcher) => fetcher.close()));
    await this.parts.grinder.close();
    await this.parts.store.close();
  }

  /** What the old one has under way goes on; it is closed with the application. */
  #exchangeFetcher(next: Config): void {
    this.#retired.push(this.#fetcher);
    this.#fetcher = this.parts.openFetcher(next.fetch);
  }

  #named(key: string): NumberedSource {
    const found = this.#sources.find(({ source }) => source.key === key);
    if (found !== undefined) return found;
    const known = this.inForce.sources.map((source) => source.key).join(', ');
    throw new FeedmillError('not-found', `no source is called "${key}"; there are: ${known}`);
  }

  #startCleaning(): void {
    if (this.parts.readOnly || this.#closing.signal.aborted) return;
    const signal = AbortSignal.any([this.#closing.signal, this.#cleaning.signal]);
    this.#background = this.#background.then(() => this.#clean(signal));
  }

  async #clean(signal: AbortSignal): Promise<void> {
    const { log } = this.parts;
    const published = (publications: readonly number[]): void => this.publicationsChanged(publications);
    try {
      const cleaned = await cleanAnew(this.parts, this.#sources, { signal, published });
      if (cleaned > 0) log.info({ cleaned }, 'cleaned anew');
    } catch (error) {
      if (!signal.aborted) log.error({ error }, 'cleaning anew failed; it goes on after a restart');
    }
  }
}

function numbered(config: Config, declared: readonly { number: number; key: string }[]): NumberedSource[] {
  const numbers = new Map(declared.map(({ key, number }) => [key, number]));
  return config.sources.flatMap((source) => {
    const number = numbers.get(source.key);
    return number === undefined ? [] : [{ number, source, pipelineHash: pipelineHash(source) }];
  });
}

/** The first setting that differs and cannot be applied to a running process. */
function changedWhileRunning(now: Config, next: Config): string | null {
  if (JSON.stringify(now.store) !== JSON.stringify(next.store)) return 'store.url';
  if (now.server.host !== next.server.host) return 'server.host';
  return now.server.port === next.server.port ? null : 'server.port';
}
