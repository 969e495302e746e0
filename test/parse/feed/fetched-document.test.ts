import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as assertProperty, constantFrom, oneof, property, string } from 'fast-check';
import { parseHttpUrl } from '../../../src/model/url.ts';
import { parseDocument } from '../../../src/parse/parse-document.ts';
import type { ParsedDocument } from '../../../src/parse/raw-item.ts';

function read(text: string): ParsedDocument {
  const url = parseHttpUrl('https://feeds.example/feed');
  assert.ok(url !== null);
  return parseDocument({
    kind: 'fetched',
    locator: 'https://feeds.example/feed',
    url,
    mediaType: null,
    text,
    warnings: [],
  });
}

function titlesOf(text: string): readonly (string | null)[] {
  const parsed = read(text);
  assert.ok('items' in parsed, JSON.stringify(parsed));
  return parsed.items.map(({ title }) => title);
}

function reasonOf(text: string): [code: string, message: string] {
  const parsed = read(text);
  assert.ok('rejected' in parsed);
  return [parsed.rejected.code, parsed.rejected.message];
}

const REJECTED: readonly [what: string, text: string, code: string, says: RegExp][] = [
  ['an empty answer', '', 'not-a-feed', /empty/],
  ['a byte order mark alone', '\u{FEFF}', 'not-a-feed', /empty/],
  ['plain words', 'Service is down', 'not-a-feed', /neither XML nor JSON/],
  ['a PDF', '%PDF-1.7 …', 'not-a-feed', /neither XML nor JSON/],
  ['a web page', '<!doctype html><title>x</title><p>y', 'not-a-feed', /web page/],
  ['OPML', '<opml version="2.0"><body/></opml>', 'not-a-feed', /import/],
  ['other XML', '<?xml version="1.0"?><sitemap/>', 'not-a-feed', /<sitemap>/],
  ['JSON of something else', '{"error": 1}', 'not-a-feed', /no JSON Feed/],
  [
    'a JSON Feed whose items are no objects',
    '{"version":"https://jsonfeed.org/version/1.1","items":[[]]}',
    'not-a-feed',
    /no JSON Feed/,
  ],
  ['RSS in JSON without a channel', '{"rss":{"version":"2.0"}}', 'not-a-feed', /no JSON Feed/],
  ['JSON null in an array', '[null]', 'not-a-feed', /no JSON Feed/],
  ['broken JSON', '{"version": ', 'malformed-feed', /publisher/],
  ['a check for robots', '<html><head><title>Just a moment...</title></head></html>', 'blocked-content', /./],
];

for (const [what, text, code, says] of REJECTED)
  test(`rejects ${what} and says what it is`, () => {
    const [actual, message] = reasonOf(text);
    assert.equal(actual, code);
    assert.match(message, says);
  });

const LAUGHS = `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`;
const REFUSED: readonly [what: string, text: string][] = [
  ['entities within entities', `${LAUGHS}<rss><channel><title>&c;</title></channel></rss>`],
  [
    'an entity that names itself',
    '<!DOCTYPE rss [<!ENTITY a "&a;">]><rss><channel><title>&a;</title></channel></rss>',
  ],
  [
    'a file by an entity',
    '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>',
  ],
  [
    'a long entity',
    `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(5000)}">]><rss><channel><title>&a;</title></channel></rss>`,
  ],
  [
    'a short entity used too often',
    `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(500)}">]><rss><channel><title>${'&a;'.repeat(300)}</title></channel></rss>`,
  ],
  ['markup without end', `<rss><channel><item><description>${'<b>'.repeat(20_000)}`],
  ['elements without end', `<rss><channel>${'<image>'.repeat(5000)}`],
];

for (const [what, text] of REFUSED)
  test(`refuses ${what}`, () => assert.equal(reasonOf(text)[0], 'limit-exceeded'));

