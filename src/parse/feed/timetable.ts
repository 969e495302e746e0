/**
 * When the publisher wants its feed to be read: `ttl`, `skipHours` and `skipDays` of RSS 2.0, and the syndication module
 * (sy:updatePeriod, sy:updateFrequency), as minutes, UTC hours and days.
 */
import type { RawFeedInfo } from '../../model/item.ts';
import { allOf, type FeedElement, textOf } from './xml/element.ts';

type Timetable = Pick<RawFeedInfo, 'ttlMinutes' | 'skipHours' | 'skipDays'>;

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const PERIODS: ReadonlyMap<string, number> = new Map([
  ['hourly', 60],
  ['daily', 1440],
  ['weekly', 10_080],
  ['monthly', 43_200],
  ['yearly', 525_600],
]);

export function readTimetable(channel: FeedElement): Timetable {
  return {
    ttlMinutes: wholeNumber(textOf(channel, 'ttl')) ?? periodMinutes(channel),
    skipHours: listed(channel, 'skiphours', 'hour').flatMap((hour) => hourOf(hour)),
    skipDays: listed(channel, 'skipdays', 'day').flatMap((day) => {
      const index = DAYS.indexOf(day.toLowerCase());
      return index < 0 ? [] : [index];
    }),
  };
}

function periodMinutes(channel: FeedElement): number | null {
  const period = PERIODS.get(textOf(channel, 'sy:updateperiod')?.toLowerCase() ?? '');
  const frequency = wholeNumber(textOf(channel, 'sy:updatefrequency')) ?? 1;
  return period === undefined ? null : Math.max(1, Math.round(period / Math.max(1, frequency)));
}

/** Hour 24 of the older RSS is midnight. */
function hourOf(text: string): number[] {
  const hour = wholeNumber(text);
  return hour === null || hour > 24 ? [] : [hour % 24];
}

function listed(channel: FeedElement, name: string, child: string): string[] {
  return [
    ...new Set(
      allOf(channel, name).flatMap((list) => allOf(list, child).map((element) => element.text.trim())),
    ),
  ];
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null;
}
