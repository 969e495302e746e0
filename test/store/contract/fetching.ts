/** What the port promises about sources that are fetched: their state, their icons, and what they keep for a time only. */
import assert from 'node:assert/strict';
import type { SourceState } from '../../../src/model/fetch.ts';
import type { HttpUrl } from '../../../src/model/url.ts';
import type { Icon, RefreshEnding } from '../../../src/store/store.ts';
import { buildItem, day, declaration, droppedItem, feedOf, idOf, newItem, save, seqOf } from '../build.ts';
import { countTurns, plain, type Check } from './check.ts';

const STATE: SourceState = {
  readAs: 'selectors 1',
  validators: { etag: '"one"', lastModified: null },
  bodyHash: 'b0d1',
  movedTo: 'https://elsewhere.example/feed' as HttpUrl,
  nextFetch: day(51),
  lastAttempt: day(50),
  lastSuccess: day(50),
  lastChange: day(40),
  failures: 2,
  goneAnswers: 1,
  unchanged: 3,
  bytes: 1234,
  title: 'Town',
  siteUrl: 'https://town.example/' as HttpUrl,
  iconUrl: null,
  publisherIntervalMs: 3_600_000,
  skipHours: [0, 1],
  skipDays: [6],
};

function ending(over: Partial<RefreshEnding> = {}): RefreshEnding {
  return { sourceNumber: 1, at: day(50), error: null, warnings: [], state: STATE, ...over };
}

function icon(name: string): Icon {
  return { hash: name.repeat(8), mediaType: 'image/png', bytes: Buffer.from(name) };
}

