/** What is known of a source, as people may want to see it. */
import type { SourceSummary } from '../store/store.ts';
import type { SourceStatus } from './app.ts';
import { GONE_AFTER } from './fetching/next-fetch.ts';

/** From what the store keeps. */
export function sourceStatus(summary: SourceSummary): SourceStatus {
  const { key, type, address, lastSuccess, lastError, items, dropped, warnings, state } = summary;
  return {
    key,
    type,
    address,
    state: standing(summary),
    lastSuccess,
    nextFetch: state?.nextFetch ?? null,
    error: lastError,
    failures: state?.failures ?? 0,
    movedTo: state?.movedTo ?? null,
    items,
    dropped,
    bytes: state?.bytes ?? null,
    publishesEveryMs: summary.publishesEveryMs,
    warnings,
  };
}

function standing({ lastAttempt, lastError, state }: SourceSummary): SourceStatus['state'] {
  if (lastAttempt === null) return 'new';
  if ((state?.goneAnswers ?? 0) >= GONE_AFTER) return 'gone';
  return lastError === null ? 'well' : 'failing';
}
