/**
 * Reads the first line of an archive file: `<!--1672026424000-->`, the moment of archiving in milliseconds.
 * Programs that write such files get it wrong in known ways; what can only mean one moment is taken, with a warning,
 * and what may mean several is unknown (product.md section 4: never invent a date).
 */
import { epochMs, type EpochMs } from '../model/time.ts';

/** What the comment of the first line came to. */
export interface ReadEpoch {
  readonly moment: EpochMs | null;
  /** Whether it was meant as a date at all; any other comment may stand first in a file. */
  readonly isDate: boolean;
  /** What was odd about it, without the line's number. */
  readonly oddity: { readonly code: string; readonly message: string } | null;
}

/** @param text what stands between `<!--` and `-->` */
export function readEpoch(text: string): ReadEpoch {
  const written = text.trim();
  if (/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(written)) return readNumber(written);
  if (/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)/.test(written)) return readIso(written);
  if (/^(?:NaN|null|undefined|-?Infinity|Invalid Date|)$/i.test(written))
    return unknown('date-missing', `no date (${written || 'empty'})`);
  // Digits of other scripts are digits to people and to no program; whoever wrote them did not write this format.
  const isDate = /^[\p{Nd}\s.:+-]+$/u.test(written);
  return { ...unknown('date-unreadable', 'not a date in milliseconds; treated as unknown'), isDate };
}

function readNumber(written: string): ReadEpoch {
  const value = Number(written);
  if (value === 0) return unknown('date-zero', 'date 0 treated as unknown');
  const unit = MISTAKEN_UNITS.find(({ perMs }) => isPlausible(value * perMs));
  if (unit !== undefined) {
    const moment = epochMs(value * unit.perMs);
    return { moment, isDate: true, oddity: { code: 'date-unit', message: `looks like ${unit.name}` } };
  }
  const moment = epochMs(value);
  if (moment === null) return unknown('date-out-of-range', 'date out of range');
  if (/^[+-]?\d+$/.test(written)) return { moment, isDate: true, oddity: null };
  return {
    moment,
    isDate: true,
    oddity: { code: 'date-form', message: 'date is not a whole number; accepted' },
  };
}

/** `perMs`: by what a value in this unit is multiplied to give milliseconds. */
const MISTAKEN_UNITS: readonly { readonly name: string; readonly perMs: number }[] = [
  { name: 'seconds', perMs: 1000 },
  { name: 'microseconds', perMs: 1 / 1000 },
  { name: 'nanoseconds', perMs: 1 / 1_000_000 },
];

/** Between 1990 and 2100. In milliseconds, the same digits would be early 1970, or a year beyond 20000. */
function isPlausible(ms: number): boolean {
  return ms >= Date.UTC(1990, 0) && ms < Date.UTC(2100, 0);
}

function readIso(written: string): ReadEpoch {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(written) || written.length === 10;
  const moment = epochMs(Date.parse(hasZone ? written : `${written}Z`));
  if (moment === null) return unknown('date-out-of-range', 'date out of range');
  return { moment, isDate: true, oddity: { code: 'date-form', message: 'ISO date accepted' } };
}

function unknown(code: string, message: string): ReadEpoch {
  return { moment: null, isDate: true, oddity: { code, message } };
}
