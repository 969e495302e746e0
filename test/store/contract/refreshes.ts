/** What the port promises about saving a refresh. */
import assert from 'node:assert/strict';
import type { CleanItem, ItemKey, SafeHtml } from '../../../src/model/item.ts';
import type { HttpUrl } from '../../../src/model/url.ts';
import { buildItem, day, declaration, droppedItem, idOf, newItem, save, seenFile, seqOf } from '../build.ts';
import { type Check, plain, countTurns } from './check.ts';

export function testRefreshes(check: Check): void {
  check('keeps a bounded number of places of one source, and every key', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair')]);
    const seq = seqOf(1);
    for (let turn = 1; turn <= 40; turn += 1) {
      const guid = `guid-${turn}`;
      const item = buildItem('fair', {
        locator: guid,
        guid,
        keys: [`guid 1 ${guid}` as ItemKey],
        rawHash: guid,
      });
      await save(store, [{ kind: 'same', seq, item }]);
    }
    const { origins, keys } = await store.getHistory(seq);
    assert.equal(origins.length, 17);
    assert.equal(origins.filter(({ shown }) => shown).length, 1);
    assert.ok(origins.some(({ locator }) => locator === 'guid-40'));
    assert.equal(keys.filter((key) => key.startsWith('guid 1 guid-')).length, 40);
  });

  check('gives a new item back as it was given', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    const full: Partial<CleanItem> = {
      guid: 'g-1',
      url: 'https://news.example/fair?a=1' as HttpUrl,
      title: 'Fair 市集 𠀀',
      contentHtml: '<p>Stalls &amp; music 𠀀</p>' as SafeHtml,
      summary: 'Stalls',
      authors: [{ name: 'Wu', url: 'https://wu.example/' as HttpUrl, email: 'wu@wu.example' }],
      categories: ['fun', '市集'],
      enclosures: [
        {
          url: 'https://news.example/a.mp3' as HttpUrl,
          mediaType: 'audio/mpeg',
          bytes: 5,
          seconds: 1.5,
          title: null,
        },
      ],
      image: 'https://news.example/a.jpg' as HttpUrl,
      language: 'zh-Hant',
      rights: '© Wu',
      published: day(-9000),
      archived: day(11),
      commentsUrl: 'https://news.example/fair#talk' as HttpUrl,
    };
    const item = buildItem('fair', full);
    const saved = await save(store, [{ kind: 'new', id: idOf('fair'), item, updated: day(12) }]);
    assert.deepEqual(saved, { added: 1, changed: 0, publications: [1] });
    assert.deepEqual(await store.getItem(idOf('fair')), {
      ...full,
      seq: 1,
      id: idOf('fair'),
      source: 'town',
      updated: day(12),
      crawled: day(50),
      changed: day(50),
      revisions: 0,
    });
    assert.equal((await store.listPublications())[0]?.changed, day(50));
  });

  check('numbers items in the order of the changes', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(
      store,
      ['c', 'a', 'b'].map((name) => newItem(name)),
    );
    await save(store, [newItem('d')]);
    const items = await store.listItems(null, 10);
    assert.deepEqual(
      items.map(({ seq, title }) => [seq, title]),
      [
        [1, 'c'],
        [2, 'a'],
        [3, 'b'],
        [4, 'd'],
      ],
    );
  });

  check('writes all of a refresh or nothing', async ({ store, dump }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair')]);
    const before = await dump();
    const refused = save(store, [newItem('market'), newItem('fair')], { files: [seenFile('market.txt')] });
    await assert.rejects(refused, /UNIQUE/);
    assert.deepEqual(await dump(), before);
    assert.equal((await save(store, [newItem('market')])).added, 1, 'and goes on');
  });

  check('changes nothing when the same is imported again', async ({ store, dump }) => {
    await store.declare(declaration(['town']), day(1));
    const names = ['fair', 'market'];
    const dropped = [droppedItem('sale')];
    const files = [seenFile('fair.txt')];
    await save(
      store,
      names.map((name) => newItem(name)),
      { dropped, files },
    );
    const before = await dump();
    const again = names.map(
      (name, index) => ({ kind: 'same', seq: seqOf(index + 1), item: buildItem(name) }) as const,
    );
    const saved = await save(store, again, { dropped, files, at: day(51) });
    assert.deepEqual(saved, { added: 0, changed: 0, publications: [] });
    assert.deepEqual(await dump(), before);
  });

  check(
    'lets other work in while it writes thousands, and other writes wait for their turn',
    async ({ store }) => {
      await store.declare(declaration(['town']), day(1));
      const many = Array.from({ length: 5000 }, (_, index) => newItem(`item ${index}`));
      const saving = save(store, many);
      const after = save(store, [newItem('last')]);
      const turns = await countTurns(saving);
      assert.equal((await saving).added, 5000);
      await after;
      assert.equal((await store.getItem(idOf('last')))?.seq, 5001);
      assert.ok(turns > 10, `others had ${turns} turns`);
    },
  );

  check('remembers files by path, with what was odd about them', async ({ store }) => {
    await store.declare(declaration(['town', 'sea']), day(1));
    const warning = { code: 'empty', message: 'the file is empty', where: 'b.txt' };
    const odd = seenFile('b.txt', {
      warnings: [warning],
      outcome: 'rejected',
      modified: 1_700_000_000_000.123,
    });
    await save(store, [], { files: [seenFile('a.txt'), odd] });
    const paths = ['a.txt', 'b.txt', 'c.txt'];
    assert.deepEqual(
      plain(await store.knownFiles(1, paths)),
      plain(
        new Map([
          ['a.txt', seenFile('a.txt')],
          ['b.txt', odd],
        ]),
      ),
    );
    assert.deepEqual(await store.knownFiles(2, paths), new Map());
    assert.deepEqual(await store.listFileWarnings(1, 10), { warnings: [warning], more: 0 });
    assert.deepEqual(await store.listFileWarnings(1, 0), { warnings: [], more: 1 });

    const mended = seenFile('b.txt', { bytes: 99 });
    await save(store, [], { files: [mended] });
    assert.deepEqual((await store.knownFiles(1, ['b.txt'])).get('b.txt'), mended);
    assert.deepEqual(await store.listFileWarnings(1, 10), { warnings: [], more: 0 });
  });

  check('passes over a change to an item that was removed meanwhile', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(store, [newItem('fair')]);
    await store.removeItems([seqOf(1)], day(51));
    const change = { kind: 'same', seq: seqOf(1), item: buildItem('fair') } as const;
    assert.deepEqual(await save(store, [change]), { added: 0, changed: 0, publications: [] });
    assert.equal(await store.getItem(idOf('fair')), null);
  });
}
