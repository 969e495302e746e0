/** Exit codes (product.md section 1), chosen from the code of an error and nowhere else. */
import { type ErrorCode, FeedmillError } from '../model/error.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, damaged: 3, inUse: 4 } as const;

const BY_CODE: Partial<Record<ErrorCode, number>> = {
  'config-invalid': EXIT.usage,
  usage: EXIT.usage,
  'not-found': EXIT.usage,
  'not-allowed': EXIT.usage,
  'database-damaged': EXIT.damaged,
  'database-newer': EXIT.damaged,
  'database-in-use': EXIT.inUse,
};

/** The exit code of a thrown error; a bug is a failure too. */
export function exitCodeOf(error: unknown): number {
  return error instanceof FeedmillError ? (BY_CODE[error.code] ?? EXIT.failed) : EXIT.failed;
}
