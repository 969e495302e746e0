/**
 * How the texts of the configuration are read: durations, sizes, schedules, languages, headers. A reading is the value or what
 * is wrong, in words that follow the key (`must be …`) and never hold the text itself, which may be a secret.
 */
import { cronComplaint } from './cron-line.ts';

export type Reading<T> = { readonly value: T } | { readonly wrong: string };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: HOUR_MS,
  d: DAY_MS,
};
const UNIT_BYTES: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** `90s 15m 2h 7d`, more than nothing and at most `longestMs`, in milliseconds. */
export function readDuration(text: string, longestMs: number): Reading<number> {
  const match = /^(\d{1,6})(s|m|h|d)$/.exec(text);
  const value = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ''] ?? Number.NaN);
  if (value > 0 && value <= longestMs) return { value };
  const longest = longestMs >= DAY_MS ? `${longestMs / DAY_MS}d` : `${longestMs / HOUR_MS}h`;
  return { wrong: `must be a duration such as 90s, 15m, 2h or 7d, at most ${longest}` };
}

/** `512KB 10MB`, in bytes; 1 KB is 1,024 of them. */
export function readSize(text: string): Reading<number> {
  const match = /^(\d{1,6})(B|KB|MB|GB)$/.exec(text);
  const value = Number(match?.[1]) * (UNIT_BYTES[match?.[2] ?? ''] ?? Number.NaN);
  return value >= 1024 && value <= 1024 ** 3
    ? { value }
    : { wrong: 'must be a size such as 512KB or 10MB, from 1KB to 1GB' };
}

/** A cron line with five fields. */
export function readCron(text: string): Reading<string> {
  const wrong = cronComplaint(text);
  return wrong === null ? { value: text.trim().split(/\s+/).join(' ') } : { wrong };
}

/** BCP 47, by its form. */
export function readLanguage(text: string): Reading<string> {
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(text)
    ? { value: text }
    : { wrong: 'must be a language tag such as en, de-AT or zh-Hant' };
}

/** The value of an HTTP header: printable, on one line. */
export function readHeaderValue(text: string): Reading<string> {
  return /^[\t\u0020-\u007e\u00a0-\u00ff]+$/.test(text)
    ? { value: text.trim() }
    : { wrong: 'must be text that an HTTP header can hold: one line, Latin characters' };
}
