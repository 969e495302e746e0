/** What a configuration file is loaded with in tests: the real pattern engine, a selector check over cheerio, the real disk. */
import { statSync } from 'node:fs';
import { load } from 'cheerio';
import type { ConfigContext, LoadedConfig } from '../../src/config/load-config.ts';
import { formatMistake, loadConfig } from '../../src/config/load-config.ts';
import type { Config } from '../../src/model/config.ts';
import { checkPattern } from '../../src/search/pattern.ts';

const page = load('<p></p>');

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

function checkSelector(selector: string): string | null {
  try {
    page(selector);
    return null;
  } catch {
    return `the selector ${JSON.stringify(selector)} cannot be used`;
  }
}
