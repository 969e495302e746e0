/**
 * Golden pairs: each file of fixtures/feeds through parse/, beside the raw feed that it must come out as. What a file
 * of expectations leaves out is null, empty or absent in the result; nothing else may be there.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseHttpUrl } from '../../../src/model/url.ts';
import { parseDocument } from '../../../src/parse/parse-document.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/feeds');

const documents = readdirSync(FIXTURES).filter((name) => !name.endsWith('.expected.json'));

test('there are golden feeds of every dialect', () => assert.ok(documents.length >= 7));

for (const name of documents)
  test(`reads ${name} as expected`, () => {
    const expected: unknown = JSON.parse(
      readFileSync(join(FIXTURES, name.replace(/\.\w+$/, '.expected.json')), 'utf8'),
    );
    assert.deepEqual(said(read(name)), expected);
  });

function read(name: string): unknown {
  const url = parseHttpUrl(`https://feeds.example/in/${name}`);
  assert.ok(url !== null);
  const text = readFileSync(join(FIXTURES, name), 'utf8');
  return parseDocument({ kind: 'fetched', locator: name, url, mediaType: null, text, warnings: [] });
}

/** Without what says nothing, so that a pair shows what was read. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== '' && !(Array.isArray(inner) && inner.length === 0))
      .map(([key, inner]) => [key, said(inner)]),
  );
}
