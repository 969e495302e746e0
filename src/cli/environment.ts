/** What main.ts hands to the commands: everything that needs a configuration file, a database or a server. */
import type { App, RefreshReport } from '../app/app.ts';
import type { Config, ConfigMistake } from '../model/config.ts';

/** Options that every command takes; each also as FEEDMILL_CONFIG, FEEDMILL_DATA, FEEDMILL_HOST, FEEDMILL_PORT. */
export interface Places {
  readonly config?: string;
  readonly data?: string;
  readonly host?: string;
  readonly port?: string;
}

export type Checked =
  | { readonly config: Config }
  | { readonly file: string; readonly mistakes: readonly ConfigMistake[] };

export interface Environment {
  /** Reads and checks the configuration, and touches nothing else. @throws `usage` where there is no such file */
  check(places: Places): Promise<Checked>;
  /** Opens the application and closes it afterwards. `read` opens the database read-only; `none` uses none at all. */
  withApp<T>(places: Places, access: 'read' | 'none', work: (app: App) => Promise<T>): Promise<T>;
  /** Refreshes through the running server, or, where there is none, here and under the lock. */
  refresh(
    places: Places,
    keys: readonly string[] | null,
    options: Parameters<App['refresh']>[1],
  ): AsyncIterable<RefreshReport>;
  /** Serves until a signal comes. */
  serve(places: Places): Promise<void>;
  /** The JSON Schema of the configuration. */
  schema(): string;
  readonly version: string;
}
