/** What the port promises about lists and pages. */
import assert from 'node:assert/strict';
import type { FeedCursor, FeedPage, Store } from '../../../src/store/store.ts';
import { day, declaration, feedOf, newItem, save, seqOf } from '../build.ts';
import type { Check } from './check.ts';

export function testLists(check: Check): void {
  check(
    'sorts a feed by published, without a date by arrival, a date in the future too; equal times by number',
    async ({ store }) => {
      await store.declare(declaration(['town']), day(1));
      await save(store, [
        newItem('tenth', { published: day(10) }),
        newItem('undated', { published: null }),
        newItem('future', { published: day(900) }),
        newItem('third', { published: day(3) }),
        newItem('tenth again', { published: day(10) }),
      ]);
      const newest = ['future', 'undated', 'tenth again', 'tenth', 'third'];
      assert.deepEqual(await feedOf(store, 1), newest);
      assert.deepEqual(await feedOf(store, 1, 'oldest'), newest.toReversed());
    },
  );

  check('pages through a feed in both orders, without repeating or missing', async ({ store }) => {
    await store.declare(declaration(['town']), day(1));
    await save(
      store,
      Array.from({ length: 950 }, (_, index) => newItem(`n${index}`, { published: day(index % 7) })),
    );
    for (const order of ['newest', 'oldest'] as const) {
      const whole = await store.listFeed(1, { limit: 1000, order });
      assert.equal(whole.items.length, 950);
      assert.equal(whole.next, null);
      for (const limit of [1, 199, 200, 201, 475, 950]) {
        const paged = await pageThrough(store, order, limit);
        assert.deepEqual(
          paged,
          whole.items.map(({ title }) => title),
          `${order}, pages of ${limit}`,
        );
      }
    }
    assert.equal(await store.countFeed(1), 950);
    assert.deepEqual(await store.listFeed(9, { limit: 5, order: 'newest' }), { items: [], next: null });
  });

  check('lists a feed, and everything, in order of arrival', async ({ store }) => {
    await store.declare(declaration(['town', 'sea'], { main: ['town'] }), day(1));
    await save(
      store,
      ['a', 'b', 'c'].map((name, index) => newItem(name, { published: day(9 - index) })),
    );
    await save(store, [newItem('tide')], { source: 2 });
    await save(store, [newItem('d')]);
    const arrived = await store.listFeedByArrival(1, { offset: 1, limit: 10 });
    assert.deepEqual(
      arrived.map(({ title }) => title),
      ['b', 'c', 'd'],
    );
    assert.deepEqual(
      (await store.listFeedByArrival(1, { offset: 0, limit: 2 })).map(({ title }) => title),
      ['a', 'b'],
    );
    assert.deepEqual(
      (await store.listItems(seqOf(2), 2)).map(({ title }) => title),
      ['c', 'tide'],
    );
    assert.deepEqual(await store.listItems(seqOf(5), 2), []);
  });

  check('counts nobody while there is nobody', async ({ store }) => {
    assert.equal(await store.countUsers(), 0);
  });
}

async function pageThrough(store: Store, order: 'newest' | 'oldest', limit: number): Promise<string[]> {
  const titles: string[] = [];
  let after: FeedCursor | null = null;
  do {
    const page: FeedPage = await store.listFeed(1, { limit, order, ...(after === null ? {} : { after }) });
    titles.push(...page.items.map(({ title }) => title));
    if (page.next !== null) assert.equal(page.items.length, limit);
    after = page.next;
  } while (after !== null);
  return titles;
}
