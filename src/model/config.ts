/** The whole configuration, checked and resolved. Made by config/, frozen. */
import type { Publication } from './publication.ts';
import type { Source } from './source.ts';

export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** Without a closing slash; null: the address that is really listened on. */
  readonly baseUrl: string | null;
  /** As Express understands `trust proxy`; false where no proxy is believed. */
  readonly trustProxy: boolean | number | string;
  readonly timezone: string;
}

export interface FetchSettings {
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly concurrency: number;
  readonly perHost: number;
  readonly allowPrivate: readonly string[];
  readonly proxy: string | null;
  readonly userAgent: string | null;
}

export type StoreLocation =
  | { readonly kind: 'sqlite'; /** Absolute path, or `:memory:`. */ readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface Config {
  /** Absolute path of the YAML file. */
  readonly file: string;
  readonly server: ServerSettings;
  readonly store: StoreLocation;
  readonly auth: 'required' | 'none';
  readonly fetch: FetchSettings;
  readonly nearDuplicates: 'link' | 'merge' | 'off';
  /** In the order of the file, as are the publications. */
  readonly sources: readonly Source[];
  readonly publications: readonly Publication[];
  /** Keys that are checked and have no effect yet, each as `sources.dw.full_text`. */
  readonly withoutEffect: readonly string[];
}

/** One mistake in the YAML file. Line and column count from 1, columns in characters. */
export interface ConfigMistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
