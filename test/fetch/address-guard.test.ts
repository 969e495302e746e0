/** Which addresses and names are refused, and which exceptions open them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createAddressGuard } from '../../src/fetch/address-guard.ts';
import { readTarget, shownAddress } from '../../src/fetch/target.ts';

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'this host': ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', 'fc00::1', 'fd00::1', 'fec0::1'],
  'link-local': ['169.254.1.1', 'fe80::1'],
  'metadata of clouds': [
    '169.254.169.254',
    'fd00:ec2::254',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
  ],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  'documentation and benchmarks': ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '2001:db8::1'],
  'multicast and broadcast': ['224.0.0.1', '239.1.1.1', '255.255.255.255', 'ff02::1', 'ff0e::1'],
  'IPv4 inside IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::1',
    '2001:0:7f00:1::80ff:fffe',
  ],
  reserved: ['240.0.0.1', '192.88.99.1', '100::1', '4000::1', 'fe00::1'],
  'no address at all': ['', 'nowhere', '1.2.3.4.5'],
};

for (const [what, addresses] of Object.entries(REFUSED))
  test(`refuses ${what}`, () => {
    const guard = createAddressGuard([]);
    for (const address of addresses)
      assert.equal(typeof guard.judgeAddress(address, 'a.example'), 'string', address);
  });

test('lets public addresses through, up to the borders of the others', () => {
  const guard = createAddressGuard([]);
  const v4 =
    '1.1.1.1 11.0.0.1 172.15.255.255 172.32.0.1 192.167.255.255 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1';
  const more =
    '169.253.255.255 198.17.255.255 198.20.0.1 223.255.255.255 2606:4700::1111 2a00:1450::1 ::ffff:1.1.1.1';
  const free = `${v4} ${more}`.split(' ');
  assert.deepEqual(
    free.filter((address) => guard.judgeAddress(address, 'a.example') !== null),
    [],
  );
});

test('an exception opens what it names, in every spelling, and nothing else', () => {
  const guard = createAddressGuard(['10.0.0.0/8', 'fd12::/16']);
  const judged = ['10.1.2.3', '::ffff:10.1.2.3', 'fd12::1', '192.168.0.1', 'fd13::1', '127.0.0.1'].map(
    (address) => guard.judgeAddress(address, 'a.example') === null,
  );
  assert.deepEqual(judged, [true, true, true, false, false, false]);
});

test('wide exceptions do not open where machines keep secrets', () => {
  const wide = createAddressGuard(['0.0.0.0/0', '::/0']);
  const narrow = createAddressGuard(['169.254.169.254/32', 'fd00:ec2::254/128']);
  const secret = ['169.254.169.254', 'fd00:ec2::254'];
  assert.deepEqual(
    secret.map((address) => [wide, narrow].map((guard) => guard.judgeAddress(address, 'a.example') === null)),
    [
      [false, true],
      [false, true],
    ],
  );
});

test('names of this machine and its network are refused unasked, until private addresses are allowed', () => {
  const local = [
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    'printer.local',
    'intranet',
    'router.home.arpa',
    'x.internal',
  ];
  const [closed, open] = [createAddressGuard([]), createAddressGuard(['10.0.0.0/8'])];
  assert.deepEqual(
    local.map((name) => [closed, open].map((guard) => guard.judgeName(name.toLowerCase()) === null)),
    local.map(() => [false, true]),
  );
  assert.equal(closed.judgeName('local.example'), null);
});

test('any text is judged without an error', () => {
  const guard = createAddressGuard(['10.0.0.0/8']);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV4Extended(), fc.ipV6()), (address) => {
      guard.judgeAddress(address, 'a.example');
    }),
  );
});

test('credentials are taken out of an address, and decoded', () => {
  assert.deepEqual(readTarget('https://me%40home:p%C3%A4ss@a.example/feed#top'), {
    url: 'https://a.example/feed',
    user: 'me@home',
    password: 'päss',
  });
});

test('addresses are shown without what may be secret', () => {
  const shown = ['ftp://me:pw@a.example/x?key=secret', 'https://a.example/feed#part', '/feed?token=1'];
  assert.deepEqual(shown.map(shownAddress), ['ftp://a.example/x', 'https://a.example/feed', '/feed']);
});

test('only ports of web servers are asked', () => {
  const ports = [80, 443, 1200, 3000, 8080, 8443, 49_152, 1, 22, 25, 1023, 3306, 5432, 6379, 11_211, 27_017];
  assert.deepEqual(ports.map(isAsked), [...Array(7).fill(true), ...Array(9).fill(false)]);
});

function isAsked(port: number): boolean {
  try {
    return readTarget(`http://a.example:${port}/`).url.length > 0;
  } catch {
    return false;
  }
}
