/**
 * `npm run bench -- parse`: how fast feeds become items, decoding and normalising included, beside a bare walk of
 * htmlparser2 and beside feedsmith in the same process. The ratios count; the megabytes depend on the machine.
 *
 * Both others do less than we: they are given text, not bytes; the walk keeps nothing; feedsmith mends no broken
 * document, resolves no address, reads no date and makes no plain text. Each is measured with the documents that it
 * reads: the walk without those in JSON, feedsmith without those that it refuses. Ours are then the same.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFeed } from 'feedsmith';
import { Parser } from 'htmlparser2';
import { decodeDocument } from '../src/decode/decode-document.ts';
import { parseHttpUrl } from '../src/model/url.ts';
import type { EpochMs } from '../src/model/time.ts';
import { normaliseItem } from '../src/normalise/normalise-item.ts';
import { parseDocument } from '../src/parse/parse-document.ts';
import { makeFeed } from './generate/feeds.ts';

const CORPUS = join(import.meta.dirname, '../../shared/corpus/feeds');
const NOW = Date.UTC(2026, 0, 1) as EpochMs;
const ROUNDS = 15;
/** Workers live long; nobody waits for the compiler. */
const WARM_UP = 8;

interface Document {
  readonly bytes: Buffer;
  readonly text: string;
  readonly contentType: string | null;
}

/** Prints, for each kind of feed, MB/s of ours and of each other one, and the ratio. */
export async function run(): Promise<void> {
  const kinds: [string, Document[]][] = [
    ['realworld', realFeeds()],
    ['English', [30_000, 300_000, 2_000_000].map((bytes) => documentOf(makeFeed('en', bytes)))],
    ['Chinese', [30_000, 300_000, 2_000_000].map((bytes) => documentOf(makeFeed('zh', bytes)))],
  ];
  for (const [name, documents] of kinds) {
    if (documents.length === 0) {
      console.log(`${name}: ../shared/corpus/feeds is not here; not measured`);
      continue;
    }
    console.log(name);
    compare('a bare walk', documents.filter(isXml), walkOnly, 0.3);
    compare('feedsmith', documents.filter(isReadByFeedsmith), readWithFeedsmith, 1.5);
  }
}

type Reader = (document: Document) => unknown;

function compare(name: string, documents: readonly Document[], other: Reader, aim: number): void {
  const bytes = documents.reduce((sum, document) => sum + document.bytes.length, 0);
  const [ours = Number.NaN, theirs = Number.NaN] = measure(documents, [readWhole, other]);
  const speed = (ms: number): string => `${(bytes / 1000 / ms).toFixed(1)} MB/s`;
  console.log(
    `  to ${name.padEnd(12)} ${(theirs / ours).toFixed(2)} (aim: ${aim})   ${speed(ours)} to ${speed(theirs)}, ` +
      `${documents.length} feeds, ${(bytes / 1e6).toFixed(1)} MB`,
  );
}

/** The median of some rounds for each, in turns, so that a busy machine is unfair to none of them. */
function measure(documents: readonly Document[], readers: readonly Reader[]): number[] {
  const times: number[][] = readers.map(() => []);
  for (let round = 0; round < WARM_UP; round += 1)
    for (const read of readers) for (const document of documents) read(document);
  for (let round = 0; round < ROUNDS; round += 1) {
    readers.forEach((read, index) => {
      const start = performance.now();
      for (const document of documents) read(document);
      times[index]?.push(performance.now() - start);
    });
  }
  return times.map((list) => list.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN);
}

function readWhole({ bytes, contentType }: Document): number {
  const url = parseHttpUrl('https://feed.invalid/');
  if (url === null) return 0;
  const { text, warnings } = decodeDocument(bytes, contentType);
  const parsed = parseDocument({ kind: 'fetched', locator: url, url, mediaType: null, text, warnings });
  if ('rejected' in parsed) return 0;
  const source = { type: 'feed', url, timezone: null } as const;
  return parsed.items.filter((item) => normaliseItem(item, source, NOW).item.title !== '').length;
}

function walkOnly({ text }: Document): number {
  let seen = 0;
  const count = (): void => {
    seen += 1;
  };
  new Parser({ onopentag: count, onclosetag: count, ontext: count }, { xmlMode: true }).end(text);
  return seen;
}

function isXml({ text }: Document): boolean {
  return text.trimStart().startsWith('<');
}

function readWithFeedsmith({ text }: Document): unknown {
  return parseFeed(text);
}

function isReadByFeedsmith(document: Document): boolean {
  try {
    return readWithFeedsmith(document) !== undefined;
  } catch {
    return false;
  }
}

function realFeeds(): Document[] {
  if (!existsSync(CORPUS)) return [];
  const cases = readFileSync(join(CORPUS, 'expect.jsonl'), 'utf8').trim().split('\n');
  return cases
    .map((line): { kind: string; file: string; contentType?: string } => JSON.parse(line))
    .filter(({ kind }) => kind === 'realworld')
    .map(({ file, contentType }) => readDocument(readFileSync(join(CORPUS, file)), contentType ?? null));
}

function documentOf(text: string): Document {
  return readDocument(Buffer.from(text), null);
}

function readDocument(bytes: Buffer, contentType: string | null): Document {
  return { bytes, contentType, text: decodeDocument(bytes, contentType).text };
}
