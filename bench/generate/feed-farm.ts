/**
 * A farm of feeds on loopback, in a process of its own so that what it costs is not counted: `node feed-farm.ts FEEDS`.
 * It prints its address and reads commands from its input, a word a line: `new` gives every feed one item more.
 * Half of the feeds are Chinese, the texts are 1 to 8 KB, invented from a seed: every run serves the same.
 */
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { createHash } from 'node:crypto';
import { sentences } from './sentences.ts';

const ITEMS = 30;
const START = Date.UTC(2026, 0, 1);

const feeds = Number(process.argv[2] ?? 500);
let round = 0;
const bodies = new Map<string, { body: Buffer; etag: string }>();
let requests = 0;

/** The feed as it is in a round: the newest item first. */
function render(feed: number): { body: Buffer; etag: string } {
  const items = Array.from({ length: ITEMS }, (_, place) => renderItem(feed, ITEMS + round - place));
  const body = Buffer.from(
    `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Feed ${feed}</title><link>http://feed${feed}.example/</link><description>Number ${feed}</description>\n${items.join('\n')}\n</channel></rss>\n`,
  );
  return { body, etag: `"${createHash('sha1').update(body).digest('hex')}"` };
}

function renderItem(feed: number, number: number): string {
  const seed = feed * 1000 + number;
  const isChinese = feed % 2 === 0;
  const size = 1000 + ((seed * 7919) % 7000);
  const paragraphs = sentences(seed, isChinese, size).map((text) => `<p>${text}</p>`);
  const title = sentences(seed, isChinese, 30)[0]?.slice(0, 40) ?? '';
  const address = `http://feed${feed}.example/items/${number}`;
  const picture = `<p><img src="http://feed${feed}.example/${number}.jpg" alt=""> <a href="/about">…</a></p>`;
  return `<item><title>${title} ${number}</title><link>${address}</link><guid>${address}</guid><pubDate>${new Date(START + number * 3_600_000).toUTCString()}</pubDate><content:encoded><![CDATA[${paragraphs.join('')}${picture}]]></content:encoded></item>`;
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
