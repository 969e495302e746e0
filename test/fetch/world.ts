/**
 * The outside, on loopback: servers on addresses of 127.0.0.0/8, a resolver that knows what a test tells it, certificates
 * of our own. `good.test` is a publisher that may be fetched from; 127.0.0.1 stands for what may not be reached.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as net from 'node:net';
import { join } from 'node:path';
import * as tls from 'node:tls';
import type { TestContext } from 'node:test';
import { createFetcher } from '../../src/fetch/fetcher.ts';
import type { Resolve } from '../../src/fetch/find-addresses.ts';
import type { FetchSettings } from '../../src/model/config.ts';
import type { Fetcher, FetchOutcome, FetchRequest } from '../../src/model/fetch.ts';
import { parseHttpUrl, type HttpUrl } from '../../src/model/url.ts';

/** The publishers' network, which stands for the internet, and the address of good.test in it. */
export const PUBLISHERS = '127.0.99.0/24';
export const PUBLISHER = '127.0.99.10';

export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

export const FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>港口</title></channel></rss>';

export const SETTINGS: FetchSettings = {
  timeoutMs: 5000,
  maxBodyBytes: 100_000,
  concurrency: 16,
  perHost: 4,
  allowPrivate: [PUBLISHERS],
  proxy: null,
  userAgent: null,
};

/** Every name is good.test, but for what no resolver may say otherwise. */
async function resolveHere(name: string): Promise<string[]> {
  return [/(^|\.)localhost\.?$/.test(name) ? '127.0.0.1' : PUBLISHER];
}

/** Closed when the test ends. */
export function aFetcher(t: TestContext, settings: Partial<FetchSettings> = {}, resolve?: Resolve): Fetcher {
  const fetcher = createFetcher(
    { ...SETTINGS, ...settings },
    { version: '9.8.7', now: () => NOW, resolve: resolve ?? resolveHere },
  );
  t.after(() => fetcher.close());
  return fetcher;
}

export function asUrl(text: string): HttpUrl {
  const url = parseHttpUrl(text);
  assert.ok(url !== null, text);
  return url;
}

export function aRequest(url: string, more: Partial<FetchRequest> = {}): FetchRequest {
  return { url: asUrl(url), validators: null, headers: {}, auth: null, expects: 'feed', ...more };
}

/** `fetched`, `gone`, or the code of the failure. */
export function endOf(outcome: Pick<FetchOutcome, 'kind'> & { readonly code?: string }): string {
  return outcome.code ?? outcome.kind;
}

export interface Place {
  readonly port: number;
  /** `http://good.test:PORT`, or https. */
  readonly origin: string;
  /** What was asked, in order. */
  readonly asked: http.IncomingMessage[];
}

/** An HTTP server of a publisher. Without an answer of its own it sends a feed. */
export async function publish(
  t: TestContext,
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => unknown = (_, response) =>
    response.end(FEED),
  address = PUBLISHER,
): Promise<Place> {
  const asked: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  const port = await listen(t, server, address);
  return { port, origin: `http://good.test:${port}`, asked };
}

/** Waits until it listens; everything ends with the test. */
export async function listen(
  t: TestContext,
  server: net.Server,
  address = PUBLISHER,
  port = 0,
): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const bound = server.address();
  assert.ok(bound !== null && typeof bound === 'object');
  return bound.port;
}

/** A place that must not be reached; tells how often it was. */
export async function setTrap(t: TestContext, port = 0, address = '127.0.0.1') {
  const trap = { touched: 0, port: 0 };
  const server = net.createServer((socket) => {
    trap.touched += 1;
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret');
  });
  trap.port = await listen(t, server, address, port);
  return trap;
}

function pem(name: string): string {
  return readFileSync(join(import.meta.dirname, 'certificates', `${name}.pem`), 'utf8');
}

/** What a TLS server of good.test needs; see the names in certificates/. */
export function certificate(name: string): { key: string; cert: string } {
  return { key: pem('key-for-tests-only'), cert: pem(name) };
}

/** Trusts the root of the tests beside the usual ones, in this process. */
export function trustTestRoot(): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem('root')]);
}
