/**
 * A publisher that misbehaves, byte by byte: what a fault is made of, for the table of faults. Listens on loopback and ends
 * with its test.
 */
import * as http from 'node:http';
import * as net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import * as tls from 'node:tls';
import { certificate, FEED, listen } from './world.ts';

/** What is done with the nth connection (from 0), once its request has come in. */
export type Conduct = (socket: net.Socket, nth: number) => void | Promise<void>;

export interface FaultyPlace {
  readonly origin: string;
  /** Heads of the requests, as they came. */
  readonly heads: readonly string[];
}

/** A server that does as told after each request. */
export async function misbehave(t: TestContext, conduct: Conduct): Promise<FaultyPlace> {
  const heads: string[] = [];
  const server = net.createServer((socket) => converse(socket, heads, conduct));
  return { origin: `http://good.test:${await listen(t, server)}`, heads };
}

/** The same behind TLS. */
export async function misbehaveInTls(
  t: TestContext,
  options: tls.TlsOptions,
  conduct: Conduct = (socket) => void socket.end(document()),
): Promise<FaultyPlace> {
  const heads: string[] = [];
  const server = tls.createServer(options, (socket) => converse(socket, heads, conduct));
  return { origin: `https://good.test:${await listen(t, server)}`, heads };
}

/** A server that answers a TCP connection before anything is said: for faults of the handshake. */
export async function misbehaveAtOnce(
  t: TestContext,
  greet: (socket: net.Socket) => void,
): Promise<FaultyPlace> {
  const server = net.createServer(greet);
  return { origin: `https://good.test:${await listen(t, server)}`, heads: [] };
}

/** A port of the publisher on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.99.10', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function converse(socket: net.Socket, heads: string[], conduct: Conduct): void {
  let head = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    head += chunk.toString('latin1');
    if (!head.includes('\r\n\r\n')) return;
    heads.push(head);
    head = '';
    void conduct(socket, heads.length - 1);
  });
}

/** A whole answer. */
export function document(headers: readonly string[] = [], body = FEED, status = '200 OK'): string {
  return [`HTTP/1.1 ${status}`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', body].join(
    '\r\n',
  );
}

/** An answer without a body. */
export function answer(status: string, ...headers: string[]): string {
  return [`HTTP/1.1 ${status}`, 'Content-Length: 0', ...headers, '', ''].join('\r\n');
}

/** Sends the same bytes each time, then closes. */
export function always(bytes: string | Buffer): Conduct {
  return (socket) => void socket.end(bytes);
}

/** Sends these bytes one after the other, the last one again and again. */
export function inTurn(...answers: string[]): Conduct {
  return (socket, nth) => void socket.end(answers[Math.min(nth, answers.length - 1)] ?? '');
}

/** Sends `first` at once, then piece by piece until nobody listens any more. */
export function drip(first: string, pieces: Iterable<string>, everyMs: number): Conduct {
  return async (socket) => {
    socket.write(first);
    for (const piece of pieces) {
      await sleep(everyMs);
      if (socket.destroyed) return;
      socket.write(piece);
    }
  };
}

/** Endless header lines. */
export function* headerLines(): Generator<string> {
  for (let line = 0; ; line += 1) yield `X-${line}: y\r\n`;
}

/** Many certificates, none of which is needed. */
export function hugeChain(): tls.TlsOptions {
  const { key, cert } = certificate('good');
  return { key, cert: cert + certificate('root').cert.repeat(2200) };
}

/** Ends TCP below a TLS connection without saying so in TLS. */
export function truncate(part: string): Conduct {
  return async (socket) => {
    socket.write(part);
    await sleep(50);
    socket.destroy();
  };
}

/** The statuses that Node writes, for a plain server. */
export function statusLine(status: number): string {
  return `${status} ${http.STATUS_CODES[status] ?? 'Whatever'}`;
}
