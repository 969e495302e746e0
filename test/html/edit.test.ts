import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { editHtml, readHtml } from '../../src/html/edit.ts';
import { MAX_DEPTH } from '../../src/html/nesting.ts';
import { serialise } from '../../src/html/serialise.ts';
import { makeElement } from '../../src/html/make-element.ts';
import { elementsIn, rootOf, setChildren } from '../../src/html/tree.ts';
import { tagSoup } from './tag-soup.ts';

const write = (html: string): string => editHtml(html, () => true);

/** Makes the memory of the last tree useless. */
const forget = (): void => readHtml('<p>something else</p>', () => undefined);

const WRITTEN: readonly (readonly [name: string, html: string, expected: string])[] = [
  ['entities become characters', '<p>caf&eacute;&nbsp;&#x738b;&hellip;</p>', '<p>café\u00a0王…</p>'],
  ['markup in text stays escaped', '<p>1 &lt; 2 &amp; 3 > 2 "q"</p>', '<p>1 &lt; 2 &amp; 3 &gt; 2 "q"</p>'],
  [
    'attributes are quoted',
    '<a href=/x title=\'a "b" <c>\'>d</a>',
    '<a href="/x" title="a &quot;b&quot; &lt;c&gt;">d</a>',
  ],
  ['attributes without a value', '<details open>x</details>', '<details open="">x</details>'],
  ['void elements', '<br/><img src="a" /><hr></hr>', '<br><img src="a"><hr>'],
  ['empty elements keep their end tag', '<p/><span/>x', '<p><span>x</span></p>'],
  ['upper-case names', '<P CLASS=x>y</P>', '<p class="x">y</p>'],
  ['unclosed elements', '<p>one<p>two<b>three', '<p>one</p><p>two<b>three</b></p>'],
  ['comments and instructions go', 'a<!-- c -->b<?php x ?><!DOCTYPE html>c', 'abc'],
  ['names that no attribute can have', '<p "<"=x =y lang="zh">z</p>', '<p lang="zh">z</p>'],
  ['scripts stay characters', '<script>1 < 2 && "x"</script>', '<script>1 < 2 && "x"</script>'],
];

for (const [name, html, expected] of WRITTEN) {
  test(`writing a fragment: ${name}`, () => {
    assert.equal(write(html), expected);
  });
}

test('gives back the very same string where nothing changed', () => {
  const html = "<P CLASS='x'>a&nbsp;b<BR/></p";
  assert.equal(
    editHtml(html, () => false),
    html,
  );
});

test('what is written reads as the same tree, whatever the soup', () => {
  fc.assert(
    fc.property(tagSoup, (soup) => {
      const once = write(soup);
      forget();
      assert.equal(write(once), once);
    }),
    { numRuns: 1000 },
  );
});

test('a row of edits gives the same with the remembered tree and without', () => {
  const edits = [
    (html: string) => editHtml(html, ($) => $('img').remove().length > 0),
    (html: string) => editHtml(html, () => false),
    (html: string) => editHtml(html, ($) => $('b').attr('lang', 'zh').length > 0),
    (html: string) => editHtml(html, ($) => $('p').append('<div>within</div>').length > 0),
    (html: string) => editHtml(html, ($) => $('div').wrapInner('<a href="/"></a>').length > 0),
  ];
  fc.assert(
    fc.property(tagSoup, (soup) => {
      const remembered = edits.reduce((html, edit) => edit(html), soup);
      const read = edits.reduce((html, edit) => {
        forget();
        return edit(html);
      }, soup);
      assert.equal(remembered, read);
    }),
    { numRuns: 500 },
  );
});

test('an edit inside an edit of the same fragment meets a tree of its own', () => {
  const html = '<p>one</p>';
  const outer = editHtml(html, ($) => {
    $('p').text('two');
    assert.equal(
      readHtml(html, (inner) => inner('p').text()),
      'one',
    );
    return true;
  });
  assert.equal(outer, '<p>two</p>');
});

test('a tree in use is not met again after an error', () => {
  const html = '<p>one</p>';
  assert.throws(() =>
    editHtml(html, ($) => {
      $('p').text('half done');
      throw new Error('a bug');
    }),
  );
  assert.equal(
    readHtml(html, ($) => $('p').text()),
    'one',
  );
});

test('what no parser would make is settled before it is given back', () => {
  const settled = editHtml('<p>one</p>', ($) => {
    const box = makeElement($, 'div');
    const [paragraph] = elementsIn(rootOf($));
    assert.ok(paragraph);
    setChildren(paragraph, [box]);
    return true;
  });
  assert.equal(settled, '<p></p><div></div><p></p>');
});

const DEEP: readonly (readonly [name: string, html: string])[] = [
  ['nothing closed', '<b>'.repeat(200_000)],
  ['wrong end tags', '<b>'.repeat(200_000) + '</i>'.repeat(200_000)],
  ['all closed', `${'<div>'.repeat(200_000)}deep${'</div>'.repeat(200_000)}after`],
  ['links, which browsers close', '<a href="/">'.repeat(100_000)],
  ['quotes that hide the end of tags', `${'<b title=a"b>'.repeat(20_000)}deep`],
];

for (const [name, html] of DEEP) {
  test(`deep nesting is flattened in linear time: ${name}`, () => {
    const depth = (node: { children?: unknown }, at: number): number =>
      Array.isArray(node.children) ? Math.max(at, ...node.children.map((child) => depth(child, at + 1))) : at;
    const started = process.threadCpuUsage();
    const [deepest, text] = readHtml(html, ($) => [depth(rootOf($), 0), $.root().text()]);
    const { user } = process.threadCpuUsage(started);
    assert.ok(deepest <= MAX_DEPTH + 1, `${deepest} levels`);
    assert.equal(text, html.replaceAll(/<[^>]*>/g, ''));
    assert.ok(user < 3_000_000, `${user} microseconds`);
  });
}

test('an ordinary long document is not taken for a deep one', () => {
  const html = '<p>one <b>two</b></p>'.repeat(2_000);
  assert.equal(
    readHtml(html, ($) => serialise(rootOf($).children)),
    html,
  );
});
