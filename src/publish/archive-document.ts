/**
 * Writes an item as a file in the archive format (product.md sections 4 and 5), so that importing it gives the same item.
 * What the format cannot say stands as JSON in a closing comment, read by parse/feedmill-comment.ts.
 */
import type { StoredItem } from '../model/item.ts';
import { type EpochMs, toRfc3339 } from '../model/time.ts';

/** `<sequence>_<id>.txt`. */
export function archiveFileName({ seq, id }: Pick<StoredItem, 'seq' | 'id'>): string {
  return `${seq}_${id}.txt`;
}

/** The whole file. The same item gives the same bytes. */
export function renderArchiveDocument(item: StoredItem): string {
  // An item that came from a feed was archived, as far as other readers of the format care, when we took it in.
  const epoch = item.archived ?? item.crawled;
  const json = JSON.stringify(beyondTheFormat(item)).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
  return `<!--${epoch}-->
[${item.title}](${item.url ?? ''})
------

${item.contentHtml}
<!--feedmill ${json}-->
`;
}

/** Only what was said; and title and address where the header, which escapes nothing, would not give them back. */
function beyondTheFormat(item: StoredItem): Record<string, unknown> {
  return {
    id: item.id,
    published: moment(item.published),
    updated: moment(item.updated),
    archived: moment(item.archived),
    ...(/[[\]\\]/.test(item.title) || item.url?.includes('](') === true ? { title: item.title } : {}),
    ...(item.url?.includes('](') === true ? { url: item.url } : {}),
    ...said('guid', item.guid),
    ...said('language', item.language),
    ...said('rights', item.rights),
    ...said('summary', item.summary),
    ...said('image', item.image),
    ...said('commentsUrl', item.commentsUrl),
    ...said('authors', item.authors),
    ...said('categories', item.categories),
    ...said('enclosures', item.enclosures),
  };
}

/** Nothing for what nobody said. */
function said(name: string, value: string | readonly unknown[] | null): Record<string, unknown> {
  return value === null || value.length === 0 ? {} : { [name]: value };
}

/** For people where a date can be written, as milliseconds where it cannot (years below 0 and above 9999). */
function moment(value: EpochMs | null): string | number | null {
  if (value === null) return null;
  const text = toRfc3339(value);
  return Date.parse(text) === value ? text : value;
}
