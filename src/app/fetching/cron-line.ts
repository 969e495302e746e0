/**
 * When a cron line next comes (five fields, as config/ let them pass). The fields must all fit, as node-cron has it.
 * Pure: archives tick on node-cron itself (schedule/); what is fetched has its next time written down, and nothing is missed by a machine that slept.
 */
import { type EpochMs, shift } from '../../model/time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Past the hour in which summer time begins or ends in any zone, and yet on the same day. */
const LATE = 23 * 60;
/** 29 February comes within eight years; a day takes three steps. */
const MAX_STEPS = 12_000;

const NAMES = {
  month: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  weekday: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};

type Fields = readonly [
  minute: ReadonlySet<number>,
  hour: ReadonlySet<number>,
  day: ReadonlySet<number>,
  month: ReadonlySet<number>,
  weekday: ReadonlySet<number>,
];

/** The first minute after `after` that fits the line in a time zone; in the distant future where none does. */
export function nextOnLine(line: string, after: EpochMs, timezone: string): EpochMs {
  const [minutes, hours, days, months, weekdays] = readLine(line);
  let at = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const local = localTime(at, timezone);
    const isDay = months.has(local.month) && days.has(local.day) && weekdays.has(local.weekday);
    const ofDay = local.hour * 60 + local.minute;
    if (isDay && hours.has(local.hour)) {
      const minute = [...minutes].filter((value) => value >= local.minute).toSorted((a, b) => a - b)[0];
      if (minute !== undefined) return shift(after, at - after + (minute - local.minute) * MINUTE);
    }
    at += isDay || ofDay >= LATE ? HOUR - local.minute * MINUTE : (LATE - ofDay) * MINUTE;
  }
  return shift(after, at - after);
}

function readLine(line: string): Fields {
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = line.trim().split(/\s+/);
  const weekdays = readField(weekday, 0, 7, NAMES.weekday);
  return [
    readField(minute, 0, 59, []),
    readField(hour, 0, 23, []),
    readField(day, 1, 31, []),
    readField(month, 1, 12, NAMES.month),
    weekdays.has(7) ? new Set([...weekdays, 0]) : weekdays,
  ];
}

function readField(text: string, lowest: number, highest: number, names: readonly string[]): Set<number> {
  const values = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    const [span = '*', step = '1'] = part.split('/');
    const [from, to = from] = span === '*' ? [lowest, highest] : span.split('-').map((word) => valueOf(word));
    for (let value = from ?? lowest; value <= (to ?? highest); value += Math.max(1, Number(step)))
      values.add(value);
  }
  return values;

  function valueOf(word: string): number {
    const named = names.indexOf(word);
    return named === -1 ? Number(word) : named + lowest;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function localTime(at: number, timezone: string) {
  const clock = clocks.get(timezone) ?? makeClock(timezone);
  clocks.set(timezone, clock);
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const number = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  return {
    minute: number('minute'),
    hour: number('hour'),
    day: number('day'),
    month: number('month'),
    weekday: NAMES.weekday.indexOf((parts.get('weekday') ?? '').toLowerCase()),
  };
}

function makeClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
}
