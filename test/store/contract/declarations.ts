/** What the port promises about what the configuration names. */
import assert from 'node:assert/strict';
import { day, declaration, droppedItem, feedOf, idOf, newItem, save } from '../build.ts';
import { type Check, plain, countTurns } from './check.ts';

export function testDeclarations(check: Check): void {
  check('gives sources numbers, and the same again for the same', async ({ store, dump }) => {
    const first = await store.declare(declaration(['town', 'sea']), day(1));
    assert.deepEqual(first.sources, [
      { number: 1, key: 'town' },
      { number: 2, key: 'sea' },
    ]);
    const before = await dump();
    assert.deepEqual(await store.declare(declaration(['town', 'sea']), day(2)), first);
    assert.deepEqual(await dump(), before, 'declaring the same again changes nothing');
  });

  check('finds a renamed source again by type and address', async ({ store }) => {
    await store.declare(declaration(['town', 'sea']), day(1));
    await save(store, [newItem('fair')]);
    const renamed = declaration(['sea', 'city'], { main: ['city'] });
    const city = { ...renamed.sources[1], key: 'city', address: '/articles/town' };
    const { sources } = await store.declare(
      {
        ...renamed,
        sources: [
          ...renamed.sources.slice(0, 1),
          { type: 'archive', folder: null, pipelineHash: 'p', ...city },
        ],
      },
      day(2),
    );
    assert.deepEqual(sources, [
      { number: 2, key: 'sea' },
      { number: 1, key: 'city' },
    ]);
    assert.equal((await store.getItem(idOf('fair')))?.source, 'city');
    assert.deepEqual(await feedOf(store, 1), ['fair']);
  });

  check('gives a source with another type a new number', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    const other = declaration(['city']);
    const sources = other.sources.map((source) => ({ ...source, type: 'page', address: '/articles/town' }));
    assert.deepEqual((await store.declare({ ...other, sources }, day(2))).sources, [
      { number: 2, key: 'city' },
    ]);
  });

  check(
    'keeps the items of a source that is no longer declared, and its number for its return',
    async ({ store }) => {
      await store.declare(declaration(['town', 'sea']), day(1));
      await save(store, [newItem('fair')]);
      await store.declare(declaration(['sea']), day(2));
      assert.deepEqual(
        (await store.listSources()).map(({ key }) => key),
        ['sea'],
      );
      assert.deepEqual(await feedOf(store, 1), [], 'all sources are the declared ones');
      assert.equal((await store.getItem(idOf('fair')))?.title, 'fair');

      const { sources } = await store.declare(declaration(['sea', 'town']), day(3));
      assert.deepEqual(sources[1], { number: 1, key: 'town' });
      assert.deepEqual(await feedOf(store, 1), ['fair']);
    },
  );

  check(
    'lists publications in the order of the declaration, with the moments of first sight and last change',
    async ({ store }) => {
      await store.declare(declaration(['town'], { main: null, family: ['town'] }), day(1));
      await store.declare(declaration(['town'], { family: ['town'], main: null }), day(2));
      assert.deepEqual(plain(await store.listPublications()), [
        { number: 2, name: 'family', created: day(1), changed: day(1) },
        { number: 1, name: 'main', created: day(1), changed: day(1) },
      ]);
      const other = declaration(['town'], { family: ['town'] });
      const publications = other.publications.map((publication) => ({ ...publication, hash: 'new looks' }));
      await store.declare({ ...other, publications }, day(3));
      assert.deepEqual(plain(await store.listPublications()), [
        { number: 2, name: 'family', created: day(1), changed: day(3) },
      ]);
      await store.declare(declaration(['town']), day(4));
      assert.equal(
        (await store.listPublications())[0]?.number,
        1,
        'a publication comes back with its number',
      );
    },
  );

  check('rebuilds membership when the sources of a publication change', async ({ store }) => {
    await store.declare(declaration(['town', 'sea'], { main: ['town'] }), day(1));
    await save(store, [newItem('fair')]);
    await save(store, [newItem('tide', { published: day(9) })], { source: 2 });
    assert.deepEqual(await feedOf(store, 1), ['fair']);

    await store.declare(declaration(['town', 'sea'], { main: ['town', 'sea'] }), day(60));
    assert.deepEqual(await feedOf(store, 1), ['fair', 'tide']);
    assert.equal((await store.listPublications())[0]?.changed, day(60));

    await store.declare(declaration(['town', 'sea'], { main: ['sea'] }), day(61));
    assert.deepEqual(await feedOf(store, 1), ['tide']);
  });

  check('fills a publication that is declared again with what came while it was away', async ({ store }) => {
    await store.declare(declaration(['town'], { main: null, family: null }), day(1));
    await store.declare(declaration(['town'], { main: null }), day(2));
    await save(store, [newItem('fair')]);
    assert.equal(await store.countFeed(2), 0);
    await store.declare(declaration(['town'], { main: null, family: null }), day(3));
    assert.deepEqual(await feedOf(store, 2), ['fair']);
  });

  check('rebuilds thousands of memberships without holding up other work', async ({ store }) => {
    await store.declare(declaration(['town'], { main: null }), day(1));
    await save(
      store,
      Array.from({ length: 2000 }, (_, index) => newItem(`fair ${index}`)),
    );
    const declaring = store.declare(declaration(['town'], { main: null, all: null }), day(2));
    const turns = await countTurns(declaring);
    assert.equal(await store.countFeed(2), 2000);
    assert.ok(turns > 3, `others had ${turns} turns`);
  });

  check('tells how the last refresh of a source ended', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    const warning = { code: 'date-out-of-range', message: 'line 1: date out of range', where: 'a.txt' };
    await save(store, [newItem('fair'), newItem('market')], { dropped: [droppedItem('sale')] });
    await store.saveEnding({
      state: null,
      sourceNumber: 1,
      at: day(50),
      error: null,
      warnings: [warning],
    });
    const summary = {
      number: 1,
      key: 'town',
      type: 'archive',
      address: '/articles/town',
      folder: null,
      items: 2,
      dropped: 1,
      lastSuccess: day(50),
      lastAttempt: day(50),
      lastError: null,
      warnings: [warning],
      icon: null,
      state: null,
      publishesEveryMs: null,
    };
    assert.deepEqual(await store.listSources(), [summary]);

    const error = { code: 'unreadable', message: 'The directory is gone.' };
    await store.saveEnding({
      state: null,
      sourceNumber: 1,
      at: day(51),
      error,
      warnings: [],
    });
    assert.deepEqual(await store.listSources(), [
      { ...summary, lastAttempt: day(51), lastError: error, warnings: [] },
    ]);
  });
}
