/**
 * The network's door: one HTTP server, with Express behind it and the shortcut for prepared feeds ahead of it.
 * Every request leaves one line in the log and one count in the metrics, whichever way it was answered;
 * neither ever holds a query, which may hold a token.
 */
import { type IncomingMessage, type Server, createServer } from 'node:http';
import express, { type Express } from 'express';
import type { App } from '../app/app.ts';
import { sendAnswer } from './answer/answer.ts';
import type { Door } from './door.ts';
import { feedRoutes } from './routes/feed-routes.ts';
import { iconRoutes } from './routes/icon-routes.ts';
import { type RequestRecord, createMetrics } from './metrics.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { createPreparedAnswers } from './answer/prepared.ts';
import { type HttpLog, Refusal, refusalHandler } from './refusal.ts';
import { statusRoutes } from './routes/status-routes.ts';

export interface HttpServerOptions {
  readonly app: App;
  readonly log: HttpLog;
  /** What the command line shows to speak to the running server (`Authorization: Bearer …`). */
  readonly controlToken: string;
}

export interface HttpServer {
  /** Not yet listening. */
  readonly server: Server;
  /** Takes no more connections, lets running requests end, and cuts what is left after the grace. */
  close(graceMs?: number): Promise<void>;
}

/** Whoever sends a request byte by byte loses the connection. Nobody sends us more than a few KB. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 30_000;
const GRACE_MS = 10_000;
const IDLE_SWEEP_MS = 50;

/** Makes the server. The caller listens, and tells the app its address (`app.setBaseUrl`). */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { app, log } = options;
  const metrics = createMetrics(app);
  const prepared = createPreparedAnswers(() => app.generation());
  const record = (entry: RequestRecord) => {
    metrics.count(entry);
    log.info(entry, 'request');
  };
  const patience = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS };
  const server = createServer(patience, (request, response) => {
    const started = performance.now();
    const answer = prepared.find(request);
    if (answer === null) {
      response.once('close', () => record(recordOf(request, response.statusCode, started)));
      router(request, response);
      return;
    }
    record(recordOf(request, sendAnswer(request, response, answer), started));
  });
  const door: Door = { app, server, controlToken: options.controlToken, prepared, metrics };
  const router = createRouter(door, log);
  return { server, close: (graceMs = GRACE_MS) => closeGracefully(server, graceMs) };
}

function createRouter(door: Door, log: HttpLog): Express {
  const router = express();
  router.disable('x-powered-by');
  router.disable('etag');
  router.set('query parser', 'simple');
  router.set('case sensitive routing', true);
  router.use((request, _response, next) => {
    if (/%(?![0-9a-f]{2})/i.test(request.path)) throw new Refusal(400);
    // Node believes the first of several; a proxy before us may believe another (RFC 9112 section 3.2).
    if ((request.headersDistinct['host']?.length ?? 0) > 1) throw new Refusal(400);
    next();
  });
  router.use(statusRoutes(door), feedRoutes(door), pageRoutes(door), iconRoutes(door));
  router.use(() => {
    throw new Refusal(404);
  });
  router.use(refusalHandler(door.app, log));
  return router;
}

function recordOf(request: IncomingMessage, status: number, started: number): RequestRecord {
  const url = request.url ?? '';
  const query = url.indexOf('?');
  return {
    method: request.method ?? '',
    path: query === -1 ? url : url.slice(0, query),
    status,
    milliseconds: Math.round((performance.now() - started) * 1000) / 1000,
  };
}

async function closeGracefully(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that becomes idle after the call would otherwise be kept until its own time-out.
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
  const end = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(end);
}
