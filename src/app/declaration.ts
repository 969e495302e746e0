/**
 * What the store is told of a configuration: names, addresses, and hashes by which it sees that something changed.
 */
import { createHash } from 'node:crypto';
import type { Config } from '../model/config.ts';
import type { Source } from '../model/source.ts';
import type { Declaration } from '../store/store.ts';

/** The declaration of a configuration, in its order. */
export function declarationOf(config: Config): Declaration {
  return {
    sources: config.sources.map((source) => ({
      key: source.key,
      type: source.type,
      address: source.type === 'archive' ? source.path : source.url,
      folder: source.folder,
      pipelineHash: pipelineHash(source),
    })),
    publications: config.publications.map((publication) => ({
      name: publication.name,
      sources: publication.sources,
      where: publication.where,
      exclude: publication.exclude,
      hash: hashOf(publication),
    })),
  };
}

/** Changes with everything that decides how items of the source are normalised and cleaned. */
export function pipelineHash(source: Source): string {
  return hashOf([source.type, source.timezone, source.rules]);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
