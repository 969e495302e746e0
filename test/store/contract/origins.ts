/** What the port promises about items of several sources, and about keys. */
import assert from 'node:assert/strict';
import type { ItemKey } from '../../../src/model/item.ts';
import { buildItem, day, declaration, feedOf, idOf, newItem, save, seqOf, urlKey } from '../build.ts';
import type { Check } from './check.ts';

export function testOrigins(check: Check): void {
  const two = declaration(['town', 'sea'], { main: null, sea: ['sea'] });

  check('lets an item into the feeds of every source that has it', async ({ store }) => {
    await store.declare(two, day(1));
    await save(store, [newItem('fair')]);
    assert.deepEqual(await store.publicationsOf(seqOf(1)), [1]);
    const item = buildItem('fair', { locator: 'sea/fair.txt', contentText: 'Short.' });
    const saved = await save(store, [{ kind: 'origin', seq: seqOf(1), item, shown: false }], {
      source: 2,
      at: day(60),
    });
    assert.deepEqual(saved, { added: 0, changed: 0, publications: [2] });
    assert.deepEqual(await store.publicationsOf(seqOf(1)), [1, 2]);
    assert.deepEqual(await feedOf(store, 2), ['fair']);
    const stored = await store.getItem(idOf('fair'));
    assert.deepEqual([stored?.source, stored?.changed, stored?.contentHtml.length], ['town', day(50), 38]);
    assert.deepEqual(
      (await store.listSources()).map(({ items }) => items),
      [1, 1],
    );
  });

  check('shows the richer text of another source without a revision', async ({ store }) => {
    await store.declare(two, day(1));
    await save(store, [newItem('fair')]);
    const item = buildItem('fair', {
      contentText: 'A longer word on the fair, from the sea.',
      published: day(3),
    });
    const saved = await save(store, [{ kind: 'origin', seq: seqOf(1), item, shown: true }], {
      source: 2,
      at: day(60),
    });
    assert.deepEqual(saved, { added: 0, changed: 1, publications: [1, 2] });
    const stored = await store.getItem(idOf('fair'));
    assert.deepEqual(
      [
        stored?.source,
        stored?.contentHtml,
        stored?.published,
        stored?.updated,
        stored?.changed,
        stored?.revisions,
      ],
      ['sea', '<p>A longer word on the fair, from the sea.</p>', day(10), day(10), day(60), 0],
    );
    const { origins } = await store.getHistory(seqOf(1));
    assert.deepEqual(
      origins.map(({ source, shown }) => [source, shown]),
      [
        ['town', false],
        ['sea', true],
      ],
    );
  });

  check('adds every key, and leaves one that leads elsewhere where it is', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair'), newItem('market')]);
    const item = buildItem('fair', { keys: [urlKey('fair'), urlKey('fair-moved'), urlKey('market')] });
    await save(store, [{ kind: 'same', seq: seqOf(1), item }]);
    assert.deepEqual((await store.getHistory(seqOf(1))).keys, [urlKey('fair'), urlKey('fair-moved')]);
    assert.equal((await store.findItem({ key: urlKey('fair-moved') }))?.title, 'fair');
    assert.equal((await store.findItem({ key: urlKey('market') }))?.title, 'market');
  });

  check('tells what is known of the items that keys and places lead to', async ({ store }) => {
    await store.declare(two, day(1));
    const keys = [urlKey('fair'), 'text 1 abc' as ItemKey];
    await save(store, [
      newItem('fair', { keys, archived: day(20) }),
      newItem('market'),
      newItem('note', { url: null, keys: [] }),
    ]);
    const known = {
      seq: 1,
      id: idOf('fair'),
      title: 'fair',
      hasUrl: true,
      published: day(10),
      updated: day(10),
      crawled: day(50),
      keys: ['text 1 abc', urlKey('fair')],
      origins: [
        {
          sourceNumber: 1,
          locator: 'fair.txt',
          fingerprint: buildItem('fair').fingerprint,
          rawHash: buildItem('fair').rawHash,
          textLength: 31,
          published: day(10),
          archived: day(20),
          shown: true,
        },
      ],
    };
    assert.deepEqual(await store.knownItems(1, [...keys, urlKey('nobody')], ['nowhere.txt']), {
      items: [known],
      removed: [],
    });
    const { items } = await store.knownItems(1, [], ['note.txt', 'fair.txt']);
    assert.deepEqual(
      items.map(({ title, hasUrl }) => [title, hasUrl]),
      [
        ['fair', true],
        ['note', false],
      ],
    );
    assert.deepEqual(
      await store.knownItems(2, [], ['fair.txt']),
      { items: [], removed: [] },
      'places are of a source',
    );
  });

  check('answers for thousands of keys at once', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(
      store,
      Array.from({ length: 600 }, (_, index) => newItem(`n${index}`)),
    );
    const names = Array.from({ length: 40_000 }, (_, index) => `n${index}`);
    assert.equal((await store.knownItems(1, names.map(urlKey), names)).items.length, 600);
    assert.equal((await store.takenIds(names.map(idOf))).size, 600);
  });

  check('finds an item by id, by key and by file name, the newest where several fit', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [
      newItem('fair', { locator: '2022/000_a.txt' }),
      newItem('market', { locator: '2023/000_a.txt' }),
    ]);
    assert.equal((await store.findItem({ id: idOf('fair') }))?.title, 'fair');
    assert.equal((await store.findItem({ key: urlKey('fair') }))?.title, 'fair');
    assert.equal((await store.findItem({ fileName: '000_a.txt' }))?.title, 'market');
    assert.equal((await store.findItem({ fileName: '2022/000_a.txt' }))?.title, 'fair');
    assert.equal(await store.findItem({ fileName: '00_a.txt' }), null);
    assert.equal(await store.findItem({ fileName: '%' }), null);
    assert.equal(await store.findItem({}), null);
  });
}
