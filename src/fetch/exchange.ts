/** One request and its answer, from the name of a host to the last byte; the connection ends with it. */
import { findAddresses, type Resolve } from './find-addresses.ts';
import { openConnection, type ConnectionSettings } from './connect.ts';
import { readBody } from './read-body.ts';
import type { Headers } from './request-headers.ts';
import type { ResponseHeaders } from './response-headers.ts';
import type { Target } from './target.ts';

/** What holds for every request of one fetch. */
export interface Circumstances extends ConnectionSettings {
  readonly resolve: Resolve;
  readonly maxBytes: number;
  /** Ends everything: the deadline, or somebody outside. */
  readonly signal: AbortSignal;
}

/** An answer that was read. */
export interface Answer {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Unpacked; null where the status promises no document, and none was read. */
  readonly body: Buffer | null;
}

/** Statuses that come with a document: 200, and 203 from a proxy that changed it. */
const WITH_DOCUMENT = [200, 203];

/** @throws FeedmillError, what undici throws, and the signal's reason */
export async function exchange(
  { url }: Target,
  headers: Headers,
  circumstances: Circumstances,
): Promise<Answer> {
  const { guard, resolve, signal, maxBytes } = circumstances;
  const addresses = await orAborted(findAddresses(url, guard, resolve), signal);
  const connection = openConnection(url, addresses, circumstances);
  const { origin, pathname, search } = new URL(url);
  try {
    const answer = await connection.request({
      origin,
      path: pathname + search,
      method: 'GET',
      headers,
      signal,
    });
    // What is thrown away may still fail, after nobody listens any more.
    answer.body.on('error', () => undefined);
    const document = WITH_DOCUMENT.includes(answer.statusCode);
    const body = document ? await readBody(answer.body, answer.headers, maxBytes) : null;
    return { status: answer.statusCode, headers: answer.headers, body };
  } finally {
    await connection.destroy();
  }
}

/** Look-ups cannot be called off: they are left to end by themselves. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
