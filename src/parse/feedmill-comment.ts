/**
 * Reads the closing `<!--feedmill {json}-->` comment of an exported file: what the archive format cannot say
 * (product.md section 4, `export --archive`; written by publish/archive-document.ts).
 * Anybody may have edited the file, so every field is checked, and one that is not what it should be is left out.
 */
import { escapeHtml } from '../html/escape.ts';
import type { ExportedIdentity, RawItem } from '../model/item.ts';
import { epochMs } from '../model/time.ts';

/** The body without its comment, and what the comment says of the item. */
export interface ReadComment {
  readonly body: string;
  readonly fields: Partial<RawItem>;
}

/** Null where the body does not end in such a comment, or where it holds no JSON object; then it stays where it is. */
export function readFeedmillComment(body: string): ReadComment | null {
  const trimmed = body.trimEnd();
  const start = trimmed.lastIndexOf('<!--feedmill ');
  if (start < 0 || !trimmed.endsWith('-->')) return null;
  const json = parseObject(trimmed.slice(start + '<!--feedmill '.length, -'-->'.length));
  return json === null ? null : { body: trimmed.slice(0, start).trimEnd(), fields: fieldsOf(json) };
}

type Json = Readonly<Record<string, unknown>>;

function parseObject(text: string): Json | null {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function fieldsOf(json: Json): Partial<RawItem> {
  const summary = string(json['summary']);
  return {
    ...('title' in json ? { title: string(json['title']) } : {}),
    ...('url' in json ? { url: string(json['url']) } : {}),
    guid: string(json['guid']),
    authors: objects(json['authors']).map((author) => ({
      name: string(author['name']),
      url: string(author['url']),
      email: string(author['email']),
    })),
    categories: list(json['categories']).filter((value) => typeof value === 'string'),
    enclosures: enclosuresOf(json['enclosures']),
    summaryHtml: summary === null ? null : escapeHtml(summary),
    image: string(json['image']),
    language: string(json['language']),
    rights: string(json['rights']),
    commentsUrl: string(json['commentsUrl']),
    exported: identityOf(json),
  };
}

function enclosuresOf(value: unknown): RawItem['enclosures'] {
  return objects(value).flatMap((enclosure) => {
    const url = string(enclosure['url']);
    if (url === null) return [];
    const [bytes, seconds] = [number(enclosure['bytes']), number(enclosure['seconds'])];
    return [
      {
        url,
        mediaType: string(enclosure['mediaType']),
        bytes: bytes === null ? null : String(bytes),
        seconds: seconds === null ? null : String(seconds),
        title: string(enclosure['title']),
      },
    ];
  });
}

function identityOf(json: Json): ExportedIdentity {
  const id = string(json['id']);
  return {
    id: id !== null && /^[0-9a-f]{16}$/.test(id) ? id : null,
    published: moment(json['published']),
    updated: moment(json['updated']),
    archived: moment(json['archived']),
  };
}

/** Moments are written as RFC 3339 for people, as whole milliseconds where that cannot say them. */
function moment(value: unknown): ExportedIdentity['published'] {
  return epochMs(typeof value === 'string' ? Date.parse(value) : (number(value) ?? Number.NaN));
}

function string(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objects(value: unknown): Json[] {
  return list(value)
    .map(objectOf)
    .filter((entry) => entry !== null);
}
