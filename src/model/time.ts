/**
 * Moments, as whole milliseconds since 1970 in UTC. `null` wherever the publisher did not say.
 */

declare const epochMsBrand: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z; an integer that a `Date` can hold. */
export type EpochMs = number & { readonly [epochMsBrand]: true };

/** ECMAScript's time range: 100,000,000 days on both sides of 1970. */
const MAX_EPOCH_MS = 8.64e15;

/** The moment, cut to whole milliseconds; null where a `Date` could not hold it. */
export function epochMs(value: number): EpochMs | null {
  const whole = Math.trunc(value);
  return Number.isFinite(whole) && Math.abs(whole) <= MAX_EPOCH_MS ? (whole as EpochMs) : null;
}

/** Now, by the machine's clock. Only the doors and main.ts call it; everybody else is handed a time. */
export function now(): EpochMs {
  return Date.now() as EpochMs;
}

/**
 * RFC 3339 in UTC with milliseconds.
 * Years outside 0000 to 9999, which RFC 3339 cannot write, are held at its borders.
 */
export function toRfc3339(moment: EpochMs): string {
  const first = Date.UTC(0, 0, 1) - 1900 * 365.2425 * 86_400_000;
  const held = Math.min(Math.max(moment, Math.ceil(first)), 253_402_300_799_999);
  const text = new Date(held).toISOString();
  return text.startsWith('-') ? '0000-01-01T00:00:00.000Z' : text;
}

/** So much later (or, with a negative number, earlier), in whole milliseconds; held at the borders of what a `Date` can hold. */
export function shift(moment: EpochMs, ms: number): EpochMs {
  return Math.min(Math.max(Math.floor(moment + ms), -MAX_EPOCH_MS), MAX_EPOCH_MS) as EpochMs;
}
