/** What the port promises about cleaning stored items anew. */
import assert from 'node:assert/strict';
import {
  buildItem,
  day,
  declaration,
  droppedItem,
  feedOf,
  idOf,
  newItem,
  save,
  seqOf,
  urlKey,
} from '../build.ts';
import { type Check, plain } from './check.ts';

export function testCleaningAnew(check: Check): void {
  check('lists origins of another pipeline or an older cleaner, oldest first', async ({ store }) => {
    await store.declare(declaration(['town', 'sea']), day(1));
    await save(store, [newItem('tide')], { source: 2 });
    await save(store, [newItem('fair'), newItem('market')]);
    assert.deepEqual(await store.listStale(1, 10), []);
    assert.deepEqual(
      (await store.listStale(2, 2)).map(({ seq }) => seq),
      [1, 2],
    );
    await store.declare(declaration(['town']), day(2));
    assert.deepEqual(
      (await store.listStale(2, 10)).map(({ seq }) => seq),
      [2, 3],
      'only of declared sources',
    );
    await store.declare(changedPipeline(['town']), day(3));
    const [first] = await store.listStale(1, 1);
    assert.deepEqual(plain(first), {
      origin: 2,
      sourceNumber: 1,
      seq: 2,
      locator: 'fair.txt',
      raw: buildItem('fair').raw,
      lastSeen: day(50),
    });
  });

  check('replaces what is shown in place: no revision, no moved updated', async ({ store }) => {
    await store.declare(declaration(['town'], { main: null, town: ['town'] }), day(1));
    await save(store, [newItem('fair'), newItem('market')]);
    await store.declare(changedPipeline(['town']), day(2));
    const { raw, rawHash } = buildItem('fair');
    const cleaner = buildItem('fair', {
      contentText: 'Cleaner.',
      raw,
      rawHash,
      keys: [urlKey('fair-2')],
      published: day(11),
    });
    const saved = await store.saveCleanedAnew(
      [
        { origin: 1, kind: 'item', item: cleaner },
        { origin: 2, kind: 'item', item: buildItem('market') },
      ],
      1,
      day(70),
    );
    assert.deepEqual(saved, { publications: [1, 2] });
    const fair = await store.getItem(idOf('fair'));
    assert.deepEqual(
      [fair?.contentHtml, fair?.published, fair?.updated, fair?.changed, fair?.revisions],
      ['<p>Cleaner.</p>', day(10), day(10), day(70), 0],
    );
    assert.equal((await store.getItem(idOf('market')))?.changed, day(50), 'nothing to tell anybody');
    assert.deepEqual((await store.getHistory(seqOf(1))).keys, [urlKey('fair'), urlKey('fair-2')]);
    assert.deepEqual(await store.listStale(1, 10), []);
  });

  check('takes an earlier or a first date from cleaning anew, never a later one', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair'), newItem('note', { published: null })]);
    const anew = async (origin: number, name: string, published: number) => {
      const item = buildItem(name, { published: day(published) });
      await store.saveCleanedAnew([{ origin, kind: 'item', item }], 2, day(70));
      return (await store.getItem(idOf(name)))?.published;
    };
    assert.equal(await anew(1, 'fair', 12), day(10));
    assert.equal(await anew(1, 'fair', 7), day(7));
    assert.equal(await anew(2, 'note', 5), day(5));
    assert.deepEqual(await feedOf(store, 1), ['fair', 'note']);
  });

  check('leaves what could not be cleaned as it is, and does not ask again', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair')], { dropped: [droppedItem('sale')] });
    const stale = await store.listStale(2, 10);
    await store.saveCleanedAnew(
      stale.map(({ origin }) => ({ origin, kind: 'kept' })),
      2,
      day(70),
    );
    assert.deepEqual(await store.listStale(2, 10), []);
    assert.equal((await store.getItem(idOf('fair')))?.changed, day(50));
  });

  check('takes a dropped item out of every feed and brings it back', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair')]);
    const saved = await store.saveCleanedAnew(
      [{ origin: 1, kind: 'dropped', reason: 'advertising' }],
      2,
      day(70),
    );
    assert.deepEqual(saved, { publications: [1] });
    assert.deepEqual(await feedOf(store, 1), []);
    assert.equal((await store.getItem(idOf('fair')))?.title, 'fair', 'the item stays');
    assert.equal((await store.getHistory(seqOf(1))).origins[0]?.dropped, 'advertising');
    assert.equal((await store.listPublications())[0]?.changed, day(70));

    const back = await store.saveCleanedAnew(
      [{ origin: 1, kind: 'item', item: buildItem('fair') }],
      3,
      day(71),
    );
    assert.deepEqual(back, { publications: [1] });
    assert.deepEqual(await feedOf(store, 1), ['fair']);
  });

  check('goes on showing an item for the sake of another source', async ({ store }) => {
    await store.declare(declaration(['town', 'sea'], { main: null, town: ['town'] }), day(1));
    await save(store, [newItem('fair')]);
    const fromSea = buildItem('fair', { contentText: 'From the sea.' });
    await save(store, [{ kind: 'origin', seq: seqOf(1), item: fromSea, shown: false }], { source: 2 });
    await store.saveCleanedAnew([{ origin: 1, kind: 'dropped', reason: 'advertising' }], 1, day(70));
    assert.deepEqual(await store.publicationsOf(seqOf(1)), [1]);

    const stale = await store.listStale(1, 10);
    assert.deepEqual(
      stale.map(({ sourceNumber, seq }) => [sourceNumber, seq]),
      [[2, 1]],
      'its text is to be made from raw',
    );
    await store.saveCleanedAnew([{ origin: 2, kind: 'item', item: fromSea }], 1, day(71));
    const stored = await store.getItem(idOf('fair'));
    assert.deepEqual([stored?.source, stored?.contentHtml], ['sea', '<p>From the sea.</p>']);
    assert.deepEqual(await store.listStale(1, 10), []);
  });

  check('revives a dropped text as an ordinary change', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [], { dropped: [droppedItem('fair'), droppedItem('gone')] });
    const gone = { kind: 'same', seq: seqOf(77), item: buildItem('gone') } as const;
    const saved = await store.saveCleanedAnew(
      [
        { origin: 1, kind: 'revived', change: newItem('fair') },
        { origin: 2, kind: 'revived', change: gone },
      ],
      2,
      day(70),
    );
    assert.deepEqual(saved, { publications: [1] });
    assert.deepEqual(await feedOf(store, 1), ['fair']);
    assert.deepEqual(await store.listStale(2, 10), []);
  });
}

function changedPipeline(sources: readonly string[]) {
  const same = declaration(sources, { main: null, town: ['town'] });
  return { ...same, sources: same.sources.map((source) => ({ ...source, pipelineHash: 'pipeline 2' })) };
}
