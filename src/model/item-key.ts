/**
 * Identity: ids and the keys that lead to an item (product.md section 4).
 * An id is given once; keys are only ever added.
 */
import { hash } from 'node:crypto';
import { canonicalUrl } from './canonical-url.ts';
import type { ItemId, ItemKey } from './item.ts';

/** By what an item may be recognised. `text` is its raw text; white space in it does not count. */
export interface Recognisable {
  readonly url: string | null;
  readonly guid: string | null;
  readonly text: string;
  /** Guid and text count within their source only. */
  readonly sourceNumber: number;
}

/** The keys of an item, strongest first: canonical URL, guid, text. Without any, none. */
export function itemKeys(item: Recognisable): ItemKey[] {
  const canonical = item.url === null ? null : canonicalUrl(item.url);
  const text = withoutWhiteSpace(item.text);
  return [
    ...(canonical === null ? [] : [`url ${canonical}`]),
    ...(item.guid === null || item.guid === '' ? [] : [`guid ${item.sourceNumber} ${item.guid}`]),
    ...(text === '' ? [] : [`text ${item.sourceNumber} ${sha256(text)}`]),
  ].map((key) => key as ItemKey);
}

/** The key under which the item of an address is found; null for anything but an http(s) address. */
export function urlKey(url: string): ItemKey | null {
  const canonical = canonicalUrl(url);
  return canonical === null ? null : (`url ${canonical}` as ItemKey);
}

/** What kind of key it is; the order of strength is the order of the union. */
export function keyKind(key: ItemKey): 'url' | 'guid' | 'text' {
  if (key.startsWith('url ')) return 'url';
  return key.startsWith('guid ') ? 'guid' : 'text';
}

/**
 * The ids an item may be given, best first: from its canonical URL, from source and guid, from its text.
 * Source means its key in the YAML file, so that a store made anew gives the same ids. The first that no other item has is taken; the keys decide earlier whether the item is known.
 */
export function candidateIds(keys: readonly ItemKey[], sourceKey: string): ItemId[] {
  return keys.map((key) => {
    if (keyKind(key) === 'url') return itemIdOf(key.slice('url '.length));
    const scoped = key.replace(/^\w+ \d+ /, '');
    return keyKind(key) === 'text' ? (scoped.slice(0, 16) as ItemId) : itemIdOf(`${sourceKey}\n${scoped}`);
  });
}

/** The last resort where every candidate is taken by another item: made from all that tells this one apart. */
export function fallbackId(keys: readonly ItemKey[], locator: string): ItemId {
  return itemIdOf([...keys, locator].join('\n'));
}

/** Reads an id; null where the text is none. */
export function parseItemId(text: string): ItemId | null {
  return /^[0-9a-f]{16}$/.test(text) ? (text as ItemId) : null;
}

function itemIdOf(text: string): ItemId {
  return sha256(text).slice(0, 16) as ItemId;
}

function sha256(text: string): string {
  return hash('sha256', text);
}

function withoutWhiteSpace(text: string): string {
  return text.replace(/\s+/gu, '');
}
