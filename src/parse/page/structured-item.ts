/**
 * Items that a page describes for machines, as schema.org has them: Article, NewsArticle, BlogPosting and what else ends
 * like them, and the entries of an ItemList. JSON-LD and microdata both come here as plain objects.
 */
import { escapeHtml } from '../../html/escape.ts';
import type { RawItem } from '../../model/item.ts';
import { emptyRawItem } from '../raw-item.ts';
import { resolveAddress } from '../feed/xml/element.ts';

export type StructuredData = Readonly<Record<string, unknown>>;

/** Whether a type of schema.org is that of an item, with its address or without. */
export function isItemType(type: unknown): boolean {
  return valuesOf(type).some(
    (name) => typeof name === 'string' && /(?:Article|BlogPosting|Report)$/.test(name),
  );
}

/** Null where it has neither address nor title. */
export function readStructuredItem(data: StructuredData, base: string): RawItem | null {
  const written = textOf(data['url']) ?? addressOf(data['mainEntityOfPage']) ?? addressOf(data['@id']);
  const url = resolved(written, base);
  const title = textOf(data['headline']) ?? textOf(data['name']);
  if (url === null && title === null) return null;
  return {
    ...emptyRawItem(url ?? title ?? ''),
    url,
    title,
    // Writers of JSON-LD escape for HTML what JSON needs no escaping for.
    titleType: 'html',
    ...textsOf(data),
    authors: valuesOf(data['author']).flatMap((author) => authorOf(author, base)),
    categories: [...wordsOf(data['articleSection']), ...wordsOf(data['keywords'])],
    image: resolved(addressOf(data['image']) ?? addressOf(data['thumbnailUrl']), base),
    language: textOf(data['inLanguage']),
    published: textOf(data['datePublished']),
    updated: textOf(data['dateModified']),
  };
}

/** One value or many: JSON-LD does not tell them apart. */
export function valuesOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function isData(value: unknown): value is StructuredData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(data: StructuredData): Pick<RawItem, 'contentHtml' | 'contentText' | 'summaryHtml'> {
  const summary = textOf(data['description']);
  const html = textOf(data['articleBodyHtml']);
  return {
    contentHtml: html,
    contentText: html === null ? textOf(data['articleBody']) : null,
    summaryHtml: summary === null ? null : escapeHtml(summary),
  };
}

function resolved(address: string | null, base: string): string | null {
  return address === null ? null : resolveAddress(address, base);
}

function textOf(value: unknown): string | null {
  const first = valuesOf(value)[0];
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : null;
}

/** An address, or something that has one. */
function addressOf(value: unknown): string | null {
  const first = valuesOf(value)[0];
  const said = isData(first) ? (textOf(first['url']) ?? textOf(first['@id'])) : textOf(first);
  return said !== null && /^(?:https?:|\/|\.)/i.test(said) ? said : null;
}

function wordsOf(value: unknown): string[] {
  return valuesOf(value)
    .flatMap((words) => (typeof words === 'string' ? words.split(',') : []))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function authorOf(value: unknown, base: string): RawItem['authors'] {
  if (typeof value === 'string')
    return value.trim() === '' ? [] : [{ name: value.trim(), url: null, email: null }];
  const name = isData(value) ? textOf(value['name']) : null;
  if (!isData(value) || name === null) return [];
  return [{ name, url: resolved(addressOf(value['url']), base), email: textOf(value['email']) }];
}
