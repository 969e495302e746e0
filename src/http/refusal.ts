/**
 * What is said where a request cannot be answered: one plain sentence, as problem details (RFC 9457) for the API,
 * as a page for people, as a line of text for feed readers. HTTP statuses are chosen here and nowhere else.
 */
import type { NextFunction, Request, Response } from 'express';
import type { App } from '../app/app.ts';
import { type ErrorCode, FeedmillError } from '../model/error.ts';
import { PAGE_SECURITY } from './answer/policies.ts';

/** Takes a line about a request; pino's loggers fit. */
export interface HttpLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'A login is needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'This address does not take that method',
  421: 'Open on this machine only',
  500: 'Something went wrong here',
  503: 'Not now',
};

const SENTENCES: Readonly<Record<number, string>> = {
  400: 'Check the address: it holds a % that is not followed by two hexadecimal digits of UTF-8, or something else that no address may hold.',
  404: 'There is nothing at this address. The feeds that are offered are listed in /feeds.opml.',
  500: 'The log of the server says what. Trying again later may help.',
};

const STATUSES: Partial<Readonly<Record<ErrorCode, number>>> = {
  'not-found': 404,
  'not-allowed': 403,
  usage: 400,
  'database-in-use': 503,
};

/** Thrown by a route that will not answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, sentence?: string, headers: Readonly<Record<string, string>> = {}) {
    super(sentence ?? SENTENCES[status] ?? TITLES[status] ?? '');
    this.status = status;
    this.headers = headers;
  }
}

/** The last of Express's handlers: turns whatever was thrown into an answer. A bug is logged whole and told as 500. */
export function refusalHandler(app: App, log: HttpLog) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const refusal = toRefusal(error);
    if (refusal.status >= 500) log.error({ err: error, path: request.path }, 'request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...refusal.headers });
    response.status(refusal.status);
    sendRefusal(app, refusal, request, response);
  };
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof FeedmillError) return new Refusal(STATUSES[error.code] ?? 500, error.message);
  // Express tells of addresses it cannot decode by an error with a status of its own.
  const status = error instanceof Error && 'status' in error ? error.status : 500;
  return new Refusal(status === 400 ? 400 : 500);
}

function sendRefusal(app: App, refusal: Refusal, request: Request, response: Response): void {
  const title = TITLES[refusal.status] ?? 'Refused';
  const detail = refusal.message;
  if (request.path.startsWith('/api/')) {
    response
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title, status: refusal.status, detail }));
  } else if (isForPeople(request)) {
    for (let i = 0; i < PAGE_SECURITY.length; i += 2)
      response.set(PAGE_SECURITY[i] ?? '', PAGE_SECURITY[i + 1] ?? '');
    response.type('text/html; charset=utf-8').send(app.errorHtml(title, detail));
  } else {
    response.type('text/plain; charset=utf-8').send(`${title}. ${detail}\n`);
  }
}

/** A browser asks for HTML by name; feed readers and scripts are told in one line. */
function isForPeople(request: Request): boolean {
  return (
    !/\.(?:xml|atom|rss|json|opml|css)$/.test(request.path) &&
    /text\/html/.test(request.headers.accept ?? 'text/html')
  );
}
