/** A day as its three numbers, and what a short year means. Nobody has yet asked the calendar whether there is such a day. */

export interface DayParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** RFC 2822: two digits are 1950 to 2049, three are years since 1900. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 3) return year;
  return digits.length === 3 || year >= 50 ? year + 1900 : year + 2000;
}
