import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideChanges, type FreshItems, wantedIds } from '../../src/dedupe/decide-changes.ts';
import { candidateIds, itemKeys } from '../../src/model/item-key.ts';
import type { CleanItem, ItemId, SafeHtml, Seq } from '../../src/model/item.ts';
import type { KnownItem, KnownOrigin } from '../../src/model/known-item.ts';
import type { EpochMs } from '../../src/model/time.ts';
import type { HttpUrl } from '../../src/model/url.ts';

const NOW = 5000 as EpochMs;
const SOURCE = 1;

interface Said {
  url?: string;
  guid?: string;
  text?: string;
  title?: string;
  locator?: string;
  published?: number;
  updated?: number;
  archived?: number;
  exportedId?: string;
}

function fresh(said: Said): CleanItem {
  const text = said.text ?? 'text';
  const url = (said.url ?? null) as HttpUrl | null;
  const guid = said.guid ?? null;
  return {
    locator: said.locator ?? 'a.txt',
    guid,
    url,
    title: said.title ?? 'Title',
    contentHtml: `<p>${text}</p>` as SafeHtml,
    contentText: text,
    summary: null,
    authors: [],
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    rights: null,
    published: (said.published ?? null) as EpochMs | null,
    updated: (said.updated ?? null) as EpochMs | null,
    archived: (said.archived ?? null) as EpochMs | null,
    commentsUrl: null,
    exported:
      said.exportedId === undefined
        ? null
        : { id: said.exportedId, published: null, updated: null, archived: null },
    keys: itemKeys({ url, guid, text, sourceNumber: SOURCE }),
    fingerprint: `print of ${text}`,
    raw: text,
    rawHash: `hash of ${text}`,
    trail: [],
    warnings: [],
  };
}

function origin(item: CleanItem, over: Partial<KnownOrigin> = {}): KnownOrigin {
  return {
    sourceNumber: SOURCE,
    locator: item.locator,
    fingerprint: item.fingerprint,
    rawHash: item.rawHash,
    textLength: item.contentText.length,
    published: item.published,
    archived: item.archived,
    shown: true,
    ...over,
  };
}

function known(said: Said, over: Partial<KnownItem> = {}): KnownItem {
  const item = fresh(said);
  return {
    seq: 1 as Seq,
    id: (candidateIds(item.keys, 'news')[0] ?? '') as ItemId,
    title: item.title,
    hasUrl: item.url !== null,
    published: item.published,
    updated: (item.updated ?? item.published ?? 1) as EpochMs,
    crawled: 1 as EpochMs,
    keys: item.keys,
    origins: [origin(item)],
    ...over,
  };
}

function decide(items: CleanItem[], over: Partial<FreshItems> = {}) {
  return decideChanges({
    fresh: items,
    known: [],
    removed: new Set(),
    takenIds: new Set(),
    sourceNumber: SOURCE,
    sourceKey: 'news',
    listed: 'all',
    ambiguous: new Set(),
    now: NOW,
    ...over,
  });
}

const U = 'https://example.com/a';

test('an item nobody saw is new, with the id of its address and its own date as updated', () => {
  const item = fresh({ url: U, published: 10 });
  const [id] = candidateIds(item.keys, 'news');
  assert.deepEqual(decide([item]).changes, [{ kind: 'new', id, item, updated: 10 }]);
});

test('updated is the publisher’s where it is later than published', () => {
  const rows: [Said, number][] = [
    [{ url: U, published: 10, updated: 20 }, 20],
    [{ url: U, published: 10, updated: 5 }, 10],
    [{ url: U, updated: 7 }, 7],
    [{ url: U }, NOW],
  ];
  for (const [said, updated] of rows) {
    const [change] = decide([fresh(said)]).changes;
    assert.equal(change?.kind === 'new' && change.updated, updated);
  }
});

test('the same text is the same item, whatever tracking its address carries now', () => {
  const item = fresh({ url: `${U}?utm_source=x` });
  assert.deepEqual(decide([item], { known: [known({ url: U })] }).changes, [{ kind: 'same', seq: 1, item }]);
});

test('another text at the same place is a revision, seen now', () => {
  const item = fresh({ url: U, text: 'edited', published: 99 });
  const changes = decide([item], { known: [known({ url: U, published: 10 })] }).changes;
  assert.deepEqual(changes, [{ kind: 'revised', seq: 1, item, published: 10, updated: NOW }]);
});

