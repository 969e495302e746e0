/**
 * Sends bytes that are ready: one answer for each content coding and each outcome, its header lines made once.
 * Express's handlers and the shortcut (prepared.ts) both answer through here, so they cannot differ.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Rendered } from '../../app/app.ts';
import { type EpochMs, now } from '../../model/time.ts';
import { isUnchanged, entityTag } from './conditional.ts';
import { type ContentCoding, chooseCoding } from './content-coding.ts';

/** Header lines, name after value, as `writeHead` takes them. */
export type HeaderLines = readonly string[];

/** What a kind of address says about its answers besides what follows from the bytes. */
export interface AnswerPolicy {
  readonly cacheControl: string;
  /** On every answer, 304 included. */
  readonly always: HeaderLines;
  /** On answers that carry bytes. */
  readonly withBody: HeaderLines;
}

interface CodedAnswer {
  readonly body: Buffer;
  readonly ok: string[];
  readonly unchanged: string[];
}

/** A document with all its possible answers. */
export interface PreparedAnswer {
  readonly hash: string;
  readonly lastModified: EpochMs;
  readonly byCoding: Readonly<Record<ContentCoding, CodedAnswer>>;
}

/** Makes the header lines of a document once. */
export function prepareAnswer(rendered: Rendered, policy: AnswerPolicy): PreparedAnswer {
  const inCoding = (coding: ContentCoding) => codedAnswer(rendered, policy, coding);
  return {
    hash: rendered.hash,
    lastModified: rendered.lastModified,
    byCoding: {
      br: inCoding('br'),
      zstd: inCoding('zstd'),
      gzip: inCoding('gzip'),
      identity: inCoding('identity'),
    },
  };
}

/** Answers a GET or HEAD with 200 or 304, and says which it was. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: PreparedAnswer,
): 200 | 304 {
  const coded = answer.byCoding[chooseCoding(headerText(request.headers['accept-encoding']))];
  if (isUnchanged(request.headers, answer.hash, answer.lastModified)) {
    response.writeHead(304, coded.unchanged);
    response.end();
    return 304;
  }
  response.writeHead(200, coded.ok);
  if (request.method === 'HEAD') response.end();
  else response.end(coded.body);
  return 200;
}

function codedAnswer(rendered: Rendered, policy: AnswerPolicy, coding: ContentCoding): CodedAnswer {
  const body = coding === 'identity' ? rendered.body : rendered.encodings[coding];
  // RFC 9110 section 8.8.2: a Last-Modified of the future must not be sent.
  const modified = new Date(Math.min(rendered.lastModified, now())).toUTCString();
  const always = [
    'ETag',
    entityTag(rendered.hash, coding),
    'Last-Modified',
    modified,
    'Cache-Control',
    policy.cacheControl,
    'Vary',
    'Accept-Encoding',
    ...policy.always,
  ];
  const described = [
    'Content-Type',
    rendered.mediaType,
    'Content-Length',
    String(body.length),
    ...(coding === 'identity' ? [] : ['Content-Encoding', coding]),
  ];
  return { body, ok: [...described, ...always, ...policy.withBody], unchanged: always };
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
