/**
 * Cron lines with five fields: minute, hour, day of month, month, day of week. Lists, ranges, steps and English names;
 * no macros and no sixth field. Narrower than what node-cron takes, so that what passes here runs there and means the same elsewhere.
 */

interface Field {
  readonly name: string;
  readonly lowest: number;
  readonly highest: number;
  /** Names for `lowest` and what follows it. */
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly Field[] = [
  { name: 'minute', lowest: 0, highest: 59, names: [] },
  { name: 'hour', lowest: 0, highest: 23, names: [] },
  { name: 'day of the month', lowest: 1, highest: 31, names: [] },
  { name: 'month', lowest: 1, highest: 12, names: MONTHS },
  // Both 0 and 7 are Sunday.
  { name: 'day of the week', lowest: 0, highest: 7, names: WEEKDAYS },
];

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a cron line, in words that follow "the schedule"; null where nothing is. */
export function cronComplaint(line: string): string | null {
  const parts = line.trim().split(/\s+/);
  if (parts.length !== FIELDS.length || parts[0] === '') {
    return 'must have five fields: minute, hour, day of the month, month, day of the week, such as "*/15 * * * *"';
  }
  const values: number[][] = [];
  for (const [index, field] of FIELDS.entries()) {
    const read = readField(parts[index] ?? '', field);
    if (typeof read === 'string') return read;
    values.push(read);
  }
  const [, , days = [], months = []] = values;
  const comes = months.some((month) => days.some((day) => day <= (LONGEST_MONTHS[month - 1] ?? 0)));
  return comes ? null : 'names a day of the month that no such month has';
}

/** The values that a field stands for, or what is wrong with it. */
function readField(text: string, field: Field): number[] | string {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const span = readSpan(part, field);
    if (span === null) {
      return (
        `must have numbers from ${field.lowest} to ${field.highest} in the field ${field.name}, ` +
        'or *, lists (1,2), ranges (1-5) and steps (*/5, 1-30/5)'
      );
    }
    for (let value = span.first; value <= span.last; value += span.step) values.push(value);
  }
  return values;
}

// A step belongs to * or to a range: `5/15` means nothing to node-cron.
const SPAN = /^(?:(?:\*|(?<from>\w+)-(?<to>\w+))(?:\/(?<step>\d{1,2}))?|(?<single>\w+))$/;

function readSpan(text: string, field: Field): { first: number; last: number; step: number } | null {
  const groups = SPAN.exec(text)?.groups;
  if (groups === undefined) return null;
  const { from = groups['single'], to = from, step = '1' } = groups;
  const first = from === undefined ? field.lowest : readValue(from, field);
  const last = to === undefined ? field.highest : readValue(to, field);
  if (first === null || last === null || first > last) return null;
  return Number(step) === 0 ? null : { first, last, step: Number(step) };
}

function readValue(text: string, field: Field): number | null {
  const named = field.names.indexOf(text.toLowerCase());
  if (named !== -1) return field.lowest + named;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= field.lowest && value <= field.highest ? value : null;
}
