/**
 * How the state of a source goes on from one attempt to the next. Pure; when it is next due is next-fetch.ts.
 */
import { createHash } from 'node:crypto';
import type { GrindResult } from '../../grind/grind.ts';
import type { FetchedDocument, FetchOutcome, SourceState } from '../../model/fetch.ts';
import type { FeedSource, PageSource } from '../../model/source.ts';
import type { EpochMs } from '../../model/time.ts';
import { type HttpUrl, parseHttpUrl } from '../../model/url.ts';

/** A source that is fetched. */
export type FetchedSource = FeedSource | PageSource;

/** What a document says of its source. */
export type Feed = Extract<GrindResult, { kind: 'ground' }>['feed'];

const MINUTE = 60_000;
/** Failures in a row after which a permanent move is doubted, and the configured address asked again. */
const DOUBT_MOVE_AFTER = 3;
/** Asking three times in a minute confirms nothing. */
const CONFIRM_AFTER_MS = 2 * MINUTE;

/** Changes with all that the configuration says of asking and reading: then nothing that was learned counts, failures included. */
export function readAsOf(source: FetchedSource): string {
  const { url, type, schedule, headers, auth } = source;
  const read = [url, type, schedule, headers, auth, source.type === 'page' ? source.select : null];
  return createHash('sha256').update(JSON.stringify(read)).digest('hex').slice(0, 32);
}

/** The state to go on from: what is stored, or nothing where it was learned of another document. */
export function stateOf(source: FetchedSource, stored: SourceState | null): SourceState {
  const readAs = readAsOf(source);
  return stored?.readAs === readAs ? stored : { ...UNKNOWN, readAs };
}

/** After a 304, or a body that is the last one again. */
export function afterSame(
  state: SourceState,
  answer: Pick<FetchedDocument, 'validators' | 'movedTo'>,
): SourceState {
  return {
    ...state,
    validators: answer.validators,
    movedTo: answer.movedTo ?? state.movedTo,
    failures: 0,
    goneAnswers: 0,
    unchanged: state.unchanged + 1,
  };
}

/** What is remembered of a document; without a hash it is read again however little it changed. */
type ReadDocument = Omit<FetchedDocument, 'bodyHash'> & { readonly bodyHash: string | null };

/** After a document that was read. @param change when its news were saved; null where it brought none */
export function afterRead(
  state: SourceState,
  { document, feed, change }: { document: ReadDocument; feed: Feed; change: EpochMs | null },
): SourceState {
  return {
    ...afterSame(state, document),
    bodyHash: document.bodyHash,
    bytes: document.bytes,
    lastChange: change ?? state.lastChange,
    unchanged: change === null ? state.unchanged + 1 : 0,
    ...said(feed, document.url),
  };
}

type Said = Pick<
  SourceState,
  'title' | 'siteUrl' | 'iconUrl' | 'publisherIntervalMs' | 'skipHours' | 'skipDays'
>;

function said(feed: Feed, base: HttpUrl): Said {
  if (feed === null) return NOTHING_SAID;
  const { title, url, icon, image, ttlMinutes, skipHours, skipDays } = feed;
  return {
    title,
    siteUrl: address(url, base),
    iconUrl: address(icon ?? image, base),
    publisherIntervalMs: ttlMinutes === null ? null : Math.max(0, ttlMinutes) * MINUTE,
    skipHours,
    skipDays,
  };
}

/** After an attempt that brought nothing, and why. What was learned before stays, but a move that leads nowhere is forgotten. */
export function afterFailure(state: SourceState, kind: 'gone' | 'failed', at: EpochMs): SourceState {
  const failures = state.failures + 1;
  const isGone = kind === 'gone';
  const isSoon = state.goneAnswers > 0 && at - (state.lastAttempt ?? 0) < CONFIRM_AFTER_MS;
  const isDoubted = isGone || failures >= DOUBT_MOVE_AFTER;
  return {
    ...state,
    failures,
    goneAnswers: isGone ? state.goneAnswers + (isSoon ? 0 : 1) : 0,
    movedTo: isDoubted ? null : state.movedTo,
    validators: isDoubted && state.movedTo !== null ? null : state.validators,
  };
}

/** What an answer asks for, whatever its kind. */
export function wishesOf(outcome: FetchOutcome) {
  return {
    freshForMs: freshForOf(outcome),
    retryAfterMs: outcome.kind === 'failed' ? outcome.retryAfterMs : null,
    status: 'status' in outcome ? outcome.status : null,
  };
}

function freshForOf(outcome: FetchOutcome): number | null {
  if (outcome.kind === 'fetched') return outcome.document.freshForMs;
  return outcome.kind === 'not-modified' ? outcome.freshForMs : null;
}

const NOTHING_SAID: Said = {
  title: null,
  siteUrl: null,
  iconUrl: null,
  publisherIntervalMs: null,
  skipHours: [],
  skipDays: [],
};

const UNKNOWN: Omit<SourceState, 'readAs'> = {
  validators: null,
  bodyHash: null,
  movedTo: null,
  nextFetch: null,
  lastAttempt: null,
  lastSuccess: null,
  lastChange: null,
  failures: 0,
  goneAnswers: 0,
  unchanged: 0,
  bytes: null,
  ...NOTHING_SAID,
};

function address(text: string | null, base: HttpUrl): HttpUrl | null {
  return text === null ? null : parseHttpUrl(text, base);
}
