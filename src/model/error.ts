/**
 * The one error that Feedmill throws. Its code is from a closed list, its message says what to do about it.
 * HTTP statuses (http/) and exit codes (cli/) are chosen from the code, nowhere else.
 */

/** Codes of a failed refresh, as `refresh --json` prints them (product.md section 1). Documented in docs/errors.md. */
export const REFRESH_ERROR_CODES = [
  'address-refused',
  'timed-out',
  'too-large',
  'too-many-redirects',
  'http-status',
  'not-a-feed',
  'malformed-feed',
  'unreachable',
  'tls',
  'blocked-content',
  'bad-encoding',
  'limit-exceeded',
  'unreadable',
  'worker-died',
  'not-supported',
  'unexpected',
] as const;

/** Codes of everything else that can go wrong. */
export const ERROR_CODES = [
  ...REFRESH_ERROR_CODES,
  'config-invalid',
  'usage',
  'database-damaged',
  'database-newer',
  'database-in-use',
  'database-unwritable',
  'not-found',
  'not-allowed',
  'write-failed',
] as const;

export type RefreshErrorCode = (typeof REFRESH_ERROR_CODES)[number];
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error that a person can act on. Bugs stay ordinary errors and are not caught. */
export class FeedmillError extends Error {
  readonly code: ErrorCode;

  /** @param message one sentence of what is wrong and one of what to do; never a secret */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FeedmillError';
    this.code = code;
  }
}