test('expands short entities that a document declares, and those of HTML that it does not', () => {
  const feed =
    '<!DOCTYPE rss [<!ENTITY id "Mill">]><rss><channel><item><title>&id; &eacute; R&D</title></item></channel></rss>';
  assert.deepEqual(titlesOf(feed), ['Mill é R&D']);
});

test('passes over a doctype of something else, and one that a comment speaks of', () => {
  const feed = '<rss><channel><item><title>x</title></item></channel></rss>';
  assert.deepEqual(titlesOf(`<!DOCTYPE html PUBLIC "a" "b">${feed}`), ['x']);
  assert.deepEqual(titlesOf(`<!-- a <!DOCTYPE x [ -->${feed}`), ['x']);
});

test('flattens markup that nests too deep, and keeps its words', () => {
  const parsed = read(
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><content type="xhtml">${'<div>'.repeat(3000)}deep${'</div>'.repeat(3000)}</content></entry></feed>`,
  );
  assert.ok('items' in parsed);
  assert.ok(parsed.items[0]?.contentHtml?.includes('deep'));
  assert.ok((parsed.items[0]?.contentHtml?.length ?? 0) < 10_000);
});

test('keeps the first 10,000 items and says how many were left out', () => {
  const parsed = read(`<rss><channel>${'<item><title>x</title></item>'.repeat(10_003)}</channel></rss>`);
  assert.ok('items' in parsed);
  assert.equal(parsed.items.length, 10_000);
  assert.deepEqual(
    parsed.warnings.map(({ code }) => code),
    ['items-cut'],
  );
});

test('gives items without guid and address different places', () => {
  const parsed = read(
    '<rss><channel><item><title>a</title></item><item><title>a</title><description>b</description></item>' +
      '<item><title>c</title></item></channel></rss>',
  );
  assert.ok('items' in parsed);
  const places = parsed.items.map(({ locator }) => locator);
  assert.equal(new Set(places).size, 3);
  assert.deepEqual(
    places.map((place) => place[0]),
    ['a', 'a', 'c'],
  );
});

const GUIDS: readonly [item: string, url: string | null][] = [
  ['<guid>https://a.example/1</guid>', 'https://a.example/1'],
  ['<guid isPermaLink="false">https://a.example/1</guid>', null],
  ['<guid>17</guid>', null],
  ['<guid>https://a.example/1</guid><link>/2</link>', 'https://feeds.example/2'],
  ['<guid isPermaLink="false">1</guid><enclosure url="/1.mp3"/>', 'https://feeds.example/1.mp3'],
];

for (const [item, url] of GUIDS)
  test(`takes ${url ?? 'nothing'} for the address of ${item}`, () => {
    const parsed = read(`<rss><channel><item>${item}</item></channel></rss>`);
    assert.ok('items' in parsed);
    assert.equal(parsed.items[0]?.url, url);
  });

const PIECES = [
  '<rss>',
  '<channel>',
  '<item>',
  '</item>',
  '<title>',
  '</title>',
  '<description>',
  '<![CDATA[',
  ']]>',
  '&amp;',
  '&lt;',
  '&#0;',
  '&x;',
  '<feed xmlns="http://www.w3.org/2005/Atom">',
  '<entry>',
  '<content type="xhtml">',
  '<div>',
  '</div>',
  '<link href="a"/>',
  '<link>',
  '</rss>',
  '<!DOCTYPE rss [<!ENTITY x "y">]>',
  '<!--',
  '-->',
  '<a:b xmlns:a="c">',
  '{',
  '"items":[',
  '\u{0}',
  'text',
  ' ',
  '<',
  '&',
  '__proto__="1"',
];

test('never throws, whatever a document holds, and always gives the same', () => {
  const soup = array(oneof(constantFrom(...PIECES), string({ unit: 'binary', maxLength: 5 })), {
    maxLength: 40,
  });
  assertProperty(
    property(soup, (pieces) => {
      const text = pieces.join('');
      assert.deepEqual(read(text), read(text));
    }),
    { numRuns: 1500 },
  );
});
