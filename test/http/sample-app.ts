/**
 * The smallest thing with the shape of the application, for tests of headers, codings and guards alone.
 * What Feedmill really serves is tested with the real application (feeds.test.ts).
 */
import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { App, Rendered } from '../../src/app/app.ts';
import { FeedmillError } from '../../src/model/error.ts';
import type { Config } from '../../src/model/config.ts';
import type { Publication } from '../../src/model/publication.ts';
import { at, samplePublication } from '../publish/sample-view.ts';

export interface SampleApp extends App {
  /** What the next answers depend on. */
  readonly now: {
    publications: Publication[];
    text: string;
    generation: number;
    ready: boolean;
    auth: 'required' | 'none';
    hasUsers: boolean;
    baseUrl: string | null;
    asked: string[];
  };
}

export function rendered(text: string, mediaType: string): Rendered {
  const body = Buffer.from(text);
  return {
    mediaType,
    body,
    hash: createHash('sha256').update(body).digest('base64url').slice(0, 27),
    lastModified: at('2026-03-01T10:00:00Z'),
    encodings: { gzip: gzipSync(body), br: brotliCompressSync(body), zstd: zstdCompressSync(body) },
  };
}

export function sampleApp(): SampleApp {
  const now: SampleApp['now'] = {
    publications: [
      samplePublication(),
      samplePublication({ name: 'family', path: '/our family.xml', token: 'secret' }),
    ],
    text: 'feed ',
    generation: 1,
    ready: false,
    auth: 'required',
    hasUsers: false,
    baseUrl: null,
    asked: [],
  };
  return {
    now,
    config: () =>
      ({
        auth: now.auth,
        publications: now.publications,
        server: { host: '127.0.0.1', port: 0, baseUrl: now.baseUrl, trustProxy: false, timezone: 'UTC' },
      }) as unknown as Config,
    publications: () => now.publications,
    generation: () => now.generation,
    health: () => ({
      ready: now.ready,
      version: '1.2.3',
      configMistakes: now.ready ? [] : [{ line: 3, column: 5, message: 'unknown key' }],
    }),
    hasUsers: async () => now.hasUsers,
    feed: async (name, format, page) => {
      now.asked.push(`${name} ${format} ${page}`);
      return page === 'current' || page === 1
        ? rendered(`${now.text}${name} ${format} ${page}`.repeat(50), `application/${format}+xml`)
        : null;
    },
    feedHtml: async (name) => html(`page of ${name}`),
    itemHtml: async (id) =>
      id === 'open' || id === 'family' || id === 'nowhere'
        ? { rendered: html(id), public: id === 'open', feeds: id === 'nowhere' ? [] : ['family'] }
        : null,
    indexHtml: async () => html('front'),
    sourcesOpml: async () => opml('sources'),
    feedsOpml: async () => opml('feeds'),
    stylesheet: async () => ({
      path: '/assets/feedmill-0.css',
      rendered: rendered('p{}', 'text/css; charset=utf-8'),
    }),
    errorHtml: (title, message) => `<h1>${title}</h1><p>${message}</p>`,
    async *refresh(keys) {
      const [source = ''] = keys ?? [];
      if (source === 'broken') throw new Error('a bug');
      if (source !== 'seeds') throw new FeedmillError('not-found', `no source has the key "${source}"`);
      yield { source, outcome: 'refreshed', added: 1, changed: 0, dropped: 0, warnings: [], error: null };
    },
    icon: async (hash) =>
      hash === SAMPLE_ICON ? { mediaType: 'image/gif', bytes: Buffer.from('GIF89a') } : null,
    reconfigure: unused,
    refreshDue: unused,
    sources: unused,
    noteConfigMistakes: unused,
    preview: unused,
    checkOnline: unused,
    explain: unused,
    exportArchive: unused,
    setBaseUrl: unused,
    settled: unused,
    close: unused,
  };
}

/** The hash of the one icon that there is. */
export const SAMPLE_ICON = 'a'.repeat(64);

function unused(): never {
  throw new Error('not part of these tests');
}

function html(text: string): Rendered {
  return rendered(`<p>${text}</p>`, 'text/html; charset=utf-8');
}

function opml(text: string): Rendered {
  return rendered(text, 'text/x-opml; charset=utf-8');
}
