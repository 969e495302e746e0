/**
 * The names of months and weekdays in the languages of feeds. Intl says them (CLDR), made once when the first worded
 * date is met; what publishers write that CLDR does not have stands in a table.
 */

/** Croatian is not here: its listopad is October, and everybody else's is November. */
const LANGUAGES =
  'en de fr es pt it nl ca gl ro sv da nb fi et lv lt is pl cs sk sl sr sr-Latn bg ru uk be hu el tr sq id ar he hi th';

/** Seen in feeds, and in no table of CLDR: folded spelling, number of the month. */
const ALSO_SEEN: readonly (readonly [name: string, month: number])[] = [
  ['mrz', 3], // German, from old programs
  ['maujus', 5], // Hungarian, a slip of one widespread program
  ['μαω', 5], // Greek, another's
  ['ιον', 6],
  ['ιολ', 7],
];

/** The month (1 to 12) that a word names: a name, or at least three letters that begin one month's names only. */
export function findMonth(word: string): number | null {
  const { months, beginnings } = (known ??= collectNames());
  const folded = fold(word);
  return months.get(folded) ?? beginnings.get(folded) ?? null;
}

/** Whether some language calls a day of the week so. */
export function isWeekday(word: string): boolean {
  return (known ??= collectNames()).weekdays.has(fold(word));
}

interface Names {
  readonly months: ReadonlyMap<string, number>;
  /** Null where names of several months begin so. */
  readonly beginnings: ReadonlyMap<string, number | null>;
  readonly weekdays: ReadonlySet<string>;
}

let known: Names | null = null;

function collectNames(): Names {
  const months = new Map<string, number>(ALSO_SEEN);
  const weekdays = new Set<string>();
  for (const language of LANGUAGES.split(' '))
    for (const width of ['long', 'short'] as const) {
      // Many languages inflect a month that stands beside a day.
      const beside = namesOf(language, { month: width, day: 'numeric' }, 12);
      for (const [index, name] of [...beside, ...namesOf(language, { month: width }, 12)])
        months.set(name, index + 1);
      for (const [, name] of namesOf(language, { weekday: width }, 7)) weekdays.add(name);
    }
  return { months, beginnings: beginningsOf(months), weekdays };
}

function beginningsOf(months: ReadonlyMap<string, number>): Map<string, number | null> {
  const beginnings = new Map<string, number | null>();
  for (const [name, month] of months)
    for (let length = 3; length < name.length; length += 1) {
      const beginning = name.slice(0, length);
      const isSure = !beginnings.has(beginning) || beginnings.get(beginning) === month;
      beginnings.set(beginning, isSure ? month : null);
    }
  return beginnings;
}

function namesOf(
  language: string,
  options: Intl.DateTimeFormatOptions,
  count: number,
): [index: number, name: string][] {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC', calendar: 'gregory' });
  const part = options.month === undefined ? 'weekday' : 'month';
  return Array.from({ length: count }, (_, index): [number, string] => {
    const moment = part === 'month' ? Date.UTC(2023, index, 5) : Date.UTC(2023, 0, 1 + index);
    const name = format.formatToParts(moment).find(({ type }) => type === part)?.value ?? '';
    // "de gener": the name is the last word.
    return [index, fold(name.split(/\s/).at(-1) ?? '')];
  }).filter(([, name]) => /\p{L}/u.test(name));
}

/** Without case, accents and points, which publishers write as they please. */
function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u{300}-\u{36F}.\u{5F3}\u{970}]/gu, '')
    .replaceAll('ı', 'i')
    .replaceAll('ς', 'σ');
}
