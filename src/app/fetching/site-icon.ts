/**
 * The icon of a source: the one that the feed names, else the one that its site's page names, else /favicon.ico.
 * Small rasters only, judged by their bytes: what a server calls a picture may be anything.
 */
import { createHash } from 'node:crypto';
import type { SourceState } from '../../model/fetch.ts';
import { type HttpUrl, parseHttpUrl } from '../../model/url.ts';
import type { Icon } from '../../store/store.ts';
import type { Fetching } from '../parts.ts';
import type { NumberedFetched } from './read-pages.ts';
import { requestFor } from './request.ts';

const MAX_BYTES = 100_000;
const WEEK_MS = 7 * 86_400_000;
const ACCEPT = 'image/png, image/x-icon, image/webp, image/jpeg, image/gif;q=0.9';

/** How the bytes of each kind begin, in hexadecimal digits; dots stand for a length. */
const KINDS: readonly (readonly [mediaType: string, beginning: RegExp])[] = [
  ['image/png', /^89504e470d0a1a0a/],
  ['image/gif', /^474946383[79]61/],
  ['image/jpeg', /^ffd8ff/],
  ['image/webp', /^52494646.{8}57454250/],
  ['image/x-icon', /^00000100/],
];

/** Looks once a week; what was shown before stays until then. */
export async function lookForIcon(
  parts: Fetching,
  numbered: NumberedFetched,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock } = parts;
  const now = clock();
  const looked = await store.iconLooked(numbered.number);
  if (looked !== null && Math.abs(now - looked) < WEEK_MS) return;
  const state = await store.getSourceState(numbered.number);
  await store.saveIcon(numbered.number, await findIcon(parts, numbered, state, signal), now);
}

async function findIcon(
  parts: Fetching,
  numbered: NumberedFetched,
  state: SourceState | null,
  signal: AbortSignal,
): Promise<Icon | null> {
  const site = state?.siteUrl ?? numbered.source.url;
  const places = [
    () => state?.iconUrl ?? null,
    () => namedOnPage(parts, numbered, site, signal),
    () => parseHttpUrl('/favicon.ico', site),
  ];
  for (const place of places) {
    const url = await place();
    const icon = url === null ? null : await fetchIcon(parts, url, signal);
    if (icon !== null) return icon;
  }
  return null;
}

async function fetchIcon(parts: Fetching, url: HttpUrl, signal: AbortSignal): Promise<Icon | null> {
  const fetched = await parts.fetcher().fetchBytes(url, { maxBytes: MAX_BYTES, accept: ACCEPT }, signal);
  return fetched.kind === 'fetched' ? judgeIcon(fetched.body) : null;
}

/** A picture where the bytes begin like one; null for anything else, SVG included. */
function judgeIcon(bytes: Uint8Array): Icon | null {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  const mediaType = KINDS.find(([, pattern]) => pattern.test(beginning))?.[0];
  if (mediaType === undefined || bytes.length > MAX_BYTES) return null;
  return { hash: createHash('sha256').update(bytes).digest('hex'), mediaType, bytes };
}

const LINK = /<link\b[^>]{0,2000}>/gi;
const HEAD = 100_000;

/** Read with a pattern over the head alone: a wrong guess costs one request, and no page is worth a parser for this. */
async function namedOnPage(
  parts: Fetching,
  { source }: NumberedFetched,
  site: HttpUrl,
  signal: AbortSignal,
): Promise<HttpUrl | null> {
  const outcome = await parts.fetcher().fetch({ ...requestFor(source, site), expects: 'page' }, signal);
  if (outcome.kind !== 'fetched') return null;
  const { text, url } = outcome.document;
  for (const [tag] of text.slice(0, HEAD).matchAll(LINK)) {
    const href = /\bhref\s*=\s*["']?([^"'\s>]+)/i.exec(tag)?.[1];
    const isIcon = /\brel\s*=\s*["']?[^"'>]*\bicon\b/i.test(tag) && !/mask-icon|\.svg\b/i.test(tag);
    if (isIcon && href !== undefined) return parseHttpUrl(href.replaceAll('&amp;', '&'), url);
  }
  return null;
}
