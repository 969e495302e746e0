/** Fetches and reads a source as if nothing were known of it, for those who want to see what it answers. Stores nothing. */
import type { GrindResult } from '../../grind/grind.ts';
import type { RefreshErrorCode } from '../../model/error.ts';
import type { FetchedDocument } from '../../model/fetch.ts';
import type { Fetching } from '../parts.ts';
import { readPages } from './read-pages.ts';
import { requestFor } from './request.ts';
import type { FetchedSource } from './source-state.ts';

/** The first document, and the items of all pages; or why there is none. */
export type ReadAfresh =
  | { readonly document: FetchedDocument; readonly result: GrindResult }
  | { readonly error: { readonly code: RefreshErrorCode; readonly message: string } };

/** Rejects only when aborted. */
export async function readAfresh(
  parts: Fetching,
  source: FetchedSource,
  signal: AbortSignal | undefined,
): Promise<ReadAfresh> {
  const outcome = await parts.fetcher().fetch(requestFor(source, source.url), signal);
  if (outcome.kind === 'failed') return { error: { code: outcome.code, message: outcome.message } };
  if (outcome.kind === 'gone') return { error: { code: 'http-status', message: outcome.message } };
  if (outcome.kind === 'not-modified') {
    const message = `${source.url} answers 304 to a question without conditions; tell its publisher`;
    return { error: { code: 'http-status', message } };
  }
  const { document } = outcome;
  const numbered = { source, number: 0, pipelineHash: '' };
  const first = { document, asked: source.url, known: {} };
  return { document, result: await readPages(parts, numbered, first, signal) };
}
