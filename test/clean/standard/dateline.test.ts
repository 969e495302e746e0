import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datelineStep } from '../../../src/clean/standard/dateline.ts';
import { epochMs } from '../../../src/model/time.ts';
import { anItem, ARCHIVE, FEED } from '../an-item.ts';

const TEXT = '<p>The council met.</p>';
const FIRST = '2022-12-26T03:38:14.770Z';

const DATELINES: readonly (readonly [name: string, html: string, moment: string])[] = [
  ['as the program writes it', `<div><i><br>${FIRST}</i></div>`, FIRST],
  ['XHTML and attributes', `<div class="d">\n <i style="x"><br/> ${FIRST}\n</i> </div>`, FIRST],
  ['upper-case tags', `<DIV><I><BR>${FIRST}</I></DIV>`, FIRST],
  ['after white space and empty lines', `\n&nbsp;<br><p></p><div><i>${FIRST}</i></div>`, FIRST],
  ['without a div', `<em>${FIRST}</em>`, FIRST],
  ['without milliseconds', '<div><i><br>2022-12-26T03:38:14Z</i></div>', '2022-12-26T03:38:14.000Z'],
  ['without seconds and zone', '<div><i><br>2022-12-26 03:38</i></div>', '2022-12-26T03:38:00.000Z'],
  ['with microseconds', '<div><i><br>2022-12-26T03:38:14.770123Z</i></div>', FIRST],
  ['with a zone', '<div><i><br>2022-12-26T11:38:14.77+08:00</i></div>', FIRST],
  ['with a zone without a colon', '<div><i><br>2022-12-25T20:08:14.770-0730</i></div>', FIRST],
];

const NO_DATELINES: readonly (readonly [name: string, html: string])[] = [
  ['no date', TEXT],
  ['a date after the text', `${TEXT}<div><i><br>${FIRST}</i></div>`],
  ['a date after a picture', `<img src="https://a.example/1.jpg"><div><i>${FIRST}</i></div>`],
  ['a date that is no dateline', `<p>${FIRST}</p>${TEXT}`],
  ['words beside the date', `<div><i>Updated ${FIRST}</i></div>`],
  ['a month that does not exist', '<div><i><br>2022-13-26T03:38:14.770Z</i></div>'],
  ['a day that does not exist', '<div><i><br>2022-02-30T03:38:14.770Z</i></div>'],
  ['an hour that does not exist', '<div><i><br>2022-02-28T25:38:14.770Z</i></div>'],
  ['a day without a time', '<div><i><br>2022-12-26</i></div>'],
];

for (const [name, html, moment] of DATELINES) {
  test(`the dateline of an archive file becomes the time of publication: ${name}`, () => {
    const item = anItem({ contentHtml: html + TEXT, published: epochMs(1), archived: epochMs(1) });
    assert.deepEqual(datelineStep.apply(item, ARCHIVE), {
      ...item,
      contentHtml: TEXT,
      published: epochMs(Date.parse(moment)),
    });
  });
}

for (const [name, html] of NO_DATELINES) {
  test(`what is no dateline stays in the text: ${name}`, () => {
    const item = anItem({ contentHtml: html });
    assert.equal(datelineStep.apply(item, ARCHIVE), item);
  });
}

test('words on the line of the date stay', () => {
  const item = anItem({ contentHtml: `<div><i>${FIRST}</i> Berlin</div>${TEXT}` });
  const after = { ...item, contentHtml: `<div> Berlin</div>${TEXT}`, published: epochMs(Date.parse(FIRST)) };
  assert.deepEqual(datelineStep.apply(item, ARCHIVE), after);
});

test('a feed has no datelines', () => {
  const item = anItem({ contentHtml: `<div><i><br>${FIRST}</i></div>` });
  assert.equal(datelineStep.apply(item, FEED), item);
});
