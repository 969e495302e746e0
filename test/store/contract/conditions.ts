/** What the port promises about publications that do not take every item of their sources. */
import assert from 'node:assert/strict';
import type { ItemChange } from '../../../src/model/item-change.ts';
import type { CleanItem } from '../../../src/model/item.ts';
import type { Condition } from '../../../src/model/rule.ts';
import type { EpochMs } from '../../../src/model/time.ts';
import type { Declaration } from '../../../src/store/store.ts';
import { buildItem, day, declaration, droppedItem, feedOf, idOf, newItem, save, seqOf } from '../build.ts';
import { type Check, countTurns } from './check.ts';

type Definition = { where?: Condition; exclude?: Condition; sources?: readonly string[] };

/** Two sources; publication 1 is `all` of both, publication 2 is `some`, as defined. */
function withSome({ where, exclude, sources }: Definition): Declaration {
  const declared = declaration(['town', 'sea'], { all: null, some: sources ?? null });
  const publications = declared.publications.map((publication) =>
    publication.name === 'some'
      ? { ...publication, where: where ?? null, exclude: exclude ?? null }
      : publication,
  );
  return { ...declared, publications };
}

function revised(seq: number, item: CleanItem, published: EpochMs | null = item.published): ItemChange {
  return { kind: 'revised', seq: seqOf(seq), item, published, updated: day(51) };
}

function atSea(name: string, contentText: string): CleanItem {
  return buildItem(name, { locator: `sea-${name}.txt`, contentText });
}

const FAIR: Condition = { any: ['fair'] };

