import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopbackHost } from '../../src/http/loopback.ts';

const HERE = [
  'localhost',
  'LOCALHOST:80',
  '127.0.0.1',
  '127.0.0.1:3000',
  '127.255.255.254',
  '::1',
  '[::1]',
  '[::1]:3000',
  '[0:0:0:0:0:0:0:1]',
  '::ffff:127.0.0.1',
];
const ELSEWHERE = [
  '',
  ':',
  '0.0.0.0',
  '::',
  '126.0.0.1',
  '128.0.0.1',
  '10.0.0.1',
  'localhost.example',
  'xlocalhost',
  'localhost@evil.example',
  'evil.example#localhost',
  'localhost/evil',
  '[::2]:3000',
  '[::1',
  '::ffff:10.0.0.1',
];

test('knows this machine by name and number', () => {
  assert.deepEqual(
    HERE.filter((host) => !isLoopbackHost(host)),
    [],
  );
});

test('takes nothing else for this machine', () => {
  assert.deepEqual(ELSEWHERE.filter(isLoopbackHost), []);
});
