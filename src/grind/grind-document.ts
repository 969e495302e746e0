/**
 * From one document to clean items: parse, normalise, clean, in that order and nothing else.
 * Pure: the same job gives the same result, so it may run anywhere and be run again.
 */
import { hash } from 'node:crypto';
import { buildPipeline } from '../clean/pipeline.ts';
import { cleanItem } from '../clean/runner.ts';
import { itemKeys } from '../model/item-key.ts';
import type { ItemKey, RawItem } from '../model/item.ts';
import { normaliseItem } from '../normalise/normalise-item.ts';
import { parseDocument } from '../parse/parse-document.ts';
import type { GrindJob, GrindResult } from './grind.ts';

/** Items whose raw text is the known one are recognised before they are normalised or cleaned. */
export function grindDocument({ source, document, known, now }: GrindJob): GrindResult {
  const parsed = parseDocument(document, source.select);
  if ('rejected' in parsed) return { kind: 'rejected', reason: parsed.rejected };

  const steps = buildPipeline(source.rules);
  const result = { changed: [], dropped: [], unchanged: [], warnings: [...parsed.warnings] } as Collected;
  const items = document.kind === 'fetched' ? firstOfEach(parsed.items) : parsed.items;
  for (const item of items) {
    const raw = JSON.stringify(item);
    const rawHash = hash('sha256', raw);
    if (known[item.locator] === rawHash) {
      result.unchanged.push(item.locator);
      continue;
    }
    const normal = normaliseItem(item, source, now);
    const cleaned = cleanItem(normal.item, steps, {
      sourceType: source.type,
      url: source.url,
      now,
      sourceNumber: source.number,
      raw,
      rawHash,
      rawText: rawTextOf(item),
      warnings: [...parsed.warnings, ...normal.warnings],
    });
    if (cleaned.kind === 'clean') result.changed.push(cleaned.item);
    else result.dropped.push({ locator: item.locator, raw, rawHash, reason: cleaned.reason });
    result.warnings.push(...normal.warnings);
  }
  const { about, title, url } = parsed;
  const ambiguous = document.kind === 'fetched' ? ambiguousKeys(items, source.number) : [];
  return {
    kind: 'ground',
    ...result,
    ambiguous,
    feed: about === undefined ? null : { ...about, title, url },
  };
}

type Ground = Extract<GrindResult, { kind: 'ground' }>;
type Collected = { -readonly [K in 'changed' | 'dropped' | 'unchanged' | 'warnings']: Ground[K][number][] };

/** A feed that lists an item twice, as it was and as it is, would change it at every look: its first place counts. */
function firstOfEach(items: readonly RawItem[]): RawItem[] {
  const seen = new Set<string>();
  return items.filter(({ locator, url }) => {
    const place = `${locator}\n${url}`;
    const isFirst = !seen.has(place);
    seen.add(place);
    return isFirst;
  });
}

/**
 * Every episode may link to the page of its show, and careless feeds give one guid to all: such a name leads to none of them.
 * Taken over the whole document, what did not change included.
 */
function ambiguousKeys(items: readonly RawItem[], sourceNumber: number): ItemKey[] {
  const beside = new Map<ItemKey, Set<ItemKey>>();
  for (const { url, guid } of items) {
    const [address, name] = itemKeys({ url, guid, text: '', sourceNumber });
    if (address === undefined || name === undefined) continue;
    beside.set(address, (beside.get(address) ?? new Set()).add(name));
    beside.set(name, (beside.get(name) ?? new Set()).add(address));
  }
  return [...beside].filter(([, others]) => others.size > 1).map(([key]) => key);
}

/** The text by which an item without address and guid is recognised: as the document had it, so that no rule can change it. */
function rawTextOf({ title, url, guid, contentText, contentHtml, summaryHtml }: RawItem): string {
  const body = contentText ?? contentHtml ?? summaryHtml ?? '';
  // "Read more" is the text of many items: it counts together with its title, and a title alone only where there is nothing else.
  if (body === '') return url === null && guid === null ? (title ?? '') : '';
  return `${title ?? ''}\n${body}`;
}
