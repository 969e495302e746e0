/**
 * A farm of feeds on loopback, in a process of its own so that what it costs is not counted: `node feed-farm.ts FEEDS`.
 * It prints its address and reads commands from its input, a word a line: `new` gives every feed one item more.
 */
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { createHash } from 'node:crypto';
import { renderFarmFeed } from './farm-feed.ts';

const ITEMS = 30;

const feeds = Number(process.argv[2] ?? 500);
let round = 0;
const bodies = new Map<string, { body: Buffer; etag: string }>();
let requests = 0;

/** The feed as it is in a round: the newest item first. */
function render(feed: number): { body: Buffer; etag: string } {
  const items = Array.from({ length: ITEMS }, (_, place) => ({ number: ITEMS + round - place, version: 0 }));
  const body = Buffer.from(renderFarmFeed(feed, items));
  return { body, etag: `"${createHash('sha1').update(body).digest('hex')}"` };
}

function feedAt(path: string): { body: Buffer; etag: string } | null {
  const feed = /^\/(\d+)\.xml$/.exec(path)?.[1];
  if (feed === undefined || Number(feed) >= feeds) return null;
  const name = `${feed} ${round}`;
  const made = bodies.get(name) ?? render(Number(feed));
  bodies.set(name, made);
  return made;
}

const server = createServer((request, response) => {
  requests += 1;
  const found = feedAt(request.url ?? '');
  if (found === null) {
    response.writeHead(404).end();
  } else if (request.headers['if-none-match'] === found.etag) {
    response.writeHead(304, { etag: found.etag }).end();
  } else {
    response.writeHead(200, { 'content-type': 'application/rss+xml', etag: found.etag }).end(found.body);
  }
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
});
createInterface({ input: process.stdin }).on('line', (command) => {
  if (command === 'new') {
    round += 1;
    bodies.clear();
  }
  console.log(`${command} ${requests}`);
});
