/**
 * Reads a date in any form that feeds and web pages are seen to write. Promises: what can mean one moment only is that
 * moment; what might mean several (05/06/2023), or cannot be true, is null and never guessed at.
 * Rules: RFC 822 and 2822, ISO 8601, W3CDTF, asctime; names of months and eras as CLDR has them (Intl).
 */
import { epochMs, type EpochMs } from '../../model/time.ts';
import { readCalendarDay } from './calendar-day.ts';
import { hanNumerals } from './east-asian-day.ts';
import { readTimeOfDay } from './time-of-day.ts';
import { takeTrailingZone, toUtc, type Zone } from './zone.ts';

export interface DateContext {
  /** IANA zone of a date that names none; where it is null too, the language may tell, else it is UTC. */
  readonly timezone: string | null;
  /** What lies more than a year after it is not believed. */
  readonly now?: EpochMs;
}

/** The moment that is meant; null where it cannot be read, might mean several moments, or cannot be true. */
export function parseDate(text: string, { timezone, now }: DateContext): EpochMs | null {
  if (text.length > MAX_LENGTH) return null;
  const usual = USUAL.test(text) ? epochMs(Date.parse(text)) : null;
  if (usual !== null) return isBelievable(usual, now) ? usual : null;
  const written = plainForm(text);
  const moment = epochMs(readUnixTime(written) ?? readWritten(written, timezone) ?? Number.NaN);
  return moment !== null && isBelievable(moment, now) ? moment : null;
}

/** Nearly every feed writes these two, on days that their months have; about them nobody can disagree. */
const USUAL =
  /^(?:(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(?!29 Feb|3[01] Feb|31 (?:Apr|Jun|Sep|Nov))(?:0?[1-9]|[12]\d|3[01]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?:19|20)\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d (?:GMT|[+-](?:0\d|1[0-4])[0-5]\d)|(?:19|20)\d\d-(?!02-29|02-3|(?:04|06|09|11)-31)(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d))$/;

/** No date is that long; what is may be a whole text that a selector hit. */
const MAX_LENGTH = 200;

/** Where each run of decimal digits of another script begins that NFKC leaves alone: Arabic, Persian, Hindi, Bengali, Thai. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

function plainForm(text: string): string {
  return hanNumerals(text.normalize('NFKC'))
    .replaceAll(/[٠-٩۰-۹०-९০-৯๐-๙]/gu, (digit) => {
      const point = digit.codePointAt(0) ?? 0;
      return String(point - (ZEROS.findLast((zero) => zero <= point) ?? point));
    })
    .replaceAll(/\([^()]*\)|\[[^[\]]*\]/g, ' ')
    .replaceAll(/[\u{2010}-\u{2015}\u{2212}]/gu, '-')
    .replaceAll(/[\s\p{Cf}]+/gu, ' ')
    .trim()
    .replace(/^((?:19|20)\d{6})(\d{4}|\d{6})$/, '$1T$2');
}

/** Nine or ten digits are seconds (1973 to 2286), thirteen are milliseconds. Shorter ones are dates without dashes. */
function readUnixTime(written: string): number | null {
  if (/^\d{9,10}(?:\.\d{1,9})?$/.test(written)) return Number(written) * 1000;
  return /^\d{13}$/.test(written) ? Number(written) : null;
}

function readWritten(written: string, timezone: string | null): number | null {
  const clock = readTimeOfDay(written);
  if (clock === 'impossible') return null;
  const rest = clock === null ? takeTrailingZone(written) : clock;
  const day = readCalendarDay(rest.rest);
  if (day === null) return null;
  const wall = Date.UTC(day.year, day.month - 1, day.day) + (clock?.ms ?? 0);
  return toUtc(day.year < 100 ? Number.NaN : wall, rest.zone, timezone ?? zoneOfLanguage(written));
}

/** Korean and Japanese are written in one zone each; of no other language can that be said. */
function zoneOfLanguage(written: string): Zone {
  if (/\p{Script=Hangul}/u.test(written)) return 'Asia/Seoul';
  return /[\p{Script=Hiragana}\p{Script=Katakana}曜]|令和|平成|午[前後]/u.test(written) ? 'Asia/Tokyo' : 0;
}

const A_DAY = 86_400_000;

/** The first day of 1970 is a clock that was never set; feeds are younger than that. A year ahead is a mistake. */
function isBelievable(moment: EpochMs, now: EpochMs | undefined): boolean {
  return moment >= A_DAY && (now === undefined || moment <= now + 366 * A_DAY);
}
