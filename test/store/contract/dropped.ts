/** What the port promises about texts that a rule keeps out. */
import assert from 'node:assert/strict';
import { day, declaration, droppedItem, feedOf, newItem, save } from '../build.ts';
import { type Check, plain } from './check.ts';

export function testDropped(check: Check): void {
  check('keeps a dropped text once, whatever else its place brings', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [], { dropped: [droppedItem('sale')] });
    await save(store, [], { dropped: [droppedItem('sale')] });
    const stale = await store.listStale(2, 10);
    assert.deepEqual(plain(stale), [
      {
        origin: 1,
        sourceNumber: 1,
        seq: null,
        locator: 'sale.txt',
        raw: '{"title":"sale"}',
        lastSeen: day(50),
      },
    ]);
    await save(store, [newItem('sale')]);
    assert.deepEqual(
      (await store.listSources()).map(({ items, dropped }) => [items, dropped]),
      [[1, 0]],
    );
    assert.deepEqual(
      (await store.listStale(2, 10)).map(({ seq }) => seq),
      [1],
      'the item takes the place over',
    );
  });

  check('leaves an item alone when a later text at its place is dropped', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair')]);
    await save(store, [], { dropped: [droppedItem('fair')] });
    assert.deepEqual(await feedOf(store, 1), ['fair']);
    assert.deepEqual(
      (await store.listSources()).map(({ items, dropped }) => [items, dropped]),
      [[1, 1]],
    );
  });
}
