/**
 * Time zones as dates name them: offsets, abbreviations, and IANA names, whose offsets Intl computes.
 * Sources: RFC 822 section 5.1 for the American names, the IANA tz database's abbreviations for the rest.
 */

/** Minutes east of UTC, an IANA zone, the several offsets that one abbreviation stands for (the likeliest first), or nothing said. */
export type Zone = number | string | readonly number[] | null;

/** What a zone was taken out of, and the zone. */
export interface ZonedRest {
  readonly zone: Zone;
  readonly rest: string;
}

/** The zone that stands first in what follows a time of day. */
export function takeZone(text: string): ZonedRest {
  const offset = OFFSET.exec(text);
  if (offset !== null) return { zone: offsetOf(offset), rest: text.slice(offset[0].length) };
  const [whole = '', name = ''] = NAME.exec(text) ?? [];
  const zone = NAMED.get(name.length < 3 ? name : name.toUpperCase());
  return zone === undefined ? { zone: null, rest: text } : { zone, rest: text.slice(whole.length) };
}

/** The zone at the end of a date without a time of day: `2003-12-31Z`, `31 Dec 2003 GMT`, `2003-12-31+08:00`. */
export function takeTrailingZone(text: string): ZonedRest {
  const at = text.search(/(?<=\d ?)(?:Z|GMT|UTC?|[+-]\d\d:\d\d)$/);
  return at < 0 ? { zone: null, rest: text } : { ...takeZone(text.slice(at)), rest: text.slice(0, at) };
}

/**
 * @param wall the reading of calendar and clock, as milliseconds as if it were UTC
 * @param home where `zone` says nothing, or several things
 */
export function toUtc(wall: number, zone: Zone, home: Zone): number {
  if (!Number.isFinite(wall)) return wall;
  const said = zone ?? home ?? 0;
  if (typeof said === 'number') return wall - said * A_MINUTE;
  if (typeof said === 'string') return wall - offsetAt(said, wall - offsetAt(said, wall));
  const local = toUtc(wall, null, home);
  return (
    said.map((minutes) => wall - minutes * A_MINUTE).find((moment) => moment === local) ??
    toUtc(wall, said[0] ?? 0, null)
  );
}

const A_MINUTE = 60_000;

/** `+0200`, `-5`, `+05:30`, `GMT+1`, `UTC -08:00`; a sign and a digit with nothing between, as `- 5 May` is no zone. */
const OFFSET = /^ ?(?:(?:GMT|UTC?|Z) ?)?([+-])(?:(\d{1,2}):(\d{1,2})|(\d{1,4}))(?![\d:])/i;
const NAME = /^ ?(\p{L}{1,5})(?![\p{L}\d])/u;

/** The widest offsets in use are -12:00 and +14:00; what is wider is a slip, and says nothing. */
const WIDEST = 15 * 60;

function offsetOf([, sign, hours, minutes, digits = '']: RegExpExecArray): number | null {
  const long = digits.length > 2;
  const h = Number(hours ?? (long ? digits.slice(0, -2) : digits));
  const m = Number(minutes ?? (long ? digits.slice(-2) : 0));
  if (m > 59 || h * 60 + m > WIDEST) return null;
  return (sign === '-' ? -1 : 1) * (h * 60 + m);
}

const CLOCK_AND_CALENDAR = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds east of UTC in an IANA zone at a moment. */
function offsetAt(zone: string, moment: number): number {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      ...CLOCK_AND_CALENDAR,
      timeZone: zone,
      hourCycle: 'h23',
    });
    formatters.set(zone, formatter);
  }
  const parts = new Map(formatter.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(moment / 1000) * 1000;
}

const hours = (...values: number[]) => values.map((value) => value * 60);

const NAMED: ReadonlyMap<string, Zone> = new Map<string, Zone>([
  // RFC 822 and ISO 8601
  ...['UT', 'GMT', 'UTC', 'Z', 'WET'].map((name) => [name, 0] as const),
  ['EST', hours(-5, 10)],
  ['EDT', hours(-4, 11)],
  ['CST', hours(-6, 8)],
  ['CDT', hours(-5, 9)],
  ['MST', hours(-7, 8)],
  ['MDT', -6 * 60],
  ['PST', hours(-8, 8)],
  ['PDT', -7 * 60],
  // What American publishers write all the year round
  ['AT', 'America/Halifax'],
  ['ET', 'America/New_York'],
  ['CT', 'America/Chicago'],
  ['MT', 'America/Denver'],
  ['PT', 'America/Los_Angeles'],
  // The Americas
  ['NST', -210],
  ['NDT', -150],
  ['AST', hours(-4, 3)],
  ['ADT', -3 * 60],
  ['AKST', -9 * 60],
  ['AKDT', -8 * 60],
  ['HST', -10 * 60],
  ['BRT', -3 * 60],
  ['BRST', -2 * 60],
  ['ART', -3 * 60],
  ['CLT', -4 * 60],
  ['CLST', -3 * 60],
  ['COT', -5 * 60],
  ['PET', -5 * 60],
  ['VET', -4 * 60],
  // Europe and Africa
  ['WEST', 60],
  ['BST', hours(1, 6)],
  ['CET', 60],
  ['CEST', 120],
  ['MET', 60],
  ['MEZ', 60],
  ['MEST', 120],
  ['MESZ', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['MSD', 240],
  ['TRT', 180],
  ['WAT', 60],
  ['CAT', 120],
  ['SAST', 120],
  ['EAT', 180],
  // Asia and Oceania
  ['IST', [330, 120, 60]],
  ['IDT', 180],
  ['IRST', 210],
  ['GST', 240],
  ['PKT', 300],
  ['NPT', 345],
  ['ICT', 420],
  ['WIB', 420],
  ['WITA', 480],
  ['WIT', 540],
  ['HKT', 480],
  ['SGT', 480],
  ['MYT', 480],
  ['PHT', 480],
  ['JST', 540],
  ['KST', 540],
  ['AWST', 480],
  ['ACST', 570],
  ['ACDT', 630],
  ['AEST', 600],
  ['AEDT', 660],
  ['NZST', 720],
  ['NZDT', 780],
]);
