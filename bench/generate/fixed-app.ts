/** An application that answers one generated feed, for measuring the network's door alone. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { App, Rendered } from '../../src/app/app.ts';
import { now } from '../../src/model/time.ts';

const SENTENCE = '渡輪在星期一恢復通航，新的時刻表貼在碼頭。 The ferry runs again from Monday, number ';

/** About so many bytes of a feed, compressed as the application compresses. */
export function generatedFeed(bytes: number): Rendered {
  let text = '<feed>';
  for (let i = 0; Buffer.byteLength(text) < bytes; i += 1) {
    const noise = createHash('sha256').update(String(i)).digest('hex');
    text += `<entry><title>${i} ${noise}</title><content>${SENTENCE}${i}. ${noise.slice(0, 24)}</content></entry>\n`;
  }
  const body = Buffer.from(`${text}</feed>`);
  return {
    mediaType: 'application/atom+xml; charset=utf-8',
    body,
    hash: createHash('sha256').update(body).digest('base64url').slice(0, 27),
    lastModified: now(),
    encodings: { gzip: gzipSync(body), br: brotliCompressSync(body), zstd: zstdCompressSync(body) },
  };
}

/** Knows one feed, `/feed.xml`, and nothing else. */
export function fixedApp(feed: Rendered): App {
  return {
    config: unused,
    publications: () => [
      {
        name: 'main',
        path: '/feed.xml',
        title: 'Bench',
        description: '',
        language: null,
        sources: null,
        where: null,
        exclude: null,
        script: null,
        token: null,
        content: 'full',
        order: 'newest',
        images: 'direct',
        icon: null,
        format: 'atom',
        limit: 50,
      },
    ],
    feed: async () => feed,
    generation: () => 1,
    health: () => ({ ready: true, version: '0', configMistakes: [] }),
    hasUsers: async () => false,
    errorHtml: (title, message) => `${title}: ${message}`,
    reconfigure: unused,
    noteConfigMistakes: unused,
    refresh: unused,
    refreshDue: unused,
    sources: unused,
    icon: unused,
    preview: unused,
    checkOnline: unused,
    explain: unused,
    exportArchive: unused,
    feedHtml: unused,
    itemHtml: unused,
    indexHtml: unused,
    sourcesOpml: unused,
    feedsOpml: unused,
    stylesheet: unused,
    setBaseUrl: unused,
    settled: unused,
    close: unused,
  };
}

function unused(): never {
  throw new Error('not part of this bench');
}
