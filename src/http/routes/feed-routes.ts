/** The addresses of feeds and of their archive pages (product.md section 3). Whose token is wrong learns nothing: 404, as for no feed. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import type { FeedPageNumber } from '../../app/app.ts';
import type { FeedFormat, Publication } from '../../model/publication.ts';
import { prepareAnswer, sendAnswer } from '../answer/answer.ts';
import type { Door } from '../door.ts';
import { PRIVATE_FEED, PUBLIC_FEED } from '../answer/policies.ts';
import { Refusal } from '../refusal.ts';
import { isSameSecret, queryToken } from '../token.ts';

/** One document of one publication, as an address names it. */
interface FeedAddress {
  readonly publication: Publication;
  readonly format: FeedFormat;
  readonly page: FeedPageNumber;
}

const FEED = /^\/feeds\/([^/]+)\.(atom|rss|json)$/;
const ARCHIVE_PAGE = /^\/feeds\/([^/]+)\/archive\/([1-9]\d{0,8})\.atom$/;
const FIRST_FEED = /^\/feed\.(atom|rss|json|xml)$/;

const PREFLIGHT_HEADERS = {
  Allow: 'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since',
  'Access-Control-Max-Age': '86400',
};

/** GET, HEAD and OPTIONS of feeds. */
export function feedRoutes(door: Door): Router {
  const router = Router();
  const serve =
    (addressOf: (request: Request) => FeedAddress | null) =>
    async (request: Request, response: Response, next: NextFunction) => {
      const address = addressOf(request);
      if (address === null) next();
      else await serveFeed(door, address, request, response);
    };
  router.all(
    FEED,
    serve((request) => namedFeed(door, request)),
  );
  router.all(
    ARCHIVE_PAGE,
    serve((request) => archivePage(door, request)),
  );
  // Paths are looked up at each request, so that a changed configuration counts at once.
  router.use(serve((request) => feedWithPath(door, request)));
  router.all(
    FIRST_FEED,
    serve((request) => firstFeed(door, request)),
  );
  return router;
}

/** The publication that a request may see: it exists, and its token, where it has one, is there. */
export function openPublication(door: Door, name: string, request: Request): Publication | null {
  const publication = door.app.publications().find((candidate) => candidate.name === name);
  return publication !== undefined && hasToken(publication, request) ? publication : null;
}

/** Whether a request carries what the publication wants. */
export function hasToken(publication: Publication, request: Request): boolean {
  if (publication.token === null) return true;
  const given = queryToken(request);
  return given !== null && isSameSecret(given, publication.token);
}

function namedFeed(door: Door, request: Request): FeedAddress | null {
  const publication = openPublication(door, request.params['0'] ?? '', request);
  const format = readFormat(request.params['1']);
  return publication === null || format === null ? null : { publication, format, page: 'current' };
}

function archivePage(door: Door, request: Request): FeedAddress | null {
  const publication = openPublication(door, request.params['0'] ?? '', request);
  return publication === null ? null : { publication, format: 'atom', page: Number(request.params['1']) };
}

function feedWithPath(door: Door, request: Request): FeedAddress | null {
  const publication = door.app
    .publications()
    .find(({ path }) => path !== null && (path === request.path || encodeURI(path) === request.path));
  return publication !== undefined && hasToken(publication, request)
    ? { publication, format: publication.format, page: 'current' }
    : null;
}

function firstFeed(door: Door, request: Request): FeedAddress | null {
  const publication = door.app.publications()[0];
  const ending = request.params['0'];
  const format = ending === 'xml' ? (publication?.format ?? null) : readFormat(ending);
  return publication === undefined || format === null || !hasToken(publication, request)
    ? null
    : { publication, format, page: 'current' };
}

async function serveFeed(
  door: Door,
  address: FeedAddress,
  request: Request,
  response: Response,
): Promise<void> {
  if (request.method === 'OPTIONS') {
    response.set(PREFLIGHT_HEADERS).status(204).end();
    return;
  }
  requireReading(request);
  const { publication, format, page } = address;
  // Read before the bytes are asked for: what changes in between must not be kept.
  const generation = door.app.generation();
  const rendered = await door.app.feed(publication.name, format, page);
  if (rendered === null) throw new Refusal(404);
  const open = publication.token === null;
  const answer = prepareAnswer(rendered, open ? PUBLIC_FEED : PRIVATE_FEED);
  if (open && page === 'current') door.prepared.put(request.originalUrl, answer, generation);
  sendAnswer(request, response, answer);
}

/** @throws Refusal for a method that changes something */
export function requireReading(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  throw new Refusal(405, 'Only GET and HEAD are understood here.', { Allow: 'GET, HEAD' });
}

function readFormat(text: string | undefined): FeedFormat | null {
  return text === 'atom' || text === 'rss' || text === 'json' ? text : null;
}
