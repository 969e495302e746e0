/**
 * Lists stay quick however long they grow because SQLite goes along an index: asked of SQLite itself, not of a clock.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CompiledQuery, sql, type Compilable } from 'kysely';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { migrate } from '../../src/store/migrations/migrations.ts';
import { drawingQuery } from '../../src/store/declare/decide-membership.ts';
import { staleQuery } from '../../src/store/read/list-stale.ts';
import { allItemsQuery, arrivalQuery, feedQuery } from '../../src/store/read/list-items.ts';
import { connect } from '../../src/store/sqlite-driver.ts';
import { day, declaration, seqOf } from './build.ts';

const ROWS = 100_000;

const connection = connect(':memory:', { readOnly: false });
const { db } = connection;
await migrate(db);
const store = createSqliteStore({ reader: connection, writer: connection });
await store.declare(declaration(['town']), day(1));
await fill();
after(() => store.close());

const place = { sort: day(3), seq: seqOf(7) };
const PLANS: readonly (readonly [string, Compilable, readonly RegExp[]])[] = [
  [
    'the first page of a feed',
    feedQuery(db, 1, 'newest', undefined).limit(50),
    [/place USING COVERING INDEX publication_items_in_order \(publication=\?\)/],
  ],
  [
    'a later page of a feed',
    feedQuery(db, 1, 'newest', place).limit(50),
    [/publication_items_in_order \(publication=\? AND \(sort,seq\)<\(\?,\?\)\)/],
  ],
  [
    'a later page, oldest first',
    feedQuery(db, 1, 'oldest', place).limit(50),
    [/publication_items_in_order \(publication=\? AND \(sort,seq\)>\(\?,\?\)\)/],
  ],
  [
    'a feed by arrival',
    arrivalQuery(db, 1).offset(90_000).limit(50),
    [/SEARCH publication_items USING PRIMARY KEY \(publication=\?\)/],
  ],
  [
    'all items',
    allItemsQuery(db, seqOf(90_000)).limit(50),
    [/SEARCH items USING INTEGER PRIMARY KEY \(rowid>\?\)/],
  ],
];

for (const [name, query, steps] of PLANS) {
  test(`reads ${name} along an index, without a scan and without sorting`, async () => {
    const plan = await explain(query);
    for (const step of steps) assert.match(plan, step);
    assert.doesNotMatch(plan, /TEMP B-TREE|SCAN/);
  });
}

test('looks for stale origins without reading raw texts', async () => {
  const plan = await explain(staleQuery(db, 2).limit(100));
  assert.match(plan, /origins USING COVERING INDEX origins_by_maker \(source=\?\)/);
});

test('finds the publications of an item without going through its source', async () => {
  const plan = await explain(drawingQuery(db, [1, 2, 3], { after: 6, through: 7 }));
  assert.match(plan, /origins USING INDEX \w+ \(item>\? AND item<\?\)/);
  assert.doesNotMatch(plan, /SCAN/);
});

test('reads the first, a middle and the last page of a feed of 100,000 items', async () => {
  assert.equal(await store.countFeed(1), ROWS);
  const first = await store.listFeed(1, { limit: 50, order: 'newest' });
  assert.equal(first.items[0]?.seq, ROWS);
  const middle = await store.listFeed(1, {
    limit: 50,
    order: 'newest',
    after: { sort: day(50_000), seq: seqOf(50_000) },
  });
  assert.equal(middle.items[0]?.seq, 49_999);
  assert.deepEqual(middle.next, { sort: day(49_950), seq: 49_950 });
  const last = await store.listFeed(1, {
    limit: 50,
    order: 'newest',
    after: { sort: day(51), seq: seqOf(51) },
  });
  assert.equal(last.items.at(-1)?.seq, 1);
  assert.equal(last.next, null);
});

async function explain(query: Compilable): Promise<string> {
  const { sql: text, parameters } = query.compile();
  const { rows } = await db.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`EXPLAIN QUERY PLAN ${text}`, [...parameters]),
  );
  assert.ok(rows.length > 0, 'SQLite told no plan');
  return rows.map(({ detail }) => detail).join('\n');
}

/** Item n is of day n. */
async function fill(): Promise<void> {
  const numbers = sql`WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${ROWS})`;
  const sort = sql`${day(0)} + n * 86400000`;
  await sql`${numbers} INSERT INTO items (seq, id, source, fingerprint, title, authors, categories, enclosures, updated, crawled, changed, sort)
    SELECT n, 'id' || n, 1, '', 'title', '[]', '[]', '[]', 0, 0, 0, ${sort} FROM number`.execute(db);
  await sql`INSERT INTO item_texts SELECT seq, '<p>text</p>' FROM items`.execute(db);
  await sql`INSERT INTO publication_items SELECT 1, seq, sort, 0 FROM items`.execute(db);
}
