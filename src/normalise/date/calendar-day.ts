/**
 * The day in a written date, once the time of day is out of it. The forms are a table, the surer ones first.
 * Rules: ISO 8601 section 5.2 with the truncated forms of its 1988 edition, RFC 2822 section 4.3 for short years.
 */
import { fullYear, type DayParts } from './day-parts.ts';
import { readEastAsianDay } from './east-asian-day.ts';
import { readWordedDay } from './worded-day.ts';

/** Null where no day is found, where it might be two, and where the calendar has no such day. */
export function readCalendarDay(text: string): DayParts | null {
  const written = text.replace(/[\s,;T]+$/, '').trim();
  const day = readEastAsianDay(written) ?? readNumericDay(written) ?? readWordedDay(written);
  return day !== null && isOnCalendar(day) ? day : null;
}

type Reading = (...parts: readonly string[]) => DayParts | null;

const ymd: Reading = (year = '', month = '', day = '1') => ({
  year: fullYear(year),
  month: Number(month),
  day: Number(day),
});
const dmy: Reading = (day = '', month = '', year = '') => ymd(year, month, day);

/** Part of a longer text, or the whole of it. Each names who writes so. */
const NUMERIC: readonly (readonly [form: RegExp, read: Reading])[] = [
  // ISO 8601 weeks
  [/(?<!\d)(\d{4})-?W(\d{2})(?:-?([1-7]))?(?!\d)/, weekDay],
  // ISO 8601 and East Asia (2023. 5. 1.); some programs pad the month to three digits
  [/(?<!\d)(\d{4}) ?[-/.] ?0?(\d{1,2}) ?[-/.] ?(\d{1,2})(?!\d)/, ymd],
  // Germany, Russia and most of Europe: with points it is always the day that comes first
  [/(?<!\d)(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)/, dmy],
  // Vietnam: 5 tháng 5, 2023
  [/(?<!\d)(\d{1,2}) tháng (\d{1,2}),?(?: năm)? (\d{4})(?!\d)/i, dmy],
  [/(?<!\d)(\d{1,2}) ?[-/] ?(\d{1,2}) ?[-/] ?(\d{4})(?!\d)/, eitherOrder],
  // ISO 8601, basic and truncated
  [/^(\d{4})(\d{2})(\d{2})$/, ymd],
  [/^(\d{2})-(\d{2})-(\d{2})$/, ymd],
  [/^(\d{2})(\d{2})(\d{2})$/, ymd],
  [/^-?(\d{4})-(\d{2})$/, ymd],
  [/^-(\d{2})-?(\d{2})$/, ymd],
  [/^(\d{4})-?(\d{3})$/, dayOfYear],
  [/^(\d{2})-?(\d{3})$/, dayOfYear],
  [/^(\d{4})$/, (year = '') => ymd(year, '1')],
];

function readNumericDay(written: string): DayParts | null {
  for (const [form, read] of NUMERIC) {
    const found = form.exec(written);
    if (found !== null) return read(...found.slice(1).filter((part) => part !== undefined));
  }
  return null;
}

/** Britain or America: told apart only where one of the two is no month. */
function eitherOrder(first = '', second = '', year = ''): DayParts | null {
  if (Number(first) > 12 || first === second) return dmy(first, second, year);
  return Number(second) > 12 ? ymd(year, first, second) : null;
}

function dayOfYear(year = '', day = ''): DayParts | null {
  const date = new Date(Date.UTC(fullYear(year), 0, Number(day)));
  return date.getUTCFullYear() === fullYear(year) ? dayOf(date) : null;
}

/** Week 1 holds the 4th of January; weeks begin on Monday. */
function weekDay(year = '', week = '', weekday = '1'): DayParts | null {
  const fourth = new Date(Date.UTC(Number(year), 0, 4));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  if (Number(week) < 1 || Number(week) > 53) return null;
  return dayOf(new Date(Date.UTC(Number(year), 0, monday + (Number(week) - 1) * 7 + Number(weekday) - 1)));
}

function dayOf(date: Date): DayParts {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isOnCalendar({ year, month, day }: DayParts): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
