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
      const outside = outer === undefined ? [closing.signal] : [closing.signal, outer];
      const ending = new AbortController();
      const unlink = outside.map((signal) => link(signal, ending));
      try {
        return await inTurn(host, ending, errand);
      } catch (error) {
        for (const signal of outside) signal.throwIfAborted();
        return describeFailure(ending.signal.aborted ? ending.signal.reason : error, host);
      } finally {
        for (const undo of unlink) undo();
      }
    },
    async close() {
      closing.abort(new FeedmillError('unexpected', 'Feedmill is stopping.'));
      await Promise.allSettled(running);
    },
  };

  async function inTurn<T>(
    host: string,
    ending: AbortController,
    errand: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const release = await turns.take(host, ending.signal);
    const timer = setTimeout(() => ending.abort(tooSlow(timeoutMs)), timeoutMs);
    const task = errand(ending.signal);
    running.add(task);
    try {
      return await task;
    } finally {
      running.delete(task);
      clearTimeout(timer);
      release();
    }
  }
}

/** By hand: `AbortSignal.any` on a signal that lives as long as the process kept 11 KB of every fetch. */
function link(from: AbortSignal, to: AbortController): () => void {
  const pass = () => to.abort(from.reason);
  if (from.aborted) pass();
  else from.addEventListener('abort', pass, { once: true });
  return () => from.removeEventListener('abort', pass);
}

function tooSlow(timeoutMs: number): FeedmillError {
  return new FeedmillError(
    'timed-out',
    `The document did not come within ${timeoutMs / 1000} s. It is tried again later; if it is always slow, raise fetch.timeout in the configuration.`,
  );
}
