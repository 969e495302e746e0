/**
 * Days as Chinese, Japanese and Korean write them: 2023年5月1日, 二〇二三年五月一日, 令和5年5月1日, 民國112年5月1日, 2023년 5월 1일.
 * Eras begin as in CLDR's Japanese and Minguo calendars. A day without a year is not read.
 */
import type { DayParts } from './day-parts.ts';

/** The first day that is written so; the calendar is not asked whether there is such a day. */
export function readEastAsianDay(written: string): DayParts | null {
  const found = DAY.exec(written);
  if (found === null) return null;
  const [, era, year = '', month, day = '1'] = found;
  return { year: yearOf(era, year), month: Number(month), day: Number(day) };
}

/** Han numerals that count years, months, days and hours, as digits; the others are words. */
export function hanNumerals(text: string): string {
  return text.replaceAll(NUMERAL, valueOf);
}

const DAY =
  /(?:(令和|平成|昭和|民[國国])\s?)?(?<!\d)(\d{1,4}|元)\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日號号일])?/;

/** The year before the first of each era. */
const ERAS: ReadonlyMap<string, number> = new Map([
  ['令和', 2018],
  ['平成', 1988],
  ['昭和', 1925],
  ['民國', 1911],
  ['民国', 1911],
]);

function yearOf(era: string | undefined, written: string): number {
  const year = written === '元' ? 1 : Number(written);
  const before = era === undefined ? undefined : ERAS.get(era);
  if (before !== undefined) return before + year;
  return written.length < 3 ? year + 2000 : year;
}

const NUMERAL = /[〇零○一二三四五六七八九十廿卅]+(?=\s?[年月日號号時时點点分秒])/g;
const DIGITS = '〇一二三四五六七八九';
const TENS: ReadonlyMap<string, string> = new Map([
  ['廿', '二十'],
  ['卅', '三十'],
]);

/** Digit by digit (二〇二三), or with a ten in it (三十一). */
function valueOf(numeral: string): string {
  const plain = numeral.replaceAll(/[零○]/g, '〇').replaceAll(/[廿卅]/g, (tens) => TENS.get(tens) ?? tens);
  const at = plain.indexOf('十');
  if (at < 0) return digits(plain);
  return String(Number(digits(plain.slice(0, at)) || '1') * 10 + Number(digits(plain.slice(at + 1))));
}

function digits(part: string): string {
  return part.replaceAll(/./g, (digit) => String(DIGITS.indexOf(digit)));
}
