/** Dates as feeds and pages write them. Each odd row names who taught it to us. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { epochMs, type EpochMs } from '../../../src/model/time.ts';
import { parseDate } from '../../../src/normalise/date/parse-date.ts';

type Row = readonly [written: string, moment: string | null, who: string];

function holds(kind: string, rows: readonly Row[], timezone: string | null = null): void {
  for (const [written, moment, who] of rows)
    test(`${kind}: ${JSON.stringify(written)} (${who})`, () => {
      const read = parseDate(written, { timezone });
      assert.equal(read === null ? null : new Date(read).toISOString(), moment);
    });
}

holds('RFC 822 and 2822', [
  ['Sun, 19 May 2002 15:21:36 GMT', '2002-05-19T15:21:36.000Z', 'the RSS 2.0 specification'],
  ['19 May 02 15:21 UT', '2002-05-19T15:21:00.000Z', 'RFC 822: no weekday, two digits, no seconds'],
  ['Thu, 01 Jan 04 19:48:21 GMT', '2004-01-01T19:48:21.000Z', 'two digits'],
  ['1 Jan 99 00:00 GMT', '1999-01-01T00:00:00.000Z', 'two digits before 2000'],
  ['Thu, 01 Jan 104 19:48:21 GMT', '2004-01-01T19:48:21.000Z', 'years since 1900, from Perl'],
  ['Thu,  5 Apr 2012 10:00:00 GMT', '2012-04-05T10:00:00.000Z', 'a padded day'],
  ['Thu, 5 Apr 2012 9:3:05 GMT', null, 'minutes of one digit are no time'],
  ['Thu,05 Apr 2012 9:30:5 +0200', '2012-04-05T07:30:05.000Z', 'seconds of one digit'],
  [
    'Monday, 5 April 2012 10:00:00 +0000 GMT',
    '2012-04-05T10:00:00.000Z',
    'the wrong weekday, the zone twice',
  ],
  ['Mon, 05 Sept. 2022 10:00:00 -0430', '2022-09-05T14:30:00.000Z', 'Sept. with a point'],
  ['Fri, 20 Jul 2018 10:00:00 EDT', '2018-07-20T14:00:00.000Z', 'America'],
  ['Mon, 26 January 2004 16:31:00 PT', '2004-01-27T00:31:00.000Z', 'America, winter'],
  ['Mon, 26 July 2004 16:31:00 PT', '2004-07-26T23:31:00.000Z', 'America, summer'],
  ['Thu, 30 Apr 2015 08:57:00 MET', '2015-04-30T07:57:00.000Z', 'central Europe'],
  ['Mon, 01 May 2023 10:30:00 MESZ', '2023-05-01T08:30:00.000Z', 'Germany'],
  ['Mon, 01 May 2023 10:30:00 JST', '2023-05-01T01:30:00.000Z', 'Japan'],
  ['Mon, 01 May 2023 10:30:00 HKT', '2023-05-01T02:30:00.000Z', 'Hong Kong'],
  ['Mon, 01 May 2023 10:30:00 IST', '2023-05-01T05:00:00.000Z', 'India'],
  ['Mon, 01 May 2023 10:30:00 K', '2023-05-01T10:30:00.000Z', 'military letters mean nothing (RFC 1123)'],
  ['Wed, 19 Feb 2012 22:40:00 GMT-01:01', '2012-02-19T23:41:00.000Z', 'GMT with an offset'],
  ['Mon, 01 May 2023 10:30:00 +9', '2023-05-01T01:30:00.000Z', 'an offset of one digit'],
  ['Mon, 01 May 2023 10:30:00 +530', '2023-05-01T05:00:00.000Z', 'an offset of three digits'],
  ['Mon, 01 May 2023 10:30:00 −0500', '2023-05-01T15:30:00.000Z', 'a true minus sign'],
  ['Mon, 01 May 2023 10:30:00 +9900', '2023-05-01T10:30:00.000Z', 'an offset that nobody has'],
  ['Mon, 01 May 2023 (spring) 10:30:00 +0000 (UTC)', '2023-05-01T10:30:00.000Z', 'comments'],
  ['Mon, 01 May 2023 24:00:00 GMT', '2023-05-02T00:00:00.000Z', 'midnight at the end'],
  ['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00.000Z', 'a leap second'],
  ['Thu, 01 Jan 2004 25:00:00 GMT', null, 'no such hour'],
  ['Thu, 30 Feb 2023 10:00:00 GMT', null, 'no such day'],
  ['Mon, 31 Apr 2023 10:00:00 GMT', null, 'no such day'],
  ['Wed, 29 Feb 2012 10:00:00 GMT', '2012-02-29T10:00:00.000Z', 'a leap day'],
  ['2023-02-29T10:00:00Z', null, 'no such day'],
  ['2023-06-31T10:00:00+02:00', null, 'no such day'],
  ['2023-05-31T10:00:00.25+02:00', '2023-05-31T08:00:00.250Z', 'the last of a month, with a fraction'],
  ['Mon, 01 May 2023', '2023-05-01T00:00:00.000Z', 'no time'],
  ['01 May 2023 GMT', '2023-05-01T00:00:00.000Z', 'no time but a zone'],
  ['01-Jan-04 10:00', '2004-01-01T10:00:00.000Z', 'RFC 850'],
]);

holds('asctime and programs', [
  ['Sun Jan  4 16:29:06 2004', '2004-01-04T16:29:06.000Z', 'asctime'],
  ['Sun Jan  4 16:29:06 PST 2004', '2004-01-05T00:29:06.000Z', 'date(1)'],
  ['Thu Aug 30 17:26:16 +0200 2012', '2012-08-30T15:26:16.000Z', 'Ruby, Twitter'],
  [
    'Thu Aug 30 2012 17:26:16 GMT+0200 (Central European Summer Time)',
    '2012-08-30T15:26:16.000Z',
    'JavaScript',
  ],
  ['2011-12-03T10:15:30+01:00[Europe/Paris]', '2011-12-03T09:15:30.000Z', 'Java'],
  ['10:30 AM - 5 May 2023', '2023-05-05T10:30:00.000Z', 'Twitter pages'],
  ['May 5, 2023, 12:05 a.m.', '2023-05-05T00:05:00.000Z', 'Django'],
  ['May 5th, 2023 at 3 PM', '2023-05-05T15:00:00.000Z', 'WordPress themes'],
  ['5/23/2023 3:04:05 PM', '2023-05-23T15:04:05.000Z', '.NET in America'],
  ['23/5/2023', '2023-05-23T00:00:00.000Z', 'Britain'],
  ['5/6/2023 3:04:05 PM', null, 'June or May'],
  ['05-06-2023', null, 'June or May'],
  ['5/5/2023', '2023-05-05T00:00:00.000Z', 'the same either way'],
  ['1683109845', '2023-05-03T10:30:45.000Z', 'Unix seconds'],
  ['1683109845.5', '2023-05-03T10:30:45.500Z', 'Unix seconds, from Python'],
  ['1683109845123', '2023-05-03T10:30:45.123Z', 'Unix milliseconds'],
  ['20230503103045', '2023-05-03T10:30:45.000Z', 'digits alone'],
  ['202305031030', '2023-05-03T10:30:00.000Z', 'digits alone'],
]);

holds('ISO 8601 and W3CDTF', [
  ['2003-12-31T10:14:55Z', '2003-12-31T10:14:55.000Z', 'RFC 3339'],
  ['2003-12-31t10:14:55z', '2003-12-31T10:14:55.000Z', 'RFC 3339 in lower case'],
  ['2003-12-31T10:14:55.123456789+08:00', '2003-12-31T02:14:55.123Z', 'Go'],
  ['2003-12-31T10:14:55,5Z', '2003-12-31T10:14:55.500Z', 'a comma before the fraction'],
  ['2003-12-31T10:14Z', '2003-12-31T10:14:00.000Z', 'W3CDTF'],
  ['2003-12-31 10:14:55 -0800', '2003-12-31T18:14:55.000Z', 'a space, as in Ruby and git'],
  ['2003-12-31', '2003-12-31T00:00:00.000Z', 'W3CDTF'],
  ['2003-12', '2003-12-01T00:00:00.000Z', 'W3CDTF'],
  ['2003', '2003-01-01T00:00:00.000Z', 'W3CDTF'],
  ['2003-12-31Z', '2003-12-31T00:00:00.000Z', 'XML Schema'],
  ['2003-12-31-08:00', '2003-12-31T08:00:00.000Z', 'XML Schema'],
  ['20031231T101455Z', '2003-12-31T10:14:55.000Z', 'basic'],
  ['20031231', '2003-12-31T00:00:00.000Z', 'basic'],
  ['2003-W01-3', '2003-01-01T00:00:00.000Z', 'a week date'],
  ['2003W013T10', '2003-01-01T10:00:00.000Z', 'a week date, basic'],
  ['2003-335', '2003-12-01T00:00:00.000Z', 'a day of the year'],
  ['2003-366', null, 'a day that the year has not'],
  ['03335', '2003-12-01T00:00:00.000Z', 'truncated, a day of the year'],
  ['03-12-31', '2003-12-31T00:00:00.000Z', 'truncated'],
  ['-03-12', '2003-12-01T00:00:00.000Z', 'truncated'],
  ['2003-012-31T10:14:55+00:00', '2003-12-31T10:14:55.000Z', 'a month of three digits'],
  ['2003-13-01T00:00:00Z', null, 'no such month'],
  ['2003-02-29', null, 'no such day'],
]);

holds('East Asia', [
  ['2023年5月1日 上午10:30', '2023-05-01T10:30:00.000Z', 'China; Chinese is written in many zones'],
  ['2023年05月01日14:30:15', '2023-05-01T14:30:15.000Z', 'China'],
  ['2023年5月1日 下午3点05分', '2023-05-01T15:05:00.000Z', 'China'],
  ['2023年5月1日 星期一 中午12:30', '2023-05-01T12:30:00.000Z', 'China'],
  ['二〇二三年五月三十一日', '2023-05-31T00:00:00.000Z', 'Chinese notices'],
  ['二○二三年十二月十日十时', '2023-12-10T10:00:00.000Z', 'Chinese notices'],
  ['民國112年5月1日', '2023-05-01T00:00:00.000Z', 'Taiwanese notices'],
  ['2023/05/01 10:30', '2023-05-01T10:30:00.000Z', 'Taiwan'],
  ['２０２３－０５－０１　１０：３０', '2023-05-01T10:30:00.000Z', 'full-width digits'],
  ['令和5年5月1日 午後3時5分', '2023-05-01T06:05:00.000Z', 'Japan'],
  ['令和元年5月1日', '2019-04-30T15:00:00.000Z', 'Japan, first year'],
  ['平成31年4月30日', '2019-04-29T15:00:00.000Z', 'Japan'],
  ['2023年5月1日(月) 10:30', '2023-05-01T10:30:00.000Z', 'Japanese or Chinese'],
  ['2023年5月1日月曜日 10時30分', '2023-05-01T01:30:00.000Z', 'Japan'],
  ['2004년 05월 28일  01:31:15', '2004-05-27T16:31:15.000Z', 'OnBlog'],
  ['2004-05-25 오후 11:23:17', '2004-05-25T14:23:17.000Z', 'Nate'],
  ['2023. 5. 1. 오전 10:30', '2023-05-01T01:30:00.000Z', 'Korea'],
  ['5月1日 10:30', null, 'no year'],
  ['发布时间：2023-05-01 10:30 来源：本报', '2023-05-01T10:30:00.000Z', 'Chinese pages'],
]);

holds('words of other languages', [
  ['mer, 16 nov 2022 00:38:15 +0100', '2022-11-15T23:38:15.000Z', 'French, without points'],
  ['mar. 7 nov. 2023 10h30', '2023-11-07T10:30:00.000Z', 'French: a Tuesday, not March'],
  ['mardi 7 mars 2023 à 10 h 30', '2023-03-07T10:30:00.000Z', 'French'],
  ['1er août 2023', '2023-08-01T00:00:00.000Z', 'French'],
  ['1. März 2023, 10.30 Uhr', '2023-03-01T10:30:00.000Z', 'German'],
  ['Mi, 01 Mrz 2023 10:30:00 +0100', '2023-03-01T09:30:00.000Z', 'German, old programs'],
  ['1 de mayo de 2023', '2023-05-01T00:00:00.000Z', 'Spanish'],
  ['lun, 01 ago 2022 10:00:00 -0300', '2022-08-01T13:00:00.000Z', 'Spanish'],
  ['seg, 05 set 2022 10:00:00 -0300', '2022-09-05T13:00:00.000Z', 'Portuguese'],
  ['1º de março de 2023', '2023-03-01T00:00:00.000Z', 'Portuguese'],
  ['gio, 01 giu 2023 10:00:00 +0200', '2023-06-01T08:00:00.000Z', 'Italian'],
  ['1 listopada 2023', '2023-11-01T00:00:00.000Z', 'Polish'],
  ['pon, 02 paź 2023 10:00:00 +0200', '2023-10-02T08:00:00.000Z', 'Polish'],
  ['2 Şubat 2023 Perşembe 10:30', '2023-02-02T10:30:00.000Z', 'Turkish'],
  ['1 KASIM 2023', '2023-11-01T00:00:00.000Z', 'Turkish capitals'],
  ['Пн, 01 мая 2023 10:30:00 +0300', '2023-05-01T07:30:00.000Z', 'Russian'],
  ['1 сен 2023 г.', '2023-09-01T00:00:00.000Z', 'Russian, three letters'],
  ['01.05.2023 10:30', '2023-05-01T10:30:00.000Z', 'Russian, German'],
  ['1 листопада 2023 р.', '2023-11-01T00:00:00.000Z', 'Ukrainian'],
  ['Κυρ, 11 Ιούλ 2004 12:00:00 EST', '2004-07-11T17:00:00.000Z', 'Greek'],
  ['11 Ιουλίου 2004, 3:05 μ.μ.', '2004-07-11T15:05:00.000Z', 'Greek'],
  ['2004-július-13T9:15-05:00', '2004-07-13T14:15:00.000Z', 'Hungarian'],
  ['2023. május 5., péntek 10:30', '2023-05-05T10:30:00.000Z', 'Hungarian'],
  ['5 tháng 5, 2023', '2023-05-05T00:00:00.000Z', 'Vietnamese'],
  ['5 พ.ค. 2566 10:30', '2023-05-05T10:30:00.000Z', 'Thai'],
  ['٥ مايو ٢٠٢٣', '2023-05-05T00:00:00.000Z', 'Arabic'],
  ['5 मई 2023', '2023-05-05T00:00:00.000Z', 'Hindi'],
  ['tiistai 5. syyskuuta 2023 klo 10.30', '2023-09-05T10:30:00.000Z', 'Finnish'],
  ['5 jui 2023', null, 'June or July'],
]);

holds('what is no date', [
  ['', null, 'empty'],
  ['yesterday', null, 'a word'],
  ['3 hours ago', null, 'August is not meant'],
  ['5 May', null, 'no year'],
  ['5 May or 6 June 2023', null, 'two of them'],
  ['0000-00-00 00:00:00', null, 'MySQL'],
  ['0001-01-01T00:00:00Z', null, '.NET and Go'],
  ['Thu, 01 Jan 1970 00:00:00 +0000', null, 'a clock never set'],
  ['Wed, 30 Nov -0001 00:00:00 +0000', null, 'PHP over MySQL'],
  ['12', null, 'a number'],
  ['99999999999', null, 'a number'],
  [`${'1 '.repeat(50_000)}May 2023`, null, 'a text'],
]);

holds(
  'in the zone of the source',
  [
    ['2023-05-01 10:30', '2023-05-01T08:30:00.000Z', 'summer'],
    ['2023-12-01 10:30', '2023-12-01T09:30:00.000Z', 'winter'],
    ['2023-05-01 10:30 GMT', '2023-05-01T10:30:00.000Z', 'a zone of its own'],
    ['2023-03-26 02:30', '2023-03-26T01:30:00.000Z', 'an hour that was skipped'],
    ['2023년 5월 1일 10:30', '2023-05-01T08:30:00.000Z', 'Korean, but the source says otherwise'],
  ],
  'Europe/Berlin',
);

holds('in Shanghai', [['Mon May 01 10:30:00 CST 2023', '2023-05-01T02:30:00.000Z', 'Java']], 'Asia/Shanghai');

test('believes a date up to a year ahead', () => {
  const now = Date.UTC(2023, 0, 1) as EpochMs;
  assert.equal(parseDate('2023-12-31', { timezone: null, now }), Date.UTC(2023, 11, 31));
  assert.equal(parseDate('2024-02-01', { timezone: null, now }), null);
});

test('reads back every moment in every common form', () => {
  const since1971 = fc.date({ min: new Date(31_536_000_000), max: new Date(4e12), noInvalidDate: true });
  const zone = fc.integer({ min: -12 * 60, max: 14 * 60 });
  fc.assert(
    fc.property(since1971, zone, (date, minutes) => {
      const second = epochMs(Math.floor(date.getTime() / 1000) * 1000);
      const local = new Date((second ?? 0) + minutes * 60_000).toISOString().slice(0, 19);
      const offset = `${minutes < 0 ? '-' : '+'}${new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16)}`;
      const forms = [
        date.toUTCString(),
        `${local}${offset}`,
        `${local.replace('T', ' ')} ${offset.replace(':', '')}`,
        `${local.replaceAll(/[-:]/g, '')}${offset}`,
        String(new Date(second ?? 0)),
      ];
      for (const form of forms) assert.equal(parseDate(form, { timezone: null }), second, form);
    }),
  );
});

test('never throws, and gives whole milliseconds', () => {
  const pieces = [
    '2023',
    '5',
    '05',
    'May',
    '年',
    '月',
    '日',
    '上午',
    ':',
    '10:30',
    '-',
    '+',
    'T',
    'Z',
    ' ',
    'W',
    '.',
    '十',
  ];
  const odd = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 4 })));
  fc.assert(
    fc.property(odd, (parts) => {
      const read = parseDate(parts.join(''), { timezone: 'Asia/Kolkata' });
      assert.ok(read === null || Number.isSafeInteger(read));
    }),
    { numRuns: 2000 },
  );
});