test('the publisher’s later date is when the revision was made', () => {
  const item = fresh({ url: U, text: 'edited', published: 10, updated: 4000 });
  const [change] = decide([item], { known: [known({ url: U, published: 10 })] }).changes;
  assert.equal(change?.kind === 'revised' && change.updated, 4000);
});

test('a canonical URL outranks a guid', () => {
  const byUrl = known({ url: U, guid: 'one', locator: 'x' });
  const byGuid = known({ url: 'https://example.com/b', guid: 'two', locator: 'y' }, { seq: 2 as Seq });
  const item = fresh({ url: U, locator: 'x', text: 'edited' });
  const [change] = decide([item], { known: [byGuid, byUrl] }).changes;
  assert.equal(change?.kind === 'revised' && change.seq, 1);
});

test('a guid leads to the item after its address changed', () => {
  const item = fresh({ url: 'https://example.com/moved', guid: 'g', locator: 'g' });
  const [change] = decide([item], {
    known: [known({ url: U, guid: 'g', locator: 'g' })],
    listed: new Set(),
  }).changes;
  assert.equal(change?.kind, 'same');
});

test('two items of one document that share a page address stay two by their guids', () => {
  const one = fresh({ url: `${U}#1`, guid: '1', locator: '1', text: 'first' });
  const two = fresh({ url: `${U}#2`, guid: '2', locator: '2', text: 'second' });
  const taken = new Set<ItemId>();
  const { changes } = decide([one, two], { listed: new Set(['1', '2']), takenIds: taken });
  assert.deepEqual(
    changes.map((change) => change.kind === 'new' && change.id),
    [candidateIds(one.keys, 'news')[0], candidateIds(two.keys, 'news')[1]],
  );
  const stored = [
    known({ url: `${U}#1`, guid: '1', locator: '1', text: 'first' }),
    known({ guid: '2', locator: '2', text: 'second' }, { seq: 2 as Seq, hasUrl: true }),
  ];
  const again = decide([two, one], { known: stored, listed: new Set(['1', '2']) });
  assert.deepEqual(
    again.changes.map((change) => [change.kind, change.kind !== 'new' && change.seq]),
    [
      ['same', 2],
      ['same', 1],
    ],
  );
});

test('the same text under two addresses is two items while both are listed', () => {
  const item = fresh({ url: 'https://example.com/b', locator: 'b.txt' });
  assert.equal(decide([item], { known: [known({ url: U, locator: 'a.txt' })] }).changes[0]?.kind, 'new');
});

test('the same text under a new address is the same item once the old one is no longer listed', () => {
  const item = fresh({ url: 'https://example.com/b', locator: 'b' });
  const [change] = decide([item], {
    known: [known({ url: U, locator: 'a' })],
    listed: new Set(['b']),
  }).changes;
  assert.equal(change?.kind, 'same');
});

test('two files without address and with one text are one item', () => {
  const item = fresh({ locator: 'copy.txt' });
  assert.equal(decide([item], { known: [known({ locator: 'a.txt' })] }).changes[0]?.kind, 'same');
});

test('a file without address that was edited stays its item, unless its title is another', () => {
  const rows: [Said, string][] = [
    [{ text: 'edited' }, 'revised'],
    [{ text: 'edited', title: 'Something else' }, 'new'],
    [{ text: 'edited', locator: 'other.txt' }, 'new'],
  ];
  for (const [said, kind] of rows) {
    assert.equal(decide([fresh(said)], { known: [known({})] }).changes[0]?.kind, kind);
  }
});

test('of two texts of one address in an archive the later is shown, whichever is read first', () => {
  const early = { url: U, locator: 'a.txt', text: 'v1', published: 10, archived: 11 };
  const late = { url: U, locator: 'b.txt', text: 'v2 longer', published: 20, archived: 21 };
  const forwards = decide([fresh(late)], { known: [known(early)] }).changes;
  assert.deepEqual(forwards, [{ kind: 'revised', seq: 1, item: fresh(late), published: 10, updated: 20 }]);
  const backwards = decide([fresh(early)], { known: [known(late)] }).changes;
  assert.deepEqual(backwards, [{ kind: 'earlier', seq: 1, item: fresh(early), published: 10, updated: 20 }]);
});

