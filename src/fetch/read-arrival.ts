/** From the answer at the end of the way to an outcome: a document, nothing new, gone, or a status that failed. */
import { createHash } from 'node:crypto';
import { decodeDocument } from '../decode/decode-document.ts';
import type { FetchedDocument, FetchOutcome, FetchRequest } from '../model/fetch.ts';
import { describeStatus, type WithoutDocument } from './describe-status.ts';
import type { Arrival } from './follow-redirects.ts';
import { warnOfHeaders } from './request-headers.ts';
import { freshForMs, header, mediaTypeOf, validatorsOf } from './response-headers.ts';

/** Of an answer with a body, or with a status that explains why there is none. */
export function readArrival(request: FetchRequest, arrival: Arrival, now: number): FetchOutcome {
  return arrival.body === null
    ? withoutDocument(arrival, now)
    : { kind: 'fetched', document: toDocument(request, arrival, arrival.body, now) };
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
  const decoded = decodeDocument(body, header(headers, 'content-type'), url);
  return {
    url,
    movedTo,
    mediaType: mediaTypeOf(headers),
    text: decoded.text,
    bytes: body.length,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    validators: validatorsOf(headers),
    freshForMs: freshForMs(headers, now),
    warnings: [...warnOfHeaders(request.headers, url), ...arrival.warnings, ...decoded.warnings],
  };
}