export function testFetching(check: Check): void {
  check('keeps what was learned by fetching together with what the refresh brought', async ({ store }) => {
    await store.declare(declaration(['town', 'sea']), day(1));
    assert.deepEqual([await store.getSourceState(1), await store.listDueTimes()], [null, []]);
    await save(store, [newItem('fair')], { ending: ending() });
    assert.deepEqual(await store.getSourceState(1), STATE);
    assert.equal(await store.getSourceState(2), null);
    assert.deepEqual(plain(await store.listDueTimes()), [
      { sourceNumber: 1, readAs: 'selectors 1', nextFetch: day(51), lastAttempt: day(50) },
    ]);
    assert.deepEqual(
      (await store.listSources()).map(({ state }) => state),
      [STATE, null],
    );
  });

  check('writes neither state nor items of a refresh that fails half-way', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    const broken = newItem('fair', { contentHtml: null as never });
    await assert.rejects(save(store, [newItem('market'), broken], { ending: ending() }));
    assert.deepEqual([await store.getSourceState(1), await feedOf(store, 1)], [null, []]);
  });

  check('keeps warnings and the last success through a failure', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    const warning = { code: 'odd', message: 'an odd date', where: null };
    await store.saveEnding(ending({ warnings: [warning] }));
    const error = { code: 'timed-out', message: 'It took too long.' };
    const failing = { ...STATE, failures: 3, validators: null };
    await store.saveEnding(ending({ at: day(51), error, warnings: null, state: failing }));
    const [summary] = await store.listSources();
    assert.deepEqual(
      [summary?.warnings, summary?.lastError, summary?.state],
      [[warning], error, { ...failing, lastAttempt: day(51) }],
    );
    await store.saveEnding(ending({ at: day(52), state: null }));
    assert.equal((await store.getSourceState(1))?.failures, 3, 'no state leaves the state');
  });

  check('knows the newest raw text of each place, dropped ones included', async ({ store }) => {
    await store.declare(declaration(['town', 'sea']), day(1));
    const odd = buildItem('odd', { locator: '__proto__' });
    const dropped = droppedItem('sale');
    await save(store, [newItem('fair'), newItem('odd', { locator: '__proto__' })], { dropped: [dropped] });
    await save(store, [newItem('tide')], { source: 2 });
    const known = await store.knownRaw(1);
    assert.deepEqual(Object.keys(known).length, 3);
    assert.deepEqual(
      ['__proto__', 'fair.txt', 'sale.txt'].map((place) => [place, known[place]]),
      [
        ['__proto__', odd.rawHash],
        ['fair.txt', buildItem('fair').rawHash],
        ['sale.txt', dropped.rawHash],
      ],
    );
  });

  check('tells how often a source publishes, once there is enough to tell', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    const every = async () => (await store.listSources())[0]?.publishesEveryMs;
    await save(store, [newItem('a', { published: day(1) }), newItem('b', { published: day(2) })]);
    assert.equal(await every(), null);
    await save(store, [newItem('c', { published: day(3) }), newItem('d', { published: day(30) })]);
    assert.equal(await every(), 86_400_000);
  });

  check('lists what is old enough to go, and nothing that another source holds', async ({ store }) => {
    await store.declare(declaration(['town', 'sea']), day(1));
    await save(store, [newItem('fair'), newItem('market')], { at: day(10) });
    await save(store, [newItem('tide')], { at: day(20) });
    const shared = { kind: 'origin' as const, seq: seqOf(1), item: buildItem('fair'), shown: false };
    await save(store, [shared], { source: 2, at: day(20) });
    const expired = async (before: [number, number][], after: number | null = null) =>
      (
        await store.listExpired({
          sourceNumber: 1,
          before: new Map(before.map(([source, number]) => [source, day(number)])),
          after: after === null ? null : seqOf(after),
        })
      ).seqs;
    assert.deepEqual(await expired([[1, 15]]), [2]);
    assert.deepEqual(await expired([[1, 10]]), []);
    assert.deepEqual(
      await expired([
        [1, 25],
        [2, 5],
      ]),
      [2, 3],
    );
    assert.deepEqual(
      await expired([
        [1, 25],
        [2, 15],
      ]),
      [1, 2, 3],
    );
    assert.deepEqual(
      await expired(
        [
          [1, 25],
          [2, 15],
        ],
        2,
      ),
      [3],
    );
    assert.deepEqual(await expired([[2, 25]]), []);
  });

  check('pages through many that are old', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    const many = Array.from({ length: 620 }, (_, number) => newItem(`n${number}`));
    await save(store, many, { at: day(10) });
    const before = new Map([[1, day(15)]]);
    const first = await store.listExpired({ sourceNumber: 1, before, after: null });
    const second = await store.listExpired({ sourceNumber: 1, before, after: first.next });
    assert.deepEqual([first.seqs.length, second.seqs.length, second.next], [500, 120, null]);
  });

  check('gives space back without holding up others', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    const body = 'all there is to say '.repeat(400);
    const many = Array.from({ length: 600 }, (_, number) =>
      newItem(`n${number}`, { contentHtml: `<p>${body}${number}</p>` as never }),
    );
    await save(store, many, { at: day(10) });
    await store.removeItems(
      Array.from({ length: 600 }, (_, number) => seqOf(number + 1)),
      day(60),
    );
    const giving = store.giveSpaceBack();
    const turns = await countTurns(giving);
    assert.ok((await giving) > 4_000_000, `${await giving} bytes`);
    assert.ok(turns > 5, `others had ${turns} turns`);
    assert.equal(await store.giveSpaceBack(), 0);
    assert.equal(await store.getItem(idOf('n1')), null);
  });

  check('keeps an icon once, and not longer than a source shows it', async ({ store }) => {
    await store.declare(declaration(['town', 'sea']), day(1));
    assert.equal(await store.iconLooked(1), null);
    await store.saveIcon(1, icon('blue'), day(2));
    await store.saveIcon(2, icon('blue'), day(3));
    assert.deepEqual([await store.iconLooked(1), await store.iconLooked(2)], [day(2), day(3)]);
    await store.saveIcon(1, null, day(4));
    const kept = await store.getIcon(icon('blue').hash);
    assert.deepEqual([kept?.mediaType, Buffer.from(kept?.bytes ?? []).toString()], ['image/png', 'blue']);
    await store.saveIcon(2, icon('red'), day(5));
    assert.equal(await store.getIcon(icon('blue').hash), null);
    assert.deepEqual(
      (await store.listSources()).map((source) => source.icon),
      [null, icon('red').hash],
    );
  });
}
