/**
 * Which known item a fresh one is, if any (product.md section 4). A canonical URL outranks a guid, a guid outranks the text.
 * What one document lists together stays apart where addresses differ, or guids differ on one address.
 */
import type { CleanItem, ItemKey } from '../model/item.ts';
import { keyKind } from '../model/item-key.ts';
import type { KnownItem } from '../model/known-item.ts';

/** Where a fresh item stands: its source, and what is listed beside it. */
export interface Surroundings {
  readonly sourceNumber: number;
  /** Locators that the document lists; `all` for an archive, where every file is beside every other. */
  readonly listed: ReadonlySet<string> | 'all';
  /** Keys that the document gives to several items: they lead to none of them. */
  readonly ambiguous: ReadonlySet<ItemKey>;
}

/** Finds known items, and remembers which of them this document has already named. */
export function createRecogniser(known: readonly KnownItem[], surroundings: Surroundings) {
  const byKey = new Map(known.flatMap((item) => item.keys.map((key) => [key, item] as const)));
  const byLocator = candidatesByLocator(known, surroundings.sourceNumber);
  const claimed = new Map<KnownItem, CleanItem>();

  /** @returns the known item, or null: nobody saw it before */
  function recognise(item: CleanItem): KnownItem | null {
    const fromHere = byLocator.get(item.locator) ?? [];
    const unchanged = fromHere.find((candidate) => isWhatItWas(item, candidate, surroundings.sourceNumber));
    if (unchanged !== undefined) return claim(item, unchanged);
    const telling = item.keys.filter((key) => !surroundings.ambiguous.has(key));
    const candidates = telling.map((key) => ({ key, known: byKey.get(key) }));
    for (const { key, known: candidate } of candidates) {
      if (candidate !== undefined && leadsTo(item, key, candidate)) return claim(item, candidate);
    }
    const edited = fromHere.find((candidate) => isEditedInPlace(item, candidate));
    return edited === undefined ? null : claim(item, edited);
  }

  function leadsTo(item: CleanItem, key: ItemKey, candidate: KnownItem): boolean {
    const owner = claimed.get(candidate);
    if (owner !== undefined && areListedApart(item.keys, owner.keys)) return false;
    const kind = keyKind(key);
    const beside = isListedBeside(item, candidate, surroundings);
    if (kind === 'url') {
      const isOther = surroundings.listed !== 'all' && beside && differ(item.keys, candidate.keys, 'guid');
      return !isOther && !guidNamesAnother(item, candidate);
    }
    return !(beside && areListedApart(item.keys, candidate.keys));
  }

  /** The guid leads to a second item that shares the page address: that one is meant. */
  function guidNamesAnother(item: CleanItem, candidate: KnownItem): boolean {
    const guid = keyOf(item.keys, 'guid');
    const named = guid === undefined ? undefined : byKey.get(guid);
    return named !== undefined && named !== candidate && keyOf(candidate.keys, 'guid') !== undefined;
  }

  function claim(item: CleanItem, candidate: KnownItem): KnownItem {
    claimed.set(candidate, item);
    return candidate;
  }

  return recognise;
}

/** Which known items each place of the source ever brought. */
function candidatesByLocator(known: readonly KnownItem[], sourceNumber: number): Map<string, KnownItem[]> {
  const byLocator = new Map<string, KnownItem[]>();
  for (const item of known) {
    for (const origin of item.origins) {
      if (origin.sourceNumber !== sourceNumber) continue;
      const there = byLocator.get(origin.locator);
      if (there === undefined) byLocator.set(origin.locator, [item]);
      else there.push(item);
    }
  }
  return byLocator;
}

/** The same raw text at the same place brought this very item, whatever else its keys may lead to. */
function isWhatItWas(item: CleanItem, candidate: KnownItem, sourceNumber: number): boolean {
  return candidate.origins.some(
    (origin) =>
      origin.sourceNumber === sourceNumber &&
      origin.locator === item.locator &&
      origin.rawHash === item.rawHash,
  );
}

function isListedBeside(
  item: CleanItem,
  candidate: KnownItem,
  { sourceNumber, listed }: Surroundings,
): boolean {
  return candidate.origins.some(
    (origin) =>
      origin.sourceNumber === sourceNumber &&
      origin.locator !== item.locator &&
      (listed === 'all' || listed.has(origin.locator)),
  );
}

/** Whether two lists of keys name different items of one document: other addresses, or other guids. */
export function areListedApart(one: readonly ItemKey[], other: readonly ItemKey[]): boolean {
  return differ(one, other, 'url') || differ(one, other, 'guid');
}

function differ(one: readonly ItemKey[], other: readonly ItemKey[], kind: 'url' | 'guid'): boolean {
  const ofOne = one.filter((key) => keyKind(key) === kind);
  const ofOther = other.filter((key) => keyKind(key) === kind);
  return ofOne.length > 0 && ofOther.length > 0 && !ofOne.some((key) => ofOther.includes(key));
}

function keyOf(keys: readonly ItemKey[], kind: 'url' | 'guid'): ItemKey | undefined {
  return keys.find((key) => keyKind(key) === kind);
}

/** A file without an address whose text was edited where it lies: same title. Another title is another item. */
function isEditedInPlace(item: CleanItem, candidate: KnownItem): boolean {
  const isNameless = !candidate.hasUrl && item.url === null && item.guid === null;
  return isNameless && item.title !== '' && item.title === candidate.title;
}