export function testConditions(check: Check): void {
  check('takes into a publication what fulfils its conditions when it arrives', async ({ store }) => {
    await store.declare(withSome({ where: { any: ['集市', 'fair'] }, exclude: { title: ['sale'] } }), day(1));
    const saved = await save(store, [
      newItem('fair'),
      newItem('fair sale'),
      newItem('market', { contentText: '今年的傳統集市。' }),
      newItem('storm'),
    ]);
    assert.deepEqual(await feedOf(store, 1), ['storm', 'market', 'fair sale', 'fair']);
    assert.deepEqual(await feedOf(store, 2), ['market', 'fair']);
    assert.deepEqual(saved.publications, [1, 2]);
    assert.deepEqual((await save(store, [newItem('wind')])).publications, [1], 'the other one is as it was');
  });

  check('decides anew when a text is revised', async ({ store }) => {
    await store.declare(withSome({ where: FAIR }), day(1));
    await save(store, [newItem('one', { contentText: 'About the fair.' }), newItem('two')]);
    assert.deepEqual(await feedOf(store, 2), ['one']);
    const fresh = [
      revised(1, buildItem('one', { contentText: 'It was called off.' })),
      revised(2, buildItem('two', { contentText: 'The fair begins.' })),
    ];
    const saved = await save(store, fresh, { at: day(51) });
    assert.deepEqual(await feedOf(store, 2), ['two']);
    assert.deepEqual(await feedOf(store, 1), ['two', 'one']);
    assert.deepEqual(saved.publications, [1, 2]);
    assert.equal((await store.listPublications())[1]?.changed, day(51));
  });

  check('decides by the text that is shown when another source brings the item', async ({ store }) => {
    await store.declare(withSome({ where: FAIR, sources: ['sea'] }), day(1));
    await save(store, [newItem('one', { contentText: 'About the fair.' }), newItem('two')]);
    assert.deepEqual(await feedOf(store, 2), [], 'no origin of them lies in its source');
    const origins: ItemChange[] = [
      { kind: 'origin', seq: seqOf(1), item: atSea('one', 'Nothing.'), shown: false },
      { kind: 'origin', seq: seqOf(2), item: atSea('two', 'A long word on the fair.'), shown: true },
    ];
    await save(store, origins, { source: 2, at: day(52) });
    assert.deepEqual(await feedOf(store, 2), ['two', 'one']);
    await save(store, [{ kind: 'origin', seq: seqOf(1), item: atSea('one', 'No, none.'), shown: true }], {
      source: 2,
      at: day(53),
    });
    assert.deepEqual(await feedOf(store, 2), ['two'], 'the text that is shown now is another');
  });

  check('decides anew what is cleaned anew', async ({ store }) => {
    await store.declare(withSome({ where: { category: ['fairs'] } }), day(1));
    await save(store, [newItem('one'), newItem('two', { categories: ['fairs'] })]);
    assert.deepEqual(await feedOf(store, 2), ['two']);
    const tagged = buildItem('one', { categories: ['fairs'], fingerprint: 'tagged' });
    const untagged = buildItem('two', { categories: [], fingerprint: 'untagged' });
    const saved = await store.saveCleanedAnew(
      [
        { origin: 1, kind: 'item', item: tagged },
        { origin: 2, kind: 'item', item: untagged },
      ],
      2,
      day(60),
    );
    assert.deepEqual(await feedOf(store, 2), ['one']);
    assert.deepEqual(saved.publications, [1, 2]);
    await store.saveCleanedAnew([{ origin: 1, kind: 'dropped', reason: 'advertising' }], 3, day(61));
    assert.deepEqual(await feedOf(store, 2), []);
    await store.saveCleanedAnew([{ origin: 1, kind: 'item', item: tagged }], 4, day(62));
    assert.deepEqual(await feedOf(store, 2), ['one']);
  });

  check('counts the age of an item back from its arrival', async ({ store }) => {
    const old: Condition = { olderThanMs: 30 * 86_400_000 };
    await store.declare(withSome({ exclude: old }), day(1));
    await save(store, [newItem('old', { published: day(19) }), newItem('new', { published: day(30) })]);
    assert.deepEqual(await feedOf(store, 2), ['new'], 'they arrived on day 50');
    const item = buildItem('new', { published: day(30), contentText: 'More of it.' });
    await save(store, [revised(2, item)], { at: day(300) });
    await store.declare(withSome({ exclude: { ...old, title: ['new', 'old'] } }), day(301));
    assert.deepEqual(await feedOf(store, 2), ['new']);
    await save(store, [revised(2, item, day(2))], { at: day(302) });
    assert.deepEqual(await feedOf(store, 2), [], 'the publisher says that it is older');
  });

  check('rebuilds membership when the conditions of a publication change', async ({ store, dump }) => {
    await store.declare(withSome({}), day(1));
    await save(store, [newItem('fair'), newItem('storm')]);
    await save(store, [newItem('tide')], { source: 2, dropped: [droppedItem('fair wind')] });
    assert.deepEqual(await feedOf(store, 2), ['tide', 'storm', 'fair']);

    await store.declare(withSome({ exclude: FAIR }), day(60));
    assert.deepEqual(await feedOf(store, 2), ['tide', 'storm']);
    assert.deepEqual(
      (await store.listPublications()).map(({ changed }) => changed),
      [day(50), day(60)],
    );
    const before = await dump();
    await store.declare(withSome({ exclude: FAIR }), day(61));
    assert.deepEqual(await dump(), before, 'declaring the same again changes nothing');

    await store.declare(withSome({ where: FAIR }), day(62));
    assert.deepEqual(await feedOf(store, 2), ['fair']);
    await store.declare(withSome({ where: { any: ['storm', 'tide'] }, sources: ['sea'] }), day(63));
    assert.deepEqual(await feedOf(store, 2), ['tide']);
    await store.declare(withSome({}), day(64));
    assert.deepEqual(await feedOf(store, 2), ['tide', 'storm', 'fair']);
    assert.equal((await store.getItem(idOf('fair')))?.title, 'fair');
  });

  check('rebuilds thousands of conditional memberships without holding up other work', async ({ store }) => {
    await store.declare(withSome({}), day(1));
    await save(
      store,
      Array.from({ length: 2000 }, (_, index) => newItem(`fair ${index}`)),
    );
    const declaring = store.declare(withSome({ where: { text: ['fair 7'] } }), day(2));
    const turns = await countTurns(declaring);
    assert.deepEqual(await feedOf(store, 2), ['fair 7']);
    assert.ok(turns > 3, `others had ${turns} turns`);
  });
}
