import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidateIds, itemKeys, keyKind, parseItemId, urlKey } from '../../src/model/item-key.ts';

const NAMED = {
  url: 'http://www.example.com/a?utm_source=x',
  guid: 'g 1',
  text: ' two\n words ',
  sourceNumber: 3,
};

test('keys come strongest first and are scoped to their source where they must be', () => {
  const keys = itemKeys(NAMED);
  assert.deepEqual(keys.map(keyKind), ['url', 'guid', 'text']);
  assert.equal(keys[0], 'url https://example.com/a');
  assert.equal(keys[1], 'guid 3 g 1');
});

test('white space in the text does not count', () => {
  const other = itemKeys({ ...NAMED, text: 'twowords' });
  assert.equal(itemKeys(NAMED)[2], other[2]);
});

test('what is absent leaves no key', () => {
  assert.deepEqual(itemKeys({ url: null, guid: '', text: ' \n', sourceNumber: 1 }), []);
});

test('the id of an address is the start of the SHA-256 of its canonical form', () => {
  // printf %s https://example.com/a | sha256sum
  assert.deepEqual(candidateIds(itemKeys({ ...NAMED, guid: null, text: '' }), 's'), ['2dce0a4c50441bfc']);
});

test('the id made from a guid depends on the name of the source and not on its number', () => {
  const one = candidateIds(itemKeys({ ...NAMED, url: null, sourceNumber: 1 }), 'dw');
  const two = candidateIds(itemKeys({ ...NAMED, url: null, sourceNumber: 2 }), 'dw');
  assert.deepEqual(one, two);
  assert.notDeepEqual(one, candidateIds(itemKeys({ ...NAMED, url: null, sourceNumber: 1 }), 'other'));
});

test('ids are read strictly', () => {
  assert.equal(parseItemId('12c9f2044e8975ae'), '12c9f2044e8975ae');
  assert.equal(parseItemId('12C9F2044E8975AE'), null);
  assert.equal(parseItemId('12c9'), null);
  assert.equal(urlKey('ftp://example.com/'), null);
});
