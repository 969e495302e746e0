import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type AccessFacts, decideAccess } from '../../src/http/access.ts';

const HERE: AccessFacts = {
  control: false,
  crossSite: false,
  auth: 'required',
  hasUsers: false,
  listening: '127.0.0.1',
  host: 'localhost:3000',
  baseUrl: 'http://localhost:3000',
  forwarded: false,
};

const CASES: readonly (readonly [string, Partial<AccessFacts>, number | 'granted'])[] = [
  ['the owner on this machine', {}, 'granted'],
  ['the owner on this machine, by IPv6', { listening: '::1', host: '[::1]:3000' }, 'granted'],
  ['another number of this machine', { host: '127.8.9.10' }, 'granted'],
  ['no configured base address', { baseUrl: null }, 'granted'],
  ['a server that others can reach', { listening: '0.0.0.0' }, 421],
  ['a server that others can reach by IPv6', { listening: '::' }, 421],
  ['a server that is not listening', { listening: '' }, 421],
  ['a name made to point here (DNS rebinding)', { host: 'rebind.example:3000' }, 421],
  ['a name that only begins like this machine', { host: 'localhost.rebind.example' }, 421],
  ['a number that only begins like this machine', { host: '127.0.0.1.rebind.example' }, 421],
  ['no Host header', { host: null }, 421],
  ['a public base address', { baseUrl: 'https://mill.example' }, 421],
  ['a base address that is none', { baseUrl: 'mill' }, 421],
  ['a proxy in between', { forwarded: true }, 421],
  ['a page of another site', { crossSite: true }, 403],
  ['a page of another site, where all is open', { crossSite: true, auth: 'none' }, 403],
  [
    'anybody, where all is open',
    { auth: 'none', listening: '0.0.0.0', host: 'mill.example', forwarded: true },
    'granted',
  ],
  ['nobody unknown, once somebody can log in', { hasUsers: true }, 401],
  ['the command line', { control: true, listening: '0.0.0.0', host: 'mill.example' }, 'granted'],
  ['the command line, once somebody can log in', { control: true, hasUsers: true }, 'granted'],
];

describe('access', () => {
  for (const [name, facts, expected] of CASES) {
    test(`${expected === 'granted' ? 'is granted to' : `answers ${expected} to`} ${name}`, () => {
      const access = decideAccess({ ...HERE, ...facts });
      assert.equal(access.kind === 'granted' ? 'granted' : access.status, expected);
    });
  }

  test('says what is wrong and what to do', () => {
    const access = decideAccess({ ...HERE, host: 'mill.example' });
    assert.equal(access.kind, 'denied');
    assert.match(access.sentence, /asks for another host.*auth: none/);
  });
});
