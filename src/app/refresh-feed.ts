/**
 * Refreshes a feed or a page: fetch, grind, decide, and write all of it in one transaction, what to ask next time included.
 * What did not change costs the request and one row. A failure is written down as one: no item, and no feed, is the less for it.
 */
import { REFRESH_ERROR_CODES, type RefreshErrorCode } from '../model/error.ts';
import type { FetchedDocument, FetchOutcome, SourceState } from '../model/fetch.ts';
import type { EpochMs } from '../model/time.ts';
import type { Warning } from '../model/warning.ts';
import type { RefreshReport } from './app.ts';
import { nextOnLine } from './fetching/cron-line.ts';
import { GONE_AFTER, nextFetch } from './fetching/next-fetch.ts';
import { type NumberedFetched, readPages } from './fetching/read-pages.ts';
import { requestFor } from './fetching/request.ts';
import { afterFailure, afterRead, afterSame, stateOf, wishesOf } from './fetching/source-state.ts';
import type { Fetching } from './parts.ts';
import { inTurn, saveGround } from './save-ground.ts';

/** What a refresh reports, apart from its source. */
export type Refreshed = Omit<RefreshReport, 'source'>;

/** More than a person reads; the rest is counted. */
const MAX_WARNINGS = 200;

/** The refresh under way: the source as it was, and how the answer to it decides when it is asked again. */
interface Round {
  readonly numbered: NumberedFetched;
  readonly before: SourceState;
  readonly scheduled: (state: SourceState) => SourceState;
}

/** Rejects only when aborted, or when the store fails. */
export async function refreshFeed(
  parts: Fetching,
  numbered: NumberedFetched,
  options: { signal?: AbortSignal; published: (publications: readonly number[]) => void },
): Promise<Refreshed> {
  const { source, number } = numbered;
  const began = parts.clock();
  const before = stateOf(source, await parts.store.getSourceState(number));
  const asked = before.movedTo ?? source.url;
  const outcome = await parts.fetcher().fetch(requestFor(source, asked, before.validators), options.signal);
  const scheduled = scheduler(parts, numbered, began, outcome);
  const round = { numbered, before, scheduled };
  if (outcome.kind === 'not-modified') return saveSame(parts, round, outcome);
  if (outcome.kind !== 'fetched') return saveFailure(parts, round, outcome);
  const { document } = outcome;
  if (document.bodyHash === before.bodyHash) return saveSame(parts, round, document);

  const known = await parts.store.knownRaw(number);
  const result = await readPages(parts, numbered, { document, asked, known }, options.signal);
  if (result.kind === 'rejected') {
    const { code, message } = result.reason;
    return saveFailure(parts, round, { kind: 'failed', code: refreshCode(code), message });
  }
  const { changed, dropped, feed } = result;
  // A page that failed is to be asked again: the first one must not be called the same then.
  const read = result.isWhole ? document : { ...document, validators: NO_VALIDATORS, bodyHash: null };
  const warnings = atMost(unique(result.warnings));
  const listed = new Set([...[...changed, ...dropped].map(({ locator }) => locator), ...result.unchanged]);
  const ending = (at: EpochMs, isNews: boolean) => ({
    sourceNumber: number,
    at,
    error: null,
    warnings,
    state: scheduled(afterRead(before, { document: read, feed, change: isNews ? at : null })),
  });
  // Feeds list the newest first, and the newest is to have the highest number.
  const ambiguous = new Set(result.ambiguous);
  const ground = { changed: changed.toReversed(), dropped, files: [], listed, ambiguous, ending };
  const saved = await inTurn(parts.store, () => saveGround(parts, numbered, ground));
  if (saved.publications.length > 0) options.published(saved.publications);
  const isQuiet = saved.added + saved.changed + dropped.length === 0;
  return {
    outcome: isQuiet ? 'unchanged' : 'refreshed',
    added: saved.added,
    changed: saved.changed,
    dropped: dropped.length,
    warnings,
    error: null,
  };
}

/** Writes down that something unforeseen went wrong, so that the source is not tried again at every tick. */
export async function saveUnforeseen(
  parts: Fetching,
  numbered: NumberedFetched,
  error: { code: RefreshErrorCode; message: string },
): Promise<void> {
  const { number, source } = numbered;
  const failed = { kind: 'failed', ...error, status: null, retryAfterMs: null } as const;
  const scheduled = scheduler(parts, numbered, parts.clock(), failed);
  const before = stateOf(source, await parts.store.getSourceState(number));
  await saveFailure(parts, { numbered, before, scheduled }, failed);
}

function scheduler(
  parts: Fetching,
  { source }: NumberedFetched,
  at: EpochMs,
  outcome: FetchOutcome,
): Round['scheduled'] {
  const timezone = parts.timezone();
  const onLine = (after: EpochMs): EpochMs => nextOnLine(source.schedule, after, timezone);
  return (state) => ({
    ...state,
    nextFetch: nextFetch({ key: source.key, at, state, onLine, ...wishesOf(outcome) }),
  });
}

async function saveSame(
  parts: Fetching,
  { numbered, before, scheduled }: Round,
  answer: Pick<FetchedDocument, 'validators' | 'movedTo'>,
): Promise<Refreshed> {
  const state = scheduled(afterSame(before, answer));
  const at = parts.clock();
  await parts.store.saveEnding({ sourceNumber: numbered.number, at, error: null, warnings: null, state });
  return { ...NOTHING, outcome: 'unchanged', error: null };
}

async function saveFailure(
  parts: Fetching,
  { numbered, before, scheduled }: Round,
  failure: { kind: 'failed'; code: RefreshErrorCode; message: string } | { kind: 'gone'; message: string },
): Promise<Refreshed> {
  const at = parts.clock();
  const state = scheduled(afterFailure(before, failure.kind, at));
  const error = {
    code: failure.kind === 'gone' ? ('http-status' as const) : failure.code,
    message: failure.message,
  };
  await parts.store.saveEnding({ sourceNumber: numbered.number, at, error, warnings: null, state });
  return { ...NOTHING, outcome: state.goneAnswers >= GONE_AFTER ? 'gone' : 'failed', error };
}

const NO_VALIDATORS = { etag: null, lastModified: null };

const NOTHING = { added: 0, changed: 0, dropped: 0, warnings: [] };

/** A document that was rejected for a reason of its own is, to people, no feed. */
export function refreshCode(code: string): RefreshErrorCode {
  const known = REFRESH_ERROR_CODES.find((one) => one === code);
  return known ?? 'not-a-feed';
}

function unique(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}

/** What a person may read of the warnings of one refresh. */
function atMost(warnings: readonly Warning[]): Warning[] {
  const left = warnings.length - MAX_WARNINGS;
  const rest: Warning = { code: 'more-warnings', message: `and ${left} more warnings`, where: null };
  return left > 0 ? [...warnings.slice(0, MAX_WARNINGS), rest] : [...warnings];
}
