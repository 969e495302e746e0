/**
 * The front door for documents from the network: a feed in XML or JSON, else a web page. Servers lie about media types,
 * so the text decides. What is no feed is rejected with a message that says what it is and what to do.
 */
import type { ErrorCode } from '../../model/error.ts';
import type { RawFeed } from '../../model/item.ts';
import { blockedBy } from '../page/blocked-page.ts';
import { insteadOfPage } from '../page/instead-of-page.ts';
import type { ParsedDocument } from '../raw-item.ts';
import type { FetchedSource } from './fetched-source.ts';
import { readJsonFeed } from './json-feed.ts';
import { collectRssInJson } from './rss-in-json.ts';
import { readCollected, readXmlFeed } from './xml-feed.ts';

export function parseFetched(document: FetchedSource): ParsedDocument {
  const text = document.text.replace(/^\u{FEFF}/u, '').trimStart();
  if (text === '')
    return reject(document, 'not-a-feed', 'the answer is empty. Open the address in a browser');
  if (/^[{[]/.test(text)) return parseJson(document, text);
  if (isWebPage(text)) return parseWebPage(document, text);
  return parseXml(document, text);
}

function parseXml(document: FetchedSource, text: string): ParsedDocument {
  const read = readXmlFeed({ ...document, text });
  if ('refused' in read) {
    return reject(document, 'limit-exceeded', `the feed is refused: ${read.refused}. Tell its publisher`);
  }
  if ('noFeed' in read) {
    if (read.root === null && !/<[a-z]/i.test(text.slice(0, SAMPLE))) {
      return reject(document, 'not-a-feed', `${kindOf(document)} is neither XML nor JSON. Check the address`);
    }
    return read.root === null
      ? reject(document, 'malformed-feed', 'no element of a feed can be read. Tell its publisher')
      : reject(document, 'not-a-feed', describeRoot(read.root));
  }
  return withWarnings(document, read);
}

function parseJson(document: FetchedSource, text: string): ParsedDocument {
  const json = readJson(text);
  if (json === undefined) {
    return reject(document, 'malformed-feed', 'it begins like JSON and cannot be read. Tell its publisher');
  }
  const rss = collectRssInJson(json, document.url);
  const feed = rss === null ? readJsonFeed(json, document.url) : readCollected(rss);
  if (feed === null) {
    return reject(document, 'not-a-feed', 'it is JSON, and no JSON Feed. Check the address');
  }
  return withWarnings(document, feed);
}

function withWarnings(document: FetchedSource, feed: RawFeed): RawFeed {
  const warnings = [...document.warnings, ...feed.warnings];
  return { ...feed, warnings: warnings.map((it) => ({ ...it, where: it.where ?? document.locator })) };
}

/** Undefined where the text is no JSON, even without what stands after it. */
function readJson(text: string): unknown {
  for (const part of [text, text.slice(0, Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1)]) {
    try {
      return JSON.parse(part);
    } catch {
      continue;
    }
  }
  return undefined;
}

const SAMPLE = 20_000;

/** Comments, declarations and a doctype may stand first; a doctype of something else is no web page's. */
function isWebPage(text: string): boolean {
  const start = text.slice(0, SAMPLE).replace(ASIDES, '');
  const first = start.replace(/^<!doctype\s+html\b[^>]*>/i, '');
  if (first === start) return /^<(?:html|head|body|script|title|meta)\b/i.test(start);
  return !/^<(?:rss|feed|rdf:rdf)\b/i.test(first.replace(ASIDES, ''));
}

const ASIDES = /^(?:\s+|<!--[\s\S]*?-->|<\?[^>]*>)+/;

function parseWebPage(document: FetchedSource, text: string): ParsedDocument {
  const blocked = blockedBy(text);
  return blocked === null
    ? reject(document, 'not-a-feed', insteadOfPage(text, document.url))
    : reject(document, 'blocked-content', blocked);
}

function describeRoot(root: string): string {
  const name = root.replace(/^\?:/, '').slice(0, 40);
  if (name === 'opml') return 'this is OPML, a list of feeds. Import it with "feedmill import"';
  return `its first element is <${name}>, which no feed begins with. Check the address`;
}

function kindOf({ mediaType }: FetchedSource): string {
  return mediaType === null ? 'the answer' : `the answer (${mediaType.slice(0, 60)})`;
}

function reject(document: FetchedSource, code: ErrorCode, message: string): ParsedDocument {
  return { rejected: { code, message, where: document.locator } };
}
