/**
 * When a source is next due: never ahead of its cron line; later where the publisher asks for it, where nothing changes,
 * and after failures. Whatever is asked for, a source is tried again within a day of what its line would give, or when the hours
 * and days are over that its publisher wants skipped.
 */
import { createHash } from 'node:crypto';
import type { SourceState } from '../../model/fetch.ts';
import { type EpochMs, shift } from '../../model/time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Answers of "gone" after which a source counts as gone: the first, and two confirmations. */
export const GONE_AFTER = 3;

const FIRST_RETRY_MS = 5 * MINUTE;
/** For a server that says 429 or 503 and not how long. */
const OVERLOADED_RETRY_MS = 15 * MINUTE;
/** Refreshes without news before a source is slowed down: a pause of our own is not its silence. */
const PATIENCE = 4;
/** A source silent for twelve hours is asked once an hour. */
const SILENCE_PER_WAIT = 12;
/** A wish for an hour is met by a line that comes every hour, though the request took a second. */
const TOLERANCE = 0.9;
const MAX_SPREAD_MS = MINUTE;
const MAX_SPREAD_SHARE = 0.1;
/** A week of skipped hours. */
const MAX_SKIPS = 7 * 24;

export interface Attempt {
  readonly key: string;
  /** When it began. */
  readonly at: EpochMs;
  /** As it is after the attempt. */
  readonly state: SourceState;
  /** What the answer asked for: `fresh` of a document, `retry` of a refusal. */
  readonly freshForMs: number | null;
  readonly retryAfterMs: number | null;
  /** HTTP status of a refusal. */
  readonly status: number | null;
  /** The next time on the source's cron line. */
  readonly onLine: (after: EpochMs) => EpochMs;
}

/** The moment from which the source is due. */
export function nextFetch(attempt: Attempt): EpochMs {
  const { key, at, state, onLine } = attempt;
  const first = onLine(at);
  const spread = chance(key) * Math.min(MAX_SPREAD_MS, MAX_SPREAD_SHARE * (onLine(first) - first));
  const wait = waitAfter(attempt);
  // What the spread put off last time must not count as time that has passed on the line.
  const put = state.failures > 0 ? wait : wait * TOLERANCE - spread;
  const next = put > 0 ? onLine(shift(at, Math.ceil(put) - 1)) : first;
  return shift(passSkipped(next, state, onLine), spread);
}

/** Whether a source may be asked now. A moment written by a clock that was wrong is none. */
export function isDue(
  due: Pick<SourceState, 'nextFetch' | 'lastAttempt'>,
  { now, since, key }: { now: EpochMs; since: EpochMs; key: string },
): boolean {
  if (due.nextFetch === null) return true;
  if (due.lastAttempt !== null && due.lastAttempt > now + MINUTE) return true;
  // What came due while nobody ran is spread over a minute.
  const missed = due.nextFetch < since ? since + chance(key) * MAX_SPREAD_MS : due.nextFetch;
  return missed <= now;
}

/** Between 0 and 1, the same for the same text: the place of a source within a minute. */
function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

function waitAfter(attempt: Attempt): number {
  const { state, freshForMs, retryAfterMs } = attempt;
  if (state.goneAnswers >= GONE_AFTER) return DAY;
  const wait =
    state.failures > 0
      ? Math.max(retryAfterMs ?? 0, backOff(attempt))
      : Math.max(freshForMs ?? 0, state.publisherIntervalMs ?? 0, silence(attempt));
  return Math.min(wait, DAY);
}

function backOff({ key, state: { failures }, status }: Attempt): number {
  const isOverloaded = status === 429 || status === 503;
  const jitter = 0.8 + 0.4 * chance(`${key} ${failures}`);
  return (isOverloaded ? OVERLOADED_RETRY_MS : FIRST_RETRY_MS) * 2 ** Math.min(failures - 1, 12) * jitter;
}

function silence({ at, state: { unchanged, lastChange } }: Attempt): number {
  return unchanged < PATIENCE || lastChange === null ? 0 : (at - lastChange) / SILENCE_PER_WAIT;
}

/** Goes past the hours (UTC) and days that the publisher named; one that names all of them is not heard. */
function passSkipped(
  first: EpochMs,
  { skipHours, skipDays }: SourceState,
  onLine: Attempt['onLine'],
): EpochMs {
  let at = first;
  for (let skips = 0; skips < MAX_SKIPS && isSkipped(at); skips += 1) {
    at = onLine(shift(at, HOUR - (at % HOUR) - 1));
  }
  return isSkipped(at) ? first : at;

  function isSkipped(moment: EpochMs): boolean {
    const date = new Date(moment);
    return skipHours.includes(date.getUTCHours()) || skipDays.includes(date.getUTCDay());
  }
}
