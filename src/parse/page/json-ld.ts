/**
 * Finds the items in a page's JSON-LD (json-ld.org, schema.org), wherever they hang: alone, in a list, in `@graph`, as
 * entries of an ItemList. Scripts that are no JSON are counted, never fatal.
 */
import type { RawItem } from '../../model/item.ts';
import type { Page } from './page-tree.ts';
import { isData, isItemType, readStructuredItem, type StructuredData, valuesOf } from './structured-item.ts';

export interface JsonLdItems {
  readonly items: readonly RawItem[];
  /** Scripts that could not be read. */
  readonly damaged: number;
}

export function readJsonLd({ $, base }: Page): JsonLdItems {
  const scripts = $('script[type^="application/ld+json"]').toArray();
  const read = scripts.map((script) => readJson($(script).text()));
  const found: StructuredData[] = [];
  collect(read, found, 0);
  const items = found.map((data) => readStructuredItem(data, base)).filter((item) => item !== null);
  return { items, damaged: read.filter((json) => json === undefined).length };
}

/** Undefined where it is no JSON, even without the wrapping and the bare line ends that templates leave in it. */
function readJson(text: string): unknown {
  const bare = text
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|<!\[CDATA\[|\/\/<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|(?:\/\/)?\]\]>)?[\s;]*$/, '')
    .replaceAll(/[\p{Cc}]+/gu, ' ');
  try {
    return JSON.parse(bare);
  } catch {
    return undefined;
  }
}

/** Deeper than anybody nests on purpose. */
const MAX_DEPTH = 12;
/** As many as of feeds. */
const MAX_ITEMS = 10_000;

function collect(values: readonly unknown[], found: StructuredData[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const value of values) {
    if (found.length >= MAX_ITEMS) return;
    if (Array.isArray(value)) collect(value, found, depth + 1);
    if (!isData(value)) continue;
    if (isItemType(value['@type'])) found.push(value);
    else if (isBareEntry(value)) found.push(value);
    else collect(Object.values(value), found, depth + 1);
  }
}

/** An entry that names its address and title itself, instead of holding the item. */
function isBareEntry(value: StructuredData): boolean {
  return (
    valuesOf(value['@type']).includes('ListItem') &&
    !isData(value['item']) &&
    'name' in value &&
    'url' in value
  );
}
