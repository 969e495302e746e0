/** Lengths and durations of attached files, as feeds write them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseEnclosures } from '../../src/normalise/enclosures.ts';

const URL = 'https://a.example/a.mp3';
const SAID = { url: URL, mediaType: 'audio/mpeg', bytes: null, seconds: null, title: null };

test('reads lengths', () => {
  const written = ['12', ' 12345 ', '12,345', '1.234.567', '99 bytes', '1.2 MB', '-1', '', 'unknown', '1e9'];
  assert.deepEqual(
    written.map((bytes) => normaliseEnclosures([{ ...SAID, bytes }], undefined)[0]?.bytes),
    [12, 12345, 12345, 1234567, 99, null, null, null, null, null],
  );
});

test('reads durations', () => {
  const written = ['90', '1:30', '01:02:03', '90:00', '90.5', 'PT1H2M3S', 'PT90S', 'PT', '1h', ''];
  assert.deepEqual(
    written.map((seconds) => normaliseEnclosures([{ ...SAID, seconds }], undefined)[0]?.seconds),
    [90, 90, 3723, 5400, 90, 3723, 90, null, null, null],
  );
});

test('lists a file once, and none that cannot be fetched', () => {
  const listed = [SAID, { ...SAID, title: 'again' }, { ...SAID, url: 'javascript:x()' }];
  assert.deepEqual(normaliseEnclosures(listed, undefined), [SAID]);
});
