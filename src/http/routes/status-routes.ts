/** Liveness, readiness, metrics, and the part of the API that the command line speaks to. */
import { type Request, type Response, Router } from 'express';
import type { RefreshReport } from '../../app/app.ts';
import { type Door, mayOwn, ownerOnly } from '../door.ts';
import { requireReading } from './feed-routes.ts';
import { Refusal } from '../refusal.ts';

/** `/healthz`, `/readyz`, `/metrics` and `POST /api/v1/sources/KEY/refresh`. */
export function statusRoutes(door: Door): Router {
  const router = Router();
  router.all('/healthz', (request, response) => sendHealth(door, request, response));
  router.all('/readyz', (request, response) => {
    requireReading(request);
    const { ready } = door.app.health();
    if (!ready) response.set('Retry-After', '1');
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'starting' });
  });
  router.all('/metrics', ownerOnly(door), (request, response) => sendMetrics(door, request, response));
  router.all('/api/v1/sources/:key/refresh', ownerOnly(door), (request, response) =>
    refreshSource(door, request, response),
  );
  return router;
}

/** Mistakes name feeds and quote values: their texts are the owner's, that there are some is everybody's. */
async function sendHealth(door: Door, request: Request, response: Response): Promise<void> {
  requireReading(request);
  const { version, configMistakes } = door.app.health();
  const status = configMistakes.length === 0 ? 'ok' : 'warning';
  const isOwner = configMistakes.length > 0 && (await mayOwn(door, request));
  const count = {
    message: `the configuration file has mistakes (${configMistakes.length}) and is not applied`,
  };
  sendJson(response, 200, {
    status,
    version,
    warnings: isOwner || configMistakes.length === 0 ? configMistakes : [count],
  });
}

async function sendMetrics(door: Door, request: Request, response: Response): Promise<void> {
  requireReading(request);
  const text = await door.metrics.render();
  response.set('Cache-Control', 'no-store').type(door.metrics.mediaType).send(text);
}

async function refreshSource(door: Door, request: Request, response: Response): Promise<void> {
  if (request.method !== 'POST') throw new Refusal(405, 'Send POST to refresh a source.', { Allow: 'POST' });
  const { key } = request.params;
  const reports: RefreshReport[] = [];
  for await (const report of door.app.refresh([typeof key === 'string' ? key : ''])) reports.push(report);
  const [report] = reports;
  if (report === undefined) throw new Refusal(404, 'No source has this key.');
  sendJson(response, 200, report);
}

function sendJson(response: Response, status: number, value: object): void {
  response
    .status(status)
    .set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    .type('application/json')
    .send(JSON.stringify(value));
}
