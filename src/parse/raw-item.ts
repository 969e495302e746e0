/** What parsing gives: the parsed document, and the raw item that says nothing yet, to be filled in by every format. */
import { hash } from 'node:crypto';
import type { RawFeed, RawItem } from '../model/item.ts';
import type { Warning } from '../model/warning.ts';

/** A document that was read, or the reason why it holds no item at all. */
export type ParsedDocument = RawFeed | { readonly rejected: Warning };

/** Where in its feed an item stands: by its guid or address; without either by all it says, which moves less than its place. */
export function locatorOf({ guid, url, title, contentHtml, contentText }: Partial<RawItem>): string {
  if (guid !== undefined && guid !== null) return guid;
  if (url !== undefined && url !== null) return url;
  const said = [title, contentHtml, contentText].map((text) => text ?? '');
  return `${(title ?? '').slice(0, MAX_LOCATOR)} ${hash('sha256', said.join('\n')).slice(0, 16)}`;
}

const MAX_LOCATOR = 200;

/** @param locator where in its source the item stood */
export function emptyRawItem(locator: string): RawItem {
  return {
    locator,
    guid: null,
    url: null,
    title: null,
    titleType: 'text',
    contentHtml: null,
    contentText: null,
    summaryHtml: null,
    authors: [],
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    rights: null,
    published: null,
    updated: null,
    archived: null,
    commentsUrl: null,
    exported: null,
  };
}
