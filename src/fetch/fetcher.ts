/**
 * The only door to the outside: one document or one small file a call, politely and safely. Every call waits its turn, has
 * one deadline over all its redirects, and ends in an outcome; it rejects only when somebody outside gives up.
 */
import type { FetchSettings } from '../model/config.ts';
import type { Fetcher, FetchOutcome, FetchRequest } from '../model/fetch.ts';
import { createAddressGuard } from './address-guard.ts';
import { createErrands } from './errands.ts';
import type { Circumstances } from './exchange.ts';
import { resolveBySystem, resolveIfPossible, type Resolve } from './find-addresses.ts';
import { followRedirects } from './follow-redirects.ts';
import { readArrival, readNotModified, withoutDocument } from './read-arrival.ts';
import { acceptFor, conditionalHeaders, ownHeaders, sourceHeaders } from './request-headers.ts';
import { mediaTypeOf } from './response-headers.ts';
import { readTarget } from './target.ts';

/** What a fetcher is given besides the settings. */
export interface FetcherOptions {
  /** Of Feedmill, for User-Agent. */
  readonly version: string;
  readonly now: () => number;
  /** Asked for every name; the system's resolver where it is left out. */
  readonly resolve?: Resolve;
}

/** Where publishers who wonder find out who we are. */
const ABOUT = 'https://www.npmjs.com/package/feedmill';

/** Opens nothing until asked. To be closed, which ends whatever still runs. */
export function createFetcher(settings: FetchSettings, options: FetcherOptions): Fetcher {
  const errands = createErrands(settings);
  const userAgent = settings.userAgent ?? `Feedmill/${options.version} (+${ABOUT})`;
  const resolve = options.resolve ?? resolveBySystem;
  const everywhere = {
    guard: createAddressGuard(settings.allowPrivate),
    resolve: settings.proxy === null ? resolve : resolveIfPossible(resolve),
    timeoutMs: settings.timeoutMs,
    proxy: settings.proxy,
  };

  return {
    fetch: (request, signal) =>
      errands.run(new URL(request.url).host, signal, (ending) =>
        fetchDocument(request, userAgent, options.now, {
          ...everywhere,
          maxBytes: settings.maxBodyBytes,
          signal: ending,
        }),
      ),
    fetchBytes: (url, { maxBytes, accept }, signal) =>
      errands.run(new URL(url).host, signal, async (ending) => {
        const sent = { toAll: ownHeaders(userAgent, accept), toOwnOrigin: {} };
        const given = { ...everywhere, maxBytes, signal: ending };
        const arrival = await followRedirects(readTarget(url), sent, given);
        const { body, headers } = arrival;
        if (body === null) return withoutDocument(arrival, options.now());
        return { kind: 'fetched', url: arrival.url, mediaType: mediaTypeOf(headers), body };
      }),
    close: () => errands.close(),
  };
}

async function fetchDocument(
  request: FetchRequest,
  userAgent: string,
  now: () => number,
  given: Circumstances,
): Promise<FetchOutcome> {
  const target = readTarget(request.url);
  const toOwnOrigin = sourceHeaders(request, target);
  const general = ownHeaders(userAgent, acceptFor(request.expects));
  const conditions = conditionalHeaders(request.validators);
  const arrival = await followRedirects(target, { toAll: { ...general, ...conditions }, toOwnOrigin }, given);
  if (arrival.status !== 304) return readArrival(request, arrival, now());
  if (Object.keys(conditions).length > 0) return readNotModified(request, arrival, now());
  // Some caches say "not modified" to whoever asks for the first time, and answer when they are told not to.
  const afresh = { ...general, 'cache-control': 'no-cache' };
  return readArrival(request, await followRedirects(target, { toAll: afresh, toOwnOrigin }, given), now());
}
