/** What a configuration file is loaded with in tests: the real checkers, the real disk. */
import { statSync } from 'node:fs';
import type { ConfigContext, LoadedConfig } from '../../src/config/load-config.ts';
import { formatMistake, loadConfig } from '../../src/config/load-config.ts';
import type { Config } from '../../src/model/config.ts';
import { checkSelector } from '../../src/html/selector.ts';
import { checkPattern } from '../../src/search/pattern.ts';

/** The world around `file`; `changes` replaces parts of it. */
export function worldOf(file: string, changes: Partial<ConfigContext> = {}): ConfigContext {
  return {
    file,
    env: {},
    checkPattern,
    checkSelector,
    isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
    ...changes,
  };
}

/** Loads a text as if it were `/mill/config/feedmill.yaml`, in a world where every directory exists. */
export function loadText(text: string | Uint8Array, changes: Partial<ConfigContext> = {}): LoadedConfig {
  return loadConfig(text, worldOf('/mill/config/feedmill.yaml', { isDirectory: () => true, ...changes }));
}

/** The mistakes as the lines that people see; none for a good file. */
export function linesOf(loaded: LoadedConfig, file = 'feedmill.yaml'): string[] {
  return 'mistakes' in loaded ? loaded.mistakes.map((mistake) => formatMistake(file, mistake)) : [];
}

/** The configuration of a good text; its mistakes fail the test. */
export function goodConfig(text: string, changes: Partial<ConfigContext> = {}): Config {
  const loaded = loadText(text, changes);
  if ('mistakes' in loaded) throw new Error(linesOf(loaded).join('\n'));
  return loaded.config;
}
