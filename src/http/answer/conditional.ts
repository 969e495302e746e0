/**
 * Conditional requests: whether what the client holds is still what we would send.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { EpochMs } from '../../model/time.ts';
import type { ContentCoding } from './content-coding.ts';

const ENTITY_TAG = /(?:W\/)?"([^"]*)"/g;
const CODING_SUFFIX = /-(?:gzip|br|zstd)$/;

/** The strong validator of a body in one content coding: other bytes, another tag. */
export function entityTag(hash: string, coding: ContentCoding): string {
  return coding === 'identity' ? `"${hash}"` : `"${hash}-${coding}"`;
}

/**
 * Whether 304 is the answer to a GET or HEAD. Any coding's tag will do, since each stands for the same content;
 * If-Modified-Since counts only where no If-None-Match was sent.
 */
export function isUnchanged(
  headers: Pick<IncomingHttpHeaders, 'if-none-match' | 'if-modified-since'>,
  hash: string,
  lastModified: EpochMs,
): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.trim() === '*' || holdsTag(tags, hash);
  const since = headers['if-modified-since'];
  if (since === undefined) return false;
  const moment = Date.parse(since);
  return !Number.isNaN(moment) && Math.floor(lastModified / 1000) * 1000 <= moment;
}

function holdsTag(tags: string, hash: string): boolean {
  for (const match of tags.matchAll(ENTITY_TAG)) {
    if (match[1]?.replace(CODING_SUFFIX, '') === hash) return true;
  }
  return false;
}
