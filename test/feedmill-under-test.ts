/**
 * The real Feedmill for tests: the configuration from YAML text, a real SQLite file, real workers, a real port on loopback.
 * Each test closes what it opened.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { App } from '../src/app/app.ts';
import { judge, openParts } from '../src/main.ts';
import type { Config } from '../src/model/config.ts';
import { startServing } from '../src/serve.ts';

/** The data that lies beside the project; tests that need it skip loudly where it is absent. */
export const SHARED = fileURLToPath(new URL('../../shared/', import.meta.url));

/** Skips the test, saying so, where `../shared/PATH` is absent. */
export function needsShared(t: TestContext, path: string): boolean {
  const isThere = existsSync(join(SHARED, path));
  if (!isThere) t.skip(`../shared/${path} is not here: this test did not run`);
  return isThere;
}

export const CONTROL_TOKEN = 'control-token-of-the-test';
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A directory of its own for the test, removed afterwards. */
export async function tempDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'feedmill-test-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** The configuration that YAML text means, with relative paths in `directory`. @throws where it has mistakes */
export async function configOf(directory: string, yaml: string): Promise<Config> {
  const file = join(directory, 'feedmill.yaml');
  await writeFile(file, yaml);
  const checked = judge(file, Buffer.from(yaml), { port: '0' });
  if ('mistakes' in checked) throw new Error(JSON.stringify(checked.mistakes));
  return checked.config;
}

export interface Running {
  readonly app: App;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts Feedmill over a directory; the same directory again is a restart. */
export async function startFeedmill(t: TestContext, directory: string, yaml: string): Promise<Running> {
  const config = await configOf(directory, yaml);
  const file = config.store.kind === 'sqlite' ? config.store.file : null;
  const serving = await startServing(config, await openParts(file, SILENT), {
    controlToken: CONTROL_TOKEN,
    stopped: new Promise(() => undefined),
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await serving.close();
    isOpen = false;
  };
  t.after(close);
  return { app: serving.app, url: serving.urls[0] ?? '', close };
}

/** The configuration of one archive and one feed, cleaned as the shipped example does it. */
export function archiveYaml(path: string, extra = ''): string {
  return `version: 1
store: {url: "sqlite:./feedmill.db"}
sources:
  archive: {type: archive, path: ${JSON.stringify(path)}, pipeline: [feedx, dw]}
pipelines:
  feedx: [{strip_footer: feedx}, {unproxy_images: [images.weserv.nl]}]
  dw:
    - rewrite_links: {from: "^https://api\\\\.dw\\\\.com/api/detail/article/(\\\\d+)$", to: "https://www.dw.com/zh/a-$1"}
    - strip_params: [maca]
feeds:
  main: {path: /feed.xml, title: Main}
${extra}`;
}