test('texts of one dateline are told apart by when they were archived', () => {
  const early = { url: U, locator: 'a.txt', text: 'v1', published: 10, archived: 11 };
  const late = { url: U, locator: 'b.txt', text: 'v2', published: 10, archived: 21 };
  assert.deepEqual(decide([fresh(late)], { known: [known(early)] }).changes, [
    { kind: 'revised', seq: 1, item: fresh(late), published: 10, updated: 21 },
  ]);
  assert.deepEqual(decide([fresh(early)], { known: [known(late)] }).changes, [
    { kind: 'earlier', seq: 1, item: fresh(early), published: 10, updated: 21 },
  ]);
});

test('an edit after a renaming is a revision, although the old place still shows the text', () => {
  const before = fresh({ url: U, locator: 'old.txt' });
  const moved = origin({ ...before, locator: 'new.txt' }, { shown: false });
  const stored = known({ url: U, locator: 'old.txt', published: 10 }, { origins: [origin(before), moved] });
  for (const text of ['edited one way', 'edited another way', 'x']) {
    const item = fresh({ url: U, locator: 'new.txt', text });
    assert.deepEqual(decide([item], { known: [stored] }).changes, [
      { kind: 'revised', seq: 1, item, published: 10, updated: NOW },
    ]);
  }
});

test('a file without address that was renamed and then edited stays its item', () => {
  const before = fresh({ locator: 'old.txt' });
  const stored = known(
    { locator: 'old.txt' },
    {
      origins: [origin(before), origin({ ...before, locator: 'new.txt' }, { shown: false })],
    },
  );
  const item = fresh({ locator: 'new.txt', text: 'edited' });
  assert.equal(decide([item], { known: [stored] }).changes[0]?.kind, 'revised');
});

test('the raw text that a place brought before is what it was, whatever else its keys lead to', () => {
  const item = fresh({ url: U, guid: 'g', locator: 'c.txt' });
  const byUrl = known({ url: U, locator: 'a.txt' });
  const own = known({ guid: 'g', locator: 'c.txt' }, { seq: 2 as Seq, origins: [origin(item)] });
  assert.deepEqual(decide([item], { known: [byUrl, own] }).changes, [{ kind: 'same', seq: 2, item }]);
});

test('another source’s word is an origin, shown where its text is the richer one', () => {
  for (const [text, shown] of [
    ['much richer text', true],
    ['t', false],
  ] as const) {
    const item = fresh({ url: U, text });
    const stored = known({ url: U }, { origins: [origin(fresh({ url: U }), { sourceNumber: 2 })] });
    assert.deepEqual(decide([item], { known: [stored] }).changes, [{ kind: 'origin', seq: 1, item, shown }]);
  }
});

test('what was taken away on purpose does not come back', () => {
  const item = fresh({ url: U });
  const decision = decide([item], { removed: new Set(item.keys.slice(0, 1)) });
  assert.deepEqual(decision, { changes: [], deferred: [], withheld: [item] });
});

test('two files of one address that arrive together are decided one after the other', () => {
  const one = fresh({ url: U, locator: 'a.txt', text: 'v1' });
  const two = fresh({ url: U, locator: 'b.txt', text: 'v2' });
  const decision = decide([one, two]);
  assert.deepEqual(
    decision.changes.map(({ item }) => item.locator),
    ['a.txt'],
  );
  assert.deepEqual(decision.deferred, [two]);
});

test('an exported id is taken where it is free, and else the next candidate', () => {
  const item = fresh({ url: U, exportedId: '0123456789abcdef' });
  const [own] = candidateIds(item.keys, 'news');
  assert.equal(idOf(decide([item])), '0123456789abcdef');
  assert.equal(idOf(decide([item], { takenIds: new Set(['0123456789abcdef' as ItemId]) })), own);
  const wanted = wantedIds([item], 'news');
  const last = wanted.at(-1);
  assert.equal(idOf(decide([item], { takenIds: new Set(wanted.slice(0, -1)) })), last);
  assert.ok(last !== undefined && last !== own);
});

function idOf({ changes: [change] }: ReturnType<typeof decide>) {
  return change?.kind === 'new' ? change.id : null;
}
