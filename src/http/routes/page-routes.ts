/** The addresses of pages, lists and the stylesheet. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import type { App, Rendered } from '../../app/app.ts';
import { prepareAnswer, sendAnswer } from '../answer/answer.ts';
import { type Door, answerWith, ownerOnly, requireOwner } from '../door.ts';
import { hasToken, openPublication, requireReading } from './feed-routes.ts';
import { ASSET, PRIVATE_LIST, PRIVATE_PAGE, PUBLIC_LIST, PUBLIC_PAGE } from '../answer/policies.ts';
import { Refusal } from '../refusal.ts';

/** GET and HEAD of everything that is looked at rather than subscribed to. */
export function pageRoutes(door: Door): Router {
  const { app } = door;
  const router = Router();
  router.all('/feeds/:name', reading, (request, response) => serveFeedPage(door, request, response));
  router.all('/items/:id', reading, (request, response) => serveItem(door, request, response));
  router.all('/feeds.opml', reading, (request, response) =>
    answerWith(request, response, app.feedsOpml(), PUBLIC_LIST),
  );
  router.all('/sources.opml', reading, ownerOnly(door), (request, response) =>
    answerWith(request, response, app.sourcesOpml(), PRIVATE_LIST),
  );
  router.all('/', reading, ownerOnly(door), (request, response) =>
    answerWith(request, response, app.indexHtml(), PRIVATE_PAGE),
  );
  router.all('/assets/:file', reading, (request, response) =>
    answerWith(request, response, stylesheetAt(app, request.path), ASSET),
  );
  return router;
}

async function stylesheetAt(app: App, path: string): Promise<Rendered | null> {
  const stylesheet = await app.stylesheet();
  return stylesheet.path === path ? stylesheet.rendered : null;
}

async function serveFeedPage(door: Door, request: Request, response: Response): Promise<void> {
  const publication = openPublication(door, textParam(request, 'name'), request);
  if (publication === null) throw new Refusal(404);
  const policy = publication.token === null ? PUBLIC_PAGE : PRIVATE_PAGE;
  await answerWith(request, response, door.app.feedHtml(publication.name), policy);
}

/**
 * An item in an open feed is everybody's; one behind a token opens with that token. Any other is the owner's, and who is
 * not the owner gets the same answer for an item that does not exist.
 */
async function serveItem(door: Door, request: Request, response: Response): Promise<void> {
  const found = await door.app.itemHtml(textParam(request, 'id'));
  const open = found?.public === true;
  if (!open && !opensWithToken(door, found?.feeds ?? [], request)) await requireOwner(door, request);
  if (found === null) throw new Refusal(404);
  sendAnswer(request, response, prepareAnswer(found.rendered, open ? PUBLIC_PAGE : PRIVATE_PAGE));
}

function opensWithToken(door: Door, feeds: readonly string[], request: Request): boolean {
  return door.app
    .publications()
    .some(
      (publication) =>
        publication.token !== null && feeds.includes(publication.name) && hasToken(publication, request),
    );
}

function reading(request: Request, _response: Response, next: NextFunction): void {
  requireReading(request);
  next();
}

function textParam(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}
