/**
 * What is asked of the network for a source. Headers and credentials are for the source's own origin: an address to which
 * it moved, or a next page, elsewhere gets none of them.
 */
import type { FetchRequest, Validators } from '../../model/fetch.ts';
import type { HttpUrl } from '../../model/url.ts';
import type { FetchedSource } from './source-state.ts';

/** @param url of the source, or where it led */
export function requestFor(
  source: FetchedSource,
  url: HttpUrl,
  validators: Validators | null = null,
): FetchRequest {
  const isOwn = URL.parse(url)?.origin === URL.parse(source.url)?.origin;
  return {
    url,
    validators,
    headers: isOwn ? source.headers : {},
    auth: isOwn ? source.auth : null,
    expects: source.type,
  };
}
