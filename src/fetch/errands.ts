/**
 * What holds for every errand, whatever is fetched: it waits its turn, ends at its deadline at the latest, ends when
 * somebody outside gives up, and comes to an outcome in any other case.
 */
import type { FetchSettings } from '../model/config.ts';
import { FeedmillError } from '../model/error.ts';
import { describeFailure, type Failed } from './describe-failure.ts';
import { createTurns } from './turns.ts';

/** Runs errands within the limits of the configuration. */
export interface Errands {
  /**
   * The turn counts for this host, wherever it redirects to; the deadline begins with the turn.
   *
   * @param outer somebody who may give up: the only reason to reject
   */
  run<T>(
    host: string,
    outer: AbortSignal | undefined,
    errand: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | Failed>;
  /** Ends what still runs or waits; they reject. */
  close(): Promise<void>;
}

/** Nothing runs until asked. */
export function createErrands({ concurrency, perHost, timeoutMs }: FetchSettings): Errands {
  const turns = createTurns({ total: concurrency, perHost });
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  return {
    async run(host, outer, errand) {
      const outside = AbortSignal.any(outer === undefined ? [closing.signal] : [closing.signal, outer]);
      const release = await turns.take(host, outside);
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(tooSlow(timeoutMs)), timeoutMs);
      const task = errand(AbortSignal.any([outside, deadline.signal]));
      running.add(task);
      try {
        return await task;
      } catch (error) {
        outside.throwIfAborted();
        return describeFailure(deadline.signal.aborted ? deadline.signal.reason : error, host);
      } finally {
        clearTimeout(timer);
        running.delete(task);
        release();
      }
    },
    async close() {
      closing.abort(new FeedmillError('unexpected', 'Feedmill is stopping.'));
      await Promise.allSettled(running);
    },
  };
}

function tooSlow(timeoutMs: number): FeedmillError {
  return new FeedmillError(
    'timed-out',
    `The document did not come within ${timeoutMs / 1000} s. It is tried again later; if it is always slow, raise fetch.timeout in the configuration.`,
  );
}
