/** Names and mail addresses, as feeds mix them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseAuthors } from '../../src/normalise/authors.ts';

const WRITTEN: readonly (readonly [
  name: string,
  read: { name: string | null; email: string | null } | null,
])[] = [
  ['Ann Lee', { name: 'Ann Lee', email: null }],
  ['ann@a.example (Ann Lee)', { name: 'Ann Lee', email: 'ann@a.example' }],
  ['ann@a.example', { name: null, email: 'ann@a.example' }],
  ['mailto:ann@a.example', { name: null, email: 'ann@a.example' }],
  ['Ann Lee <ann@a.example>', { name: 'Ann Lee', email: 'ann@a.example' }],
  ['"Lee, Ann" <ann@a.example>', { name: 'Lee, Ann', email: 'ann@a.example' }],
  ['Ann Lee (ann@a.example)', { name: 'Ann Lee', email: 'ann@a.example' }],
  ['Ann (city desk)', { name: 'Ann (city desk)', email: null }],
  ['@ann', { name: '@ann', email: null }],
  ['  ', null],
];

for (const [written, read] of WRITTEN)
  test(`reads the author ${JSON.stringify(written)}`, () => {
    const authors = normaliseAuthors([{ name: written, url: null, email: null }], undefined);
    assert.deepEqual(authors, read === null ? [] : [{ ...read, url: null }]);
  });

test('names nobody twice, and believes the field for mail', () => {
  const ann = { name: 'Ann', url: '/ann', email: 'mailto:ann@a.example' };
  assert.deepEqual(normaliseAuthors([ann, ann], 'https://a.example/feed'), [
    { name: 'Ann', url: 'https://a.example/ann', email: 'ann@a.example' },
  ]);
});
