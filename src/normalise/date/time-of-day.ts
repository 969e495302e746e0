/**
 * Finds the time of day in a written date, with its half of the day and its zone, and gives what is left of the date.
 * Rules: RFC 2822 section 3.3, ISO 8601 section 5.3; the forms of languages as CLDR has them.
 */
import { takeZone, type ZonedRest } from './zone.ts';

export interface TimeOfDay extends ZonedRest {
  /** Milliseconds since midnight; as many as a day has where 24:00 is written. */
  readonly ms: number;
}

/** Null where no time of day is written; `impossible` where it is no time (25:61). */
export function readTimeOfDay(written: string): TimeOfDay | 'impossible' | null {
  for (const form of FORMS) {
    const found = form.exec(written);
    if (found === null) continue;
    const { half, before, after } = takeHalf(
      written.slice(0, found.index),
      written.slice(found.index + found[0].length),
    );
    const ms = millisecondsOf(found, half);
    if (ms === null) return 'impossible';
    const { zone, rest } = takeZone(after);
    return { ms, zone, rest: `${before} ${rest}`.trim() };
  }
  return null;
}

/** Each with hour, minute, second and fraction, as far as it says them. An offset such as -08:00 is no time of day. */
const FORMS: readonly RegExp[] = [
  /(?<![\d:+-])T? ?(\d{1,2}) ?: ?(\d{2})(?: ?: ?(\d{1,2})(?:[.,](\d{1,12}))?)?(?![\d:])/i,
  /(?<=\d)T(\d{2})(?:(\d{2})(?:(\d{2})(?:[.,](\d{1,12}))?)?)?(?!\d)/i,
  /(?<!\d)(\d{1,2}) ?[時时點点시](?: ?(\d{1,2}) ?[分분](?: ?(\d{1,2}) ?[秒초])?)?/,
  /(?<![\d.])(\d{1,2})[.h](\d{2}) ?(?:uhr|h|น)(?!\p{L})\.?/iu,
  /(?<=\bkl(?:o|okken|\.)? )(\d{1,2})\.(\d{2})(?!\d)/i,
  /(?<![\d.])(\d{1,2}) ?h ?(\d{2})?(?![\p{L}\d])/iu,
  /(?<![\d.])(\d{1,2}) ?uhr(?!\p{L})/iu,
  /(?<!\d)(\d{1,2})(?= ?[ap]\.? ?m\b)/i,
];

type Half = 'morning' | 'noon' | 'afternoon' | null;

const MORNING = String.raw`a\. ?m\.?|am|п\.? ?п\.?|πμ|π\. ?μ\.?|上午|早上|清晨|凌晨|午前|오전|öö|de\.`;
const NOON = '中午';
const AFTERNOON = String.raw`p\. ?m\.?|pm|μμ|μ\. ?μ\.?|下午|傍晚|晚上|晚间|晚間|午後|오후|ös|du\.`;
const HALF = `(?:(?<m>${MORNING})|(?<n>${NOON})|(?<a>${AFTERNOON}))`;
/** A Latin or Greek mark must not be the end of a word. */
const HALF_BEFORE = new RegExp(`(?<!\\p{L}(?=[a-zα-ωö]))${HALF} ?$`, 'iu');
const HALF_AFTER = new RegExp(`^ ?${HALF}(?!\\p{L})`, 'iu');

function takeHalf(before: string, after: string): { half: Half; before: string; after: string } {
  const behind = HALF_AFTER.exec(after);
  if (behind !== null) return { half: halfOf(behind), before, after: after.slice(behind[0].length) };
  const ahead = HALF_BEFORE.exec(before);
  return ahead === null
    ? { half: null, before, after }
    : { half: halfOf(ahead), before: before.slice(0, ahead.index), after };
}

function halfOf({ groups }: RegExpExecArray): Half {
  if (groups?.['m'] !== undefined) return 'morning';
  return groups?.['n'] === undefined ? 'afternoon' : 'noon';
}

function millisecondsOf([, h, m = '0', s = '0', fraction = '']: RegExpExecArray, half: Half): number | null {
  const [hour, minute, second] = [Number(h), Number(m), Number(s)];
  const isMidnight = hour === 24 && minute === 0 && second === 0;
  // 60 is a leap second.
  if ((hour > 23 && !isMidnight) || minute > 59 || second > 60) return null;
  return (
    ((hourOf(hour, half) * 60 + minute) * 60 + second) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
  );
}

/** Some write 15:30 PM; the clock is believed. Noon may be an hour before twelve or after. */
function hourOf(hour: number, half: Half): number {
  if (half === 'morning' && hour === 12) return 0;
  if (half === 'afternoon' && hour < 12) return hour + 12;
  return half === 'noon' && hour < 6 ? hour + 12 : hour;
}
