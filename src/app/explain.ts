/** Where an item came from and every change that was made to it. */
import { FeedmillError } from '../model/error.ts';
import { keyKind, parseItemId, urlKey } from '../model/item-key.ts';
import type { ItemKey, StoredItem } from '../model/item.ts';
import type { Store } from '../store/store.ts';
import type { Explanation } from './app.ts';

/** @param ref an id, an address or a file name. @throws FeedmillError `not-found` */
export async function explain(store: Store, ref: string): Promise<Explanation> {
  const item = await findItem(store, ref);
  if (item === null) {
    throw new FeedmillError(
      'not-found',
      `no item is known as "${ref}"; name its id (16 hexadecimal digits), its address or its file's name`,
    );
  }
  const [{ origins, revisions, keys }, publications, numbers] = await Promise.all([
    store.getHistory(item.seq),
    store.listPublications(),
    store.publicationsOf(item.seq),
  ]);
  const names = publications.filter(({ number }) => numbers.includes(number)).map(({ name }) => name);
  return { item, keys: strongestFirst(keys), origins, revisions, publications: names };
}

const STRENGTH = { url: 0, guid: 1, text: 2 };

function strongestFirst(keys: readonly ItemKey[]): ItemKey[] {
  return keys.toSorted((one, other) => STRENGTH[keyKind(one)] - STRENGTH[keyKind(other)]);
}

/** An item by what a person may have at hand: an id, bare or as the feeds and our own pages write it, an address, a file. */
async function findItem(store: Store, ref: string): Promise<StoredItem | null> {
  const id = parseItemId(/(?:^urn:feedmill:|\/items\/|^)([0-9a-f]{16})$/.exec(ref)?.[1] ?? '');
  const byId = id === null ? null : await store.findItem({ id });
  if (byId !== null) return byId;
  const key = urlKey(ref);
  return store.findItem(key === null ? { fileName: ref.split('/').at(-1) ?? ref } : { key });
}
