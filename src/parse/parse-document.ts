/**
 * The front door of parse/: recognises what kind of document it was handed and reads it without judging it.
 * Never throws for what a document holds; what cannot be read at all is rejected with a reason.
 */
import type { RawItem } from '../model/item.ts';
import type { PageSource, SourceDocument } from '../model/source.ts';
import { parseArchiveDocument } from './archive-document.ts';
import { parseFetched } from './feed/fetched-document.ts';
import { parsePage } from './page/parse-page.ts';
import { emptyRawItem, type ParsedDocument } from './raw-item.ts';

/** @param select of a page source: the document is a page, whatever it looks like; null for every other source */
export function parseDocument(
  document: SourceDocument,
  select: PageSource['select'] | null = null,
): ParsedDocument {
  if (document.kind === 'archive') return parseArchiveDocument(document);
  if (document.kind === 'stored') return parseStored(document);
  return select === null ? parseFetched(document) : parsePage(document, select);
}

/** A raw item that we wrote ourselves, perhaps before fields were added that it does not have. */
function parseStored({ locator, raw }: Extract<SourceDocument, { kind: 'stored' }>): ParsedDocument {
  const kept = readKept(raw);
  if (kept === null)
    return {
      rejected: {
        code: 'stored-item-damaged',
        message: 'the kept text of the item is damaged',
        where: locator,
      },
    };
  const items = [{ ...emptyRawItem(locator), ...kept }];
  return { title: null, url: null, language: null, items, warnings: [] };
}

function readKept(raw: string): Partial<RawItem> | null {
  try {
    const kept: unknown = JSON.parse(raw);
    return isObject(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Partial<RawItem> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
