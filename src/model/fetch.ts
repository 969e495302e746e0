/**
 * What passes between fetch/ and the rest: one request for one document, and how it ended.
 * Outcomes are daily life, not errors: not modified, gone and failed are as ordinary as fetched.
 */
import type { RefreshErrorCode } from './error.ts';
import type { EpochMs } from './time.ts';
import type { HttpUrl } from './url.ts';
import type { Warning } from './warning.ts';

/** What the server gave along with a body, to be shown to it next time. Stored in the transaction that stores the items. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface FetchRequest {
  readonly url: HttpUrl;
  readonly validators: Validators | null;
  /** Of the source; sent to its own origin only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: { readonly user: string; readonly password: string } | { readonly bearer: string } | null;
  /** What is asked for; decides Accept, and whether the body is decoded as text. */
  readonly expects: 'feed' | 'page';
}

/** One body, decoded. */
export interface FetchedDocument {
  /** Where it came from, after redirects. */
  readonly url: HttpUrl;
  /** The new address, where every redirect on the way was permanent (301, 308); null else. */
  readonly movedTo: HttpUrl | null;
  /** Without parameters, lower case; null where the server named none. */
  readonly mediaType: string | null;
  readonly text: string;
  /** Of the body as it was transferred and decoded. */
  readonly bytes: number;
  /** SHA-256 (hex) of the decoded bytes: the same body needs no parsing. */
  readonly bodyHash: string;
  readonly validators: Validators;
  /** How long the publisher wants to be left alone (Cache-Control, Expires); null where it does not say. */
  readonly freshForMs: number | null;
  readonly warnings: readonly Warning[];
}

export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly document: FetchedDocument }
  | {
      readonly kind: 'not-modified';
      readonly validators: Validators;
      readonly freshForMs: number | null;
      readonly movedTo: HttpUrl | null;
    }
  /** 410, or 404: two confirmations make a source gone. */
  | { readonly kind: 'gone'; readonly status: 404 | 410; readonly message: string }
  | {
      readonly kind: 'failed';
      readonly code: RefreshErrorCode;
      /** One sentence of what went wrong and one of what to do. Never a secret. */
      readonly message: string;
      readonly status: number | null;
      /** From Retry-After. */
      readonly retryAfterMs: number | null;
    };

/** The only door to the outside. Never rejects, except when aborted from outside. */
export interface Fetcher {
  fetch(request: FetchRequest, signal?: AbortSignal): Promise<FetchOutcome>;
  /** A small binary, such as an icon or a picture; judged and limited like everything else. */
  fetchBytes(
    url: HttpUrl,
    options: { maxBytes: number; accept: string },
    signal?: AbortSignal,
  ): Promise<
    | {
        readonly kind: 'fetched';
        readonly url: HttpUrl;
        readonly mediaType: string | null;
        readonly body: Uint8Array;
      }
    | Extract<FetchOutcome, { kind: 'gone' | 'failed' }>
  >;
  close(): Promise<void>;
}

/** What we learned of a source by fetching it. */
export interface SourceState {
  /** Hash of what decides which document is read, and how; under another one nothing of this holds (app/fetching/source-state.ts). */
  readonly readAs: string;
  readonly validators: Validators | null;
  readonly bodyHash: string | null;
  /** Where the publisher permanently moved it; fetched instead of the configured address while that stays the same. */
  readonly movedTo: HttpUrl | null;
  readonly nextFetch: EpochMs | null;
  readonly lastAttempt: EpochMs | null;
  readonly lastSuccess: EpochMs | null;
  /** When anything new or revised last came. */
  readonly lastChange: EpochMs | null;
  /** Failures in a row. */
  readonly failures: number;
  /** 404 or 410 in a row; from 3 on (the first and two confirmations) the source counts as gone. */
  readonly goneAnswers: number;
  /** Refreshes in a row that brought nothing. */
  readonly unchanged: number;
  /** Bytes of the last body. */
  readonly bytes: number | null;
  /** From the feed itself. */
  readonly title: string | null;
  readonly siteUrl: HttpUrl | null;
  readonly iconUrl: HttpUrl | null;
  /** The publisher's wish in the document: `ttl`, `skipHours` (UTC hours), `skipDays` (0 = Sunday), sy:updatePeriod. */
  readonly publisherIntervalMs: number | null;
  readonly skipHours: readonly number[];
  readonly skipDays: readonly number[];
}
