/**
 * What the routes share: the app, the shortcut, and the one place where a request's facts are gathered for access.ts.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import type { App, Rendered } from '../app/app.ts';
import { type AccessFacts, decideAccess } from './access.ts';
import { type AnswerPolicy, prepareAnswer, sendAnswer } from './answer/answer.ts';
import type { HttpMetrics } from './metrics.ts';
import type { PreparedAnswers } from './answer/prepared.ts';
import { Refusal } from './refusal.ts';
import { bearerToken, isSameSecret } from './token.ts';

/** Handed to every set of routes. */
export interface Door {
  readonly app: App;
  readonly server: Server;
  /** Opens the addresses by which the command line speaks to the running server. */
  readonly controlToken: string;
  readonly prepared: PreparedAnswers;
  readonly metrics: HttpMetrics;
}

/** @throws Refusal where the request may not see what belongs to the owner */
export async function requireOwner(door: Door, request: Request): Promise<void> {
  const access = decideAccess(await gatherFacts(door, request));
  if (access.kind === 'denied') throw new Refusal(access.status, access.sentence);
}

/** Whether the request may see what belongs to the owner. */
export async function mayOwn(door: Door, request: Request): Promise<boolean> {
  return decideAccess(await gatherFacts(door, request)).kind === 'granted';
}

/** Middleware for addresses that belong to the owner. */
export function ownerOnly(door: Door) {
  return async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    await requireOwner(door, request);
    next();
  };
}

/** Answers with a document once it is there; null is 404. */
export async function answerWith(
  request: Request,
  response: Response,
  document: Promise<Rendered | null>,
  policy: AnswerPolicy,
): Promise<void> {
  const rendered = await document;
  if (rendered === null) throw new Refusal(404);
  sendAnswer(request, response, prepareAnswer(rendered, policy));
}

async function gatherFacts(door: Door, request: Request): Promise<AccessFacts> {
  const config = door.app.config();
  const bearer = bearerToken(request);
  return {
    control: bearer !== null && isSameSecret(bearer, door.controlToken),
    crossSite: isCrossSite(request),
    auth: config.auth,
    hasUsers: await door.app.hasUsers(),
    listening: listeningAddress(door.server),
    host: request.headers.host ?? null,
    baseUrl: config.server.baseUrl,
    forwarded: Object.keys(request.headers).some((name) => /^(?:forwarded$|x-forwarded-)/.test(name)),
  };
}

/** Browsers say where a request comes from, either way; other clients say nothing and cannot be misused. */
function isCrossSite(request: IncomingMessage): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = request.headers.origin;
  return origin !== undefined && URL.parse(origin)?.host !== request.headers.host;
}

function listeningAddress(server: Server): string {
  const address = server.address();
  return address === null || typeof address === 'string' ? '' : address.address;
}
