/** From the answer at the end of the way to an outcome: a document, nothing new, gone, or a status that failed. */
import { createHash } from 'node:crypto';
import { decodeDocument } from '../decode/decode-document.ts';
import { FeedmillError } from '../model/error.ts';
import type { FetchedDocument, FetchOutcome, FetchRequest } from '../model/fetch.ts';
import { describeStatus, type WithoutDocument } from './describe-status.ts';
import type { Arrival } from './follow-redirects.ts';
import { warnOfHeaders } from './request-headers.ts';
import { freshForMs, header, mediaTypeOf, validatorsOf } from './response-headers.ts';
import { shownAddress } from './target.ts';

/**
 * Of an answer with a body, or with a status that explains why there is none.
 *
 * @throws FeedmillError `unreachable`, where the document is visibly cut short
 */
export function readArrival(request: FetchRequest, arrival: Arrival, now: number): FetchOutcome {
  if (arrival.body === null) return withoutDocument(arrival, now);
  const document = toDocument(request, arrival, arrival.body, now);
  if (request.expects === 'feed') refuseCutShort(document, arrival);
  return { kind: 'fetched', document };
}

/** The end tag of a feed or page, or the brace of JSON Feed, with comments after it. */
const END = /(<\/(\w+:)?(rss|feed|rdf|channel|html)\s*>|\})\s*(<!--[^<]*-->\s*)*$/i;

/**
 * A body that nothing but the end of the connection ends may have been cut by anybody on the way, even under TLS: Node
 * does not tell whether the other side closed it in due form (RFC 9112 section 9.8).
 *
 * @throws FeedmillError `unreachable`
 */
function refuseCutShort({ url, text }: FetchedDocument, { headers }: Arrival): void {
  const framed = header(headers, 'content-length') ?? header(headers, 'transfer-encoding');
  if (framed === null && url.startsWith('https:') && !END.test(text.slice(-1000)))
    throw new FeedmillError(
      'unreachable',
      `${new URL(url).host} sent a document that was cut short. It is tried again later.`,
    );
}

/** Of a 304 that was asked for. What the server sends anew replaces what was kept (RFC 9111 section 4.3.4). */
export function readNotModified(
  request: FetchRequest,
  { headers, movedTo }: Arrival,
  now: number,
): FetchOutcome {
  const told = validatorsOf(headers);
  return {
    kind: 'not-modified',
    validators: {
      etag: told.etag ?? request.validators?.etag ?? null,
      lastModified: told.lastModified ?? request.validators?.lastModified ?? null,
    },
    freshForMs: freshForMs(headers, now),
    movedTo,
  };
}

/** Of an answer that brought nothing. */
export function withoutDocument({ status, headers, url }: Arrival, now: number): WithoutDocument {
  return describeStatus(status, headers, new URL(url).host, now);
}

function toDocument(request: FetchRequest, arrival: Arrival, body: Buffer, now: number): FetchedDocument {
  const { url, movedTo, headers } = arrival;
  const where = shownAddress(url);
  const decoded = decodeDocument(body, header(headers, 'content-type'), where);
  return {
    url,
    movedTo,
    mediaType: mediaTypeOf(headers),
    text: decoded.text,
    bytes: body.length,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    validators: validatorsOf(headers),
    freshForMs: freshForMs(headers, now),
    warnings: [...warnOfHeaders(request.headers, where), ...arrival.warnings, ...decoded.warnings],
  };
}
