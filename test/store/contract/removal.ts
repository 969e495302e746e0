/** What the port promises about taking items away. */
import assert from 'node:assert/strict';
import { day, declaration, feedOf, idOf, newItem, save, seqOf, urlKey } from '../build.ts';
import type { Check } from './check.ts';

export function testRemoval(check: Check): void {
  check('never gives a number, an id or a key of a removed item again', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair'), newItem('market')]);
    assert.equal(await store.removeItems([seqOf(2), seqOf(77)], day(60)), 1);
    assert.equal(await store.getItem(idOf('market')), null);
    assert.deepEqual(await feedOf(store, 1), ['fair']);
    assert.equal((await store.listPublications())[0]?.changed, day(60));
    assert.deepEqual(
      await store
        .knownItems(1, [urlKey('fair'), urlKey('market')], ['market.txt'])
        .then(({ items, removed }) => [items.length, removed]),
      [1, [urlKey('market')]],
    );
    assert.deepEqual(
      await store.takenIds([idOf('fair'), idOf('market'), idOf('nobody')]),
      new Set([idOf('fair'), idOf('market')]),
    );
    await save(store, [newItem('tide')]);
    assert.equal((await store.getItem(idOf('tide')))?.seq, 3);
    assert.deepEqual(await store.getHistory(seqOf(2)), {
      origins: [],
      revisions: [],
      keys: [urlKey('market')],
    });
  });

  check('keeps what somebody starred', async ({ store, star }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair'), newItem('market')]);
    await star(1);
    assert.equal(await store.countUsers(), 1);
    assert.equal(await store.removeItems([seqOf(1), seqOf(2)], day(60)), 1);
    assert.deepEqual(await feedOf(store, 1), ['fair']);
  });

  check('removes hundreds in one call', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(
      store,
      Array.from({ length: 350 }, (_, index) => newItem(`n${index}`)),
    );
    const all = (await store.listItems(null, 1000)).map(({ seq }) => seq);
    assert.equal(await store.removeItems(all, day(60)), 350);
    assert.equal(await store.countFeed(1), 0);
    assert.deepEqual(
      (await store.listSources()).map(({ items }) => items),
      [0],
    );
  });
}
