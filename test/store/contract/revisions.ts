/** What the port promises about changed texts. */
import assert from 'node:assert/strict';
import { buildItem, day, declaration, feedOf, idOf, newItem, save, seqOf } from '../build.ts';
import type { Check } from './check.ts';

export function testRevisions(check: Check): void {
  check('keeps the replaced text of a revised item as a revision', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair')]);
    const item = buildItem('fair', { title: 'The fair', contentText: 'It rains.' });
    const saved = await save(
      store,
      [{ kind: 'revised', seq: seqOf(1), item, published: day(12), updated: day(60) }],
      { at: day(60) },
    );
    assert.deepEqual(saved, { added: 0, changed: 1, publications: [1] });
    const stored = await store.getItem(idOf('fair'));
    assert.deepEqual(
      [stored?.seq, stored?.title, stored?.contentHtml, stored?.revisions],
      [1, 'The fair', '<p>It rains.</p>', 1],
    );
    assert.deepEqual(
      [stored?.published, stored?.updated, stored?.crawled, stored?.changed],
      [day(10), day(60), day(50), day(60)],
      'published never moves later',
    );
    const { origins, revisions } = await store.getHistory(seqOf(1));
    assert.deepEqual(revisions, [
      {
        at: day(60),
        title: 'fair',
        contentHtml: '<p>All there is to say about fair.</p>',
        published: day(10),
      },
    ]);
    assert.deepEqual(
      origins.map(({ shown, firstSeen, lastSeen }) => ({ shown, firstSeen, lastSeen })),
      [{ shown: true, firstSeen: day(50), lastSeen: day(60) }],
    );
    assert.equal((await store.listPublications())[0]?.changed, day(60));
  });

  check('shows the file that revised an item, and no longer the one before', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair')]);
    const item = buildItem('fair', { locator: 'fair-2.txt', contentText: 'Later.' });
    await save(store, [{ kind: 'revised', seq: seqOf(1), item, published: day(10), updated: day(60) }]);
    const { origins } = await store.getHistory(seqOf(1));
    assert.deepEqual(
      origins.map(({ locator, shown }) => [locator, shown]),
      [
        ['fair.txt', false],
        ['fair-2.txt', true],
      ],
    );
  });

  check('puts an earlier text among the revisions and moves published earlier', async ({ store, dump }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair'), newItem('market', { published: day(9) })]);
    const item = buildItem('fair', { locator: 'old.txt', contentText: 'Soon.', published: day(8) });
    const change = { kind: 'earlier', seq: seqOf(1), item, published: day(8), updated: day(10) } as const;
    assert.deepEqual(await save(store, [change], { at: day(60) }), {
      added: 0,
      changed: 1,
      publications: [1],
    });
    const stored = await store.getItem(idOf('fair'));
    assert.deepEqual(
      [stored?.contentHtml, stored?.published, stored?.updated, stored?.revisions],
      ['<p>All there is to say about fair.</p>', day(8), day(10), 1],
    );
    assert.deepEqual(await feedOf(store, 1), ['market', 'fair'], 'its place in the feed follows');
    assert.deepEqual((await store.getHistory(seqOf(1))).revisions, [
      { at: day(60), title: 'fair', contentHtml: '<p>Soon.</p>', published: day(8) },
    ]);

    const before = await dump();
    assert.deepEqual(await save(store, [change], { at: day(61) }), {
      added: 0,
      changed: 0,
      publications: [],
    });
    assert.deepEqual(await dump(), before, 'the same earlier text is one revision');
  });
}
