/**
 * A farm of feeds that lives: feeds get new items and edited ones, and a tenth of them at a time answers badly. It remembers
 * who asked for what and when, and what was listed in whole answers: that is what a reader of it must have.
 * Each feed has a loopback address of its own, so that it counts as a host of its own.
 */
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { type FarmItem, renderFarmFeed } from './farm-feed.ts';

/** One request for a feed. */
export interface Asked {
  readonly feed: number;
  readonly at: number;
  /** What was wrong with the answer; null where nothing was. */
  readonly fault: string | null;
}

export interface SoakFarm {
  urlOf(feed: number): string;
  readonly asked: readonly Asked[];
  /** The items of a feed as they are now, the newest first. */
  listed(feed: number): readonly FarmItem[];
  /** The items of a feed as they stood in its last whole answer (a 304 is none). */
  served(feed: number): ReadonlyMap<number, FarmItem>;
  /** Ends the news, and the faults. */
  rest(): void;
  stop(): void;
}

const ITEMS = 30;
const STEP_MS = 10_000;
const STEPS_A_MINUTE = 6;
/** Often enough that no healthy feed counts as silent, and too seldom for an item to fall out of the list unseen. */
const MINUTES_BETWEEN_NEW = 5;
const MINUTES_BETWEEN_EDITS = 7;
const STEPS_A_FAULT = 3 * STEPS_A_MINUTE;
const FAULTY_SHARE = 10;

type Fault = (response: ServerResponse, body: Buffer) => void;

const FAULTS: readonly [name: string, fault: Fault][] = [
  ['500', (response) => response.writeHead(500).end('down')],
  ['hang', () => undefined],
  [
    'cut body',
    (response, body) => {
      response.writeHead(200, { ...RSS, 'content-length': body.length });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
    },
  ],
  [
    'garbage',
    (response, body) => response.writeHead(200, RSS).end(createHash('sha512').update(body).digest()),
  ],
  ['429', (response) => response.writeHead(429, { 'retry-after': '120' }).end()],
  ['redirect loop', (response) => response.writeHead(302, { location: '?again' }).end()],
  ['malformed XML', (response, body) => response.writeHead(200, RSS).end(malformed(body))],
];

const RSS = { 'content-type': 'application/rss+xml' };

/** Starts the farm on a free port; its time begins with this call. */
export async function startSoakFarm(feeds: number): Promise<SoakFarm> {
  const fields = Array.from({ length: feeds }, () => ({
    items: Array.from({ length: ITEMS }, (_, place): FarmItem => ({ number: ITEMS - place, version: 0 })),
    served: new Map<number, FarmItem>(),
  }));
  const asked: Asked[] = [];
  let step = 0;
  let isResting = false;

  const server = createServer((request, response) => {
    const [, name, query] = /^\/(\d+)\.xml(\?.*)?$/.exec(request.url ?? '') ?? [];
    const feed = Number(name);
    const field = fields[feed];
    if (field === undefined) {
      response.writeHead(404).end();
      return;
    }
    const fault = isResting ? null : faultOf(feed, step);
    if (query === undefined) asked.push({ feed, at: Date.now(), fault: fault?.[0] ?? null });
    const body = Buffer.from(renderFarmFeed(feed, field.items, siteOf(feed)));
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    if (fault !== null) {
      fault[1](response, body);
    } else if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end();
    } else {
      for (const item of field.items) field.served.set(item.number, item);
      response.writeHead(200, { ...RSS, etag }).end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const growing = setInterval(() => {
    step += 1;
    for (const [feed, field] of fields.entries()) field.items = grown(field.items, feed, step);
  }, STEP_MS);

  function siteOf(feed: number): string {
    return `http://127.1.${Math.floor(feed / 250)}.${(feed % 250) + 1}:${port}/`;
  }

  return {
    urlOf: (feed) => `${siteOf(feed)}${feed}.xml`,
    asked,
    listed: (feed) => fields[feed]?.items ?? [],
    served: (feed) => fields[feed]?.served ?? new Map(),
    rest: () => {
      isResting = true;
      clearInterval(growing);
    },
    stop: () => {
      clearInterval(growing);
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Every feed has its place in the minute, its minutes of news, and its minutes of edits. */
function grown(items: readonly FarmItem[], feed: number, step: number): FarmItem[] {
  const minute = Math.floor(step / STEPS_A_MINUTE);
  if (feed % STEPS_A_MINUTE !== step % STEPS_A_MINUTE) return [...items];
  if (feed % MINUTES_BETWEEN_NEW === minute % MINUTES_BETWEEN_NEW)
    return [{ number: (items[0]?.number ?? 0) + 1, version: 0 }, ...items.slice(0, ITEMS - 1)];
  if (feed % MINUTES_BETWEEN_EDITS !== minute % MINUTES_BETWEEN_EDITS) return [...items];
  const edited = (feed + minute) % 4;
  return items.map((item, place) => (place === edited ? { ...item, version: item.version + 1 } : item));
}

/** The feeds take turns, and whose turn it is again has another fault. */
function faultOf(feed: number, step: number): (typeof FAULTS)[number] | null {
  const turn = Math.floor(step / STEPS_A_FAULT);
  // Nobody is faulty at the start: a source that never answered has nothing to lose.
  if (step < STEPS_A_MINUTE || feed % FAULTY_SHARE !== turn % FAULTY_SHARE) return null;
  return FAULTS[(Math.floor(feed / FAULTY_SHARE) + turn) % FAULTS.length] ?? null;
}

/** The same items, among what no XML parser lets pass. */
function malformed(body: Buffer): string {
  return body
    .toString()
    .replace('<description>', '<description>Salt & pepper &unheard-of; ')
    .replace('</channel></rss>', '<category domain=none>Open');
}
