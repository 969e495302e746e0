import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entityTag, isUnchanged } from '../../../src/http/answer/conditional.ts';
import { at } from '../../publish/sample-view.ts';

const HASH = 'abc-DEF_123';
const CHANGED = at('2026-03-01T10:00:00.900Z');

const CASES: readonly (readonly [string, string | undefined, string | undefined, boolean])[] = [
  ['no condition', undefined, undefined, false],
  ['the tag', `"${HASH}"`, undefined, true],
  ['the tag of another coding', `"${HASH}-br"`, undefined, true],
  ['a weak tag', `W/"${HASH}-gzip"`, undefined, true],
  ['the tag in a list', `"x", W/"y" , "${HASH}-zstd"`, undefined, true],
  ['any tag', ' * ', undefined, true],
  ['another tag', '"abc"', undefined, false],
  ['a tag without quotes', HASH, undefined, false],
  ['a tag of a coding that we do not have', `"${HASH}-lzma"`, undefined, false],
  ['an empty list', '', undefined, false],
  ['the very second', undefined, 'Sun, 01 Mar 2026 10:00:00 GMT', true],
  ['a later time', undefined, 'Mon, 02 Mar 2026 10:00:00 GMT', true],
  ['an earlier time', undefined, 'Sun, 01 Mar 2026 09:59:59 GMT', false],
  ['what is no time', undefined, 'yesterday', false],
  ['another tag and a later time', '"x"', 'Mon, 02 Mar 2026 10:00:00 GMT', false],
  ['the tag and an earlier time', `"${HASH}"`, 'Sun, 01 Mar 2026 09:59:59 GMT', true],
];

for (const [name, tags, since, expected] of CASES) {
  test(`${name}: ${expected ? 'unchanged' : 'sent again'}`, () => {
    const headers = {
      ...(tags === undefined ? {} : { 'if-none-match': tags }),
      ...(since === undefined ? {} : { 'if-modified-since': since }),
    };
    assert.equal(isUnchanged(headers, HASH, CHANGED), expected);
  });
}

test('each coding has a tag of its own', () => {
  const tags = (['identity', 'gzip', 'br', 'zstd'] as const).map((coding) => entityTag('h', coding));
  assert.deepEqual(tags, ['"h"', '"h-gzip"', '"h-br"', '"h-zstd"']);
});
