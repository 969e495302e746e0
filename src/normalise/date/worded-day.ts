/**
 * Days with the month as a word, in the languages of month-names.ts and in any order: 1 May 2023, May 1, 2023,
 * 2023. május 1., 01-Jan-04. Words that are no month are passed over, the weekday among them: many are wrong.
 */
import { fullYear, type DayParts } from './day-parts.ts';
import { findMonth, isWeekday } from './month-names.ts';

/** Null where there is not exactly one month, a year and at most one other number. */
export function readWordedDay(written: string): DayParts | null {
  const month = onlyMonth(written.match(/\p{L}[\p{L}\p{M}.]*/gu));
  if (month === null) return null;
  const numbers: readonly string[] = written.match(/\d+/g) ?? [];
  const year =
    numbers.find((number) => number.length === 4) ?? (numbers.length === 2 ? numbers[1] : undefined);
  if (year === undefined || numbers.length > 2) return null;
  const day = numbers.length === 1 ? '1' : numbers[numbers.indexOf(year) === 0 ? 1 : 0];
  // A month and two digits may be a day without a year; a day of four digits is none.
  return day === undefined || day.length > 2
    ? null
    : { year: yearOf(year, written), month, day: Number(day) };
}

/** Short names of weekdays may be months elsewhere: `mar. 7 nov.` is a French Tuesday. */
function onlyMonth(words: readonly string[] | null): number | null {
  const found = (words ?? []).flatMap((word) => {
    const month = findMonth(word);
    return month === null ? [] : [{ month, word }];
  });
  const sure = found.length > 1 ? found.filter(({ word }) => !isWeekday(word)) : found;
  const months = new Set((sure.length > 0 ? sure : found).map(({ month }) => month));
  const [month = null] = months;
  return months.size === 1 ? month : null;
}

/** Thais count from the death of the Buddha. */
function yearOf(digits: string, written: string): number {
  const year = fullYear(digits);
  return year > 2400 && /\p{Script=Thai}/u.test(written) ? year - 543 : year;
}
