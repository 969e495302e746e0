/** Counts for Prometheus. The only user of prom-client. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { App } from '../app/app.ts';

/** One answered request. */
export interface RequestRecord {
  readonly method: string;
  /** Without the query, which may hold a token. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface HttpMetrics {
  readonly mediaType: string;
  count(record: RequestRecord): void;
  /** The text that Prometheus reads. */
  render(): Promise<string>;
}

/** What an address is about: few words, so that there are few series. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^\/feeds\/[^/]+\/archive\//, 'archive'],
  [/^\/(?:feeds\/)?[^/]+\.(?:xml|atom|rss|json)$/, 'feed'],
  [/^\/feeds\//, 'page'],
  [/^\/items\//, 'item'],
  [/^\/[^/]+\.opml$/, 'list'],
  [/^\/api\//, 'api'],
  [/^\/assets\//, 'asset'],
  [/^\/(?:healthz|readyz|metrics)$/, 'status'],
  [/^\/$/, 'front'],
];

function kindOf(path: string): string {
  return KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';
}

/** A registry of its own, so that several servers may live in one process. */
export function createMetrics(app: App): HttpMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'feedmill_http_requests_total',
    help: 'Requests answered, by kind of address, method and status.',
    labelNames: ['kind', 'method', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'feedmill_http_request_seconds',
    help: 'Time from request to the end of the answer, by kind of address.',
    labelNames: ['kind'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers: [registry],
  });
  const ready = new Gauge({
    name: 'feedmill_ready',
    help: '1 once the first import of this start is done.',
    registers: [],
    collect() {
      this.set(app.health().ready ? 1 : 0);
    },
  });
  registry.registerMetric(ready);
  return {
    mediaType: registry.contentType,
    count(record) {
      const kind = kindOf(record.path);
      requests.inc({ kind, method: knownMethod(record.method), status: record.status });
      seconds.observe({ kind }, record.milliseconds / 1000);
    },
    render: () => registry.metrics(),
  };
}

/** A client may send any word as a method; series must stay few. */
function knownMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'OPTIONS'].includes(method) ? method : 'other';
}
