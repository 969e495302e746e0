/** Icons of sources, by the hash of their bytes: who does not know a picture cannot ask for it. */
import { type Request, type Response, Router } from 'express';
import type { Door } from '../door.ts';
import { Refusal } from '../refusal.ts';
import { requireReading } from './feed-routes.ts';

/** What came from elsewhere is shown as a picture and never as anything else. */
const ALONE = "default-src 'none'; sandbox";

/** `/icons/HASH`. */
export function iconRoutes(door: Door): Router {
  const router = Router();
  router.all('/icons/:hash', (request, response) => sendIcon(door, request, response));
  return router;
}

async function sendIcon(door: Door, request: Request, response: Response): Promise<void> {
  requireReading(request);
  const { hash } = request.params;
  const icon = await door.app.icon(typeof hash === 'string' ? hash : '');
  if (icon === null) throw new Refusal(404);
  response
    .set({
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Security-Policy': ALONE,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
    })
    .type(icon.mediaType)
    .send(Buffer.from(icon.bytes));
}
