/** What an HTTP status means for somebody who waits for a document, and what to do about it. */
import type { FetchOutcome } from '../model/fetch.ts';
import { retryAfterMs, type ResponseHeaders } from './response-headers.ts';

/** Every outcome of a status that brings no document. */
export type WithoutDocument = Extract<FetchOutcome, { kind: 'gone' | 'failed' }>;

const MEANINGS: Readonly<Record<number, string>> = {
  204: 'has nothing to say at this address. Check the address.',
  206: 'sent a part of the document, though all was asked for. It is tried again later.',
  300: 'offers several documents and chooses none. Give the address of one of them.',
  304: 'says "not modified" of a document that it never sent. It is tried again later; if it stays, the publisher has to mend it.',
  400: 'does not understand the request. Check the address.',
  401: 'asks for a password. Give one in auth of this source; it is sent to the host in its url only, so write the address at which redirects end.',
  402: 'asks for money. Ask the publisher for a subscription, and give its password in auth of this source.',
  403: 'refuses to give the document to us. Some publishers turn away programs: try headers of this source, or ask the publisher.',
  405: 'does not allow this address to be read. Check the address.',
  406: 'has no form of the document that is read here. Set Accept in headers of this source.',
  407: 'is behind a proxy that asks for a password. Write it in fetch.proxy, as http://USER:PASSWORD@HOST:PORT.',
  408: 'gave up waiting. It is tried again later.',
  421: 'does not know itself by this name. Check the address.',
  429: 'says that it is asked too often. It is left alone for a while; read it less often (schedule) if this comes back.',
  451: 'may not give the document for legal reasons. Ask the publisher.',
  503: 'is overloaded or under maintenance. It is tried again later.',
};

/** @param now for Retry-After, where the server does not tell its own time */
export function describeStatus(
  status: number,
  headers: ResponseHeaders,
  host: string,
  now: number,
): WithoutDocument {
  if (status === 404 || status === 410)
    return {
      kind: 'gone',
      status,
      message:
        status === 410
          ? `${host} says that the document is gone for good (410). Look for its new address, or remove the source.`
          : `${host} has no document at this address (404). Check the address, or look for a new one.`,
    };
  return {
    kind: 'failed',
    code: 'http-status',
    message: `${host} ${MEANINGS[status] ?? generalMeaning(status)} (HTTP status ${status}.)`,
    status,
    retryAfterMs: retryAfterMs(headers, now),
  };
}

function generalMeaning(status: number): string {
  if (status >= 500 && status < 600) return 'has trouble of its own. It is tried again later.';
  if (status >= 400 && status < 500) return 'rejects the request. Check the address.';
  if (status >= 300 && status < 400) return 'redirects without saying where. The publisher has to mend that.';
  return 'answers in a way that makes no sense here. Check the address.';
}
