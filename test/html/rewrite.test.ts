import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapText, mapUrls } from '../../src/html/rewrite.ts';
import { sanitise } from '../../src/html/sanitise.ts';
import { formatSrcset, parseSrcset } from '../../src/html/srcset.ts';

const SAFE = sanitise(
  '<p>one <a href="https://a.example/1" title="one">one</a></p><img src="https://a.example/1.png" alt="one" ' +
    'srcset="https://a.example/1.png 1x, https://a.example/2.png 2x"><video src="https://a.example/v" poster="https://a.example/p"></video>',
);

test('changes text nodes alone, and escapes what they become', () => {
  assert.equal(
    mapText(SAFE, (text) => text.replace('one', '<b>&')),
    SAFE.replace('>one ', '>&lt;b&gt;&amp; ').replace('>one<', '>&lt;b&gt;&amp;<'),
  );
});

test('gives back the same string where no text and no address changed', () => {
  assert.equal(
    mapText(SAFE, (text) => text),
    SAFE,
  );
  assert.equal(
    mapUrls(SAFE, (url) => url),
    SAFE,
  );
});

test('offers every address with the attribute it stands in', () => {
  const seen: string[] = [];
  mapUrls(SAFE, (url, attribute) => {
    seen.push(`${attribute} ${url}`);
    return url;
  });
  assert.deepEqual(seen, [
    'href https://a.example/1',
    'src https://a.example/1.png',
    'srcset https://a.example/1.png',
    'srcset https://a.example/2.png',
    'src https://a.example/v',
    'poster https://a.example/p',
  ]);
});

const CHANGES: readonly (readonly [name: string, change: string | null, expected: string])[] = [
  ['a path on our own server may stand', '/items/1', '<p><a href="/items/1">x</a><img src="/items/1"></p>'],
  ['another host may not pass for a path', '//evil.example/', '<p>x</p>'],
  ['nor with backslashes', '/\\evil.example/', '<p>x</p>'],
  ['scripts may not stand', 'javascript:alert(1)', '<p>x</p>'],
  ['null takes picture and link away, and leaves the text', null, '<p>x</p>'],
  [
    'quotes are escaped',
    'https://b.example/"onload="x',
    '<p><a href="https://b.example/%22onload=%22x" rel="noopener noreferrer">x</a><img src="https://b.example/%22onload=%22x"></p>',
  ],
];

for (const [name, change, expected] of CHANGES) {
  test(`changing addresses: ${name}`, () => {
    const safe = sanitise('<p><a href="https://a.example/">x</a><img src="https://a.example/1.png"></p>');
    assert.equal(
      mapUrls(safe, () => change),
      expected,
    );
  });
}

const SRCSETS: readonly (readonly [text: string, written: string])[] = [
  ['a.png', 'a.png'],
  ['a.png 1x, b.png 2x', 'a.png 1x, b.png 2x'],
  [' a.png 640w 480h,\n b.png\t1.5x ', 'a.png 640w 480h, b.png 1.5x'],
  ['a.png, b.png 2x', 'a.png, b.png 2x'],
  ['https://a.example/w_1,h_2/x.png 2x', 'https://a.example/w_1,h_2/x.png 2x'],
  [',, a.png 1x,,', 'a.png 1x'],
  ['a.png huge, b.png 2x', 'b.png 2x'],
  ['', ''],
];

for (const [text, written] of SRCSETS) {
  test(`a srcset is read as a browser reads it: ${JSON.stringify(text)}`, () => {
    assert.equal(formatSrcset(parseSrcset(text)), written);
    assert.deepEqual(parseSrcset(written), parseSrcset(text));
  });
}
