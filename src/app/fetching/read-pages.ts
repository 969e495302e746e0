/**
 * From a fetched document to clean items, and on to the next pages where the source has any. A next page that fails is a
 * warning: what came before it stays.
 */
import type { GrindResult } from '../../grind/grind.ts';
import type { FetchedDocument } from '../../model/fetch.ts';
import type { CleanItem } from '../../model/item.ts';
import { keyKind } from '../../model/item-key.ts';
import { type HttpUrl, parseHttpUrl } from '../../model/url.ts';
import type { Warning } from '../../model/warning.ts';
import { type Fetching, grindSource, type NumberedSource } from '../parts.ts';
import { requestFor } from './request.ts';
import type { FetchedSource } from './source-state.ts';

type Ground = Extract<GrindResult, { kind: 'ground' }>;
type Rejected = Extract<GrindResult, { kind: 'rejected' }>;

/** All pages as one. */
export interface PagesRead extends Ground {
  /** False where a further page could not be read. */
  readonly isWhole: boolean;
}

/** A source that is fetched, with its number. */
export type NumberedFetched = NumberedSource & { readonly source: FetchedSource };

export interface FirstPage {
  readonly document: FetchedDocument;
  /** The address that it was asked for at. */
  readonly asked: HttpUrl;
  readonly known: Readonly<Record<string, string>>;
}

/** All pages as one result, in their order; `rejected` where the first cannot be read. */
export async function readPages(
  parts: Fetching,
  numbered: NumberedFetched,
  first: FirstPage,
  signal: AbortSignal | undefined,
): Promise<PagesRead | Rejected> {
  const { source } = numbered;
  const limit = source.type === 'page' ? source.select.pages : 1;
  const asked = new Set<HttpUrl>([first.asked, first.document.url]);
  const warnings: Warning[] = [];
  const pages: Ground[] = [];
  let page: FirstPage | null = first;
  while (page !== null) {
    const result = await grindPage(parts, numbered, page, signal);
    if (result.kind === 'rejected') {
      if (pages.length === 0) return result;
      warnings.push(result.reason);
      break;
    }
    pages.push(result);
    const next: HttpUrl | null = nextAddress(result, page.document);
    page = pages.length < limit && next !== null && !asked.has(next) ? await follow(next) : null;
  }
  return joined(pages, warnings);

  async function follow(url: HttpUrl): Promise<FirstPage | null> {
    asked.add(url);
    const outcome = await parts.fetcher().fetch(requestFor(source, url), signal);
    if (outcome.kind === 'fetched') return { document: outcome.document, asked: url, known: first.known };
    const message = 'message' in outcome ? outcome.message : 'the next page answered without a document';
    warnings.push({ code: 'next-page', message, where: url });
    return null;
  }
}

async function grindPage(
  parts: Fetching,
  numbered: NumberedFetched,
  { document, asked, known }: FirstPage,
  signal: AbortSignal | undefined,
): Promise<GrindResult> {
  const { url, mediaType, text, warnings } = document;
  const job = {
    source: grindSource(numbered),
    document: { kind: 'fetched' as const, locator: asked, url, mediaType, text, warnings },
    known,
    now: parts.clock(),
  };
  const [result] = await parts.grinder.grind([job], signal);
  if (result === undefined) throw new Error('the grinder answered nothing');
  return result;
}

function nextAddress({ feed }: Ground, { url }: FetchedDocument): HttpUrl | null {
  const next = feed?.nextUrl ?? null;
  return next === null ? null : parseHttpUrl(next, url);
}

function joined(pages: readonly Ground[], warnings: readonly Warning[]): PagesRead {
  return {
    kind: 'ground',
    changed: firstOfEach(pages.flatMap(({ changed }) => changed)),
    dropped: pages.flatMap(({ dropped }) => dropped),
    unchanged: pages.flatMap(({ unchanged }) => unchanged),
    warnings: [...pages.flatMap((page) => page.warnings), ...warnings],
    ambiguous: pages.flatMap(({ ambiguous }) => ambiguous),
    feed: pages[0]?.feed ?? null,
    isWhole: warnings.length === 0,
  };
}

/** What is listed twice counts where it stands first, or two texts would take turns at every refresh. */
function firstOfEach(items: readonly CleanItem[]): CleanItem[] {
  const seen = new Set<string>();
  return items.filter(({ keys }) => {
    const name = keys.filter((key) => keyKind(key) !== 'text').join('\n');
    const isFirst = name === '' || !seen.has(name);
    seen.add(name);
    return isFirst;
  });
}
