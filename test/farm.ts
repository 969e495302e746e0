/**
 * A second server for tests: what stands at each path can be changed while it runs, and who asked for what is noted.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { TestContext } from 'node:test';

/** What a path answers. `etag` makes it answer 304 to who shows it. */
export interface Page {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly etag?: string;
  readonly body?: string | Uint8Array;
}

export interface Asked {
  readonly path: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

export interface Farm {
  readonly url: string;
  readonly pages: Map<string, Page>;
  readonly asked: Asked[];
}

/** Starts a server on loopback that ends with the test. */
export async function startFarm(t: TestContext): Promise<Farm> {
  const pages = new Map<string, Page>();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const page = pages.get(path) ?? { status: 404 };
    const isSame = page.etag !== undefined && request.headers['if-none-match'] === page.etag;
    const status = isSame ? 304 : (page.status ?? 200);
    asked.push({ path, status, headers: request.headers });
    const etag = page.etag === undefined ? {} : { etag: page.etag };
    response.writeHead(status, { 'content-type': 'application/rss+xml', ...etag, ...page.headers });
    response.end(isSame ? undefined : page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, pages, asked };
}

export interface FarmItem {
  readonly name: string;
  readonly text?: string;
}

/** An RSS feed of invented items, the first of them the newest. */
export function rss(items: readonly FarmItem[], channel = ''): string {
  const listed = items.map(
    ({ name, text = `All there is to say about ${name}.` }) =>
      `<item><title>${name}</title><link>https://town.example/${name}</link><guid>${name}</guid>` +
      `<pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;${text}&lt;/p&gt;</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Town</title><link>https://town.example/</link><description>Of the town</description>${channel}${listed.join('')}</channel></rss>`;
}
