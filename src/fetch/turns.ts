/**
 * Who may fetch now: so many at a time in all, so many from one host, first come first served. Whoever waits for a busy
 * host does not stand in the way of those behind.
 */

/** To be called once, when done. */
export type Release = () => void;

/** Gives turns, each of which must be released. */
export interface Turns {
  /** Rejects with the signal's reason where it is aborted before its turn. */
  take(host: string, signal: AbortSignal): Promise<Release>;
}

interface Waiting {
  readonly host: string;
  readonly begin: () => void;
}

/** @param limits at least 1 each */
export function createTurns(limits: { readonly total: number; readonly perHost: number }): Turns {
  const busy = new Map<string, number>();
  const queue = new Set<Waiting>();
  let running = 0;

  const mayBegin = (host: string) => running < limits.total && (busy.get(host) ?? 0) < limits.perHost;
  const enter = (host: string) => {
    running += 1;
    busy.set(host, (busy.get(host) ?? 0) + 1);
  };
  const leave = (host: string) => {
    running -= 1;
    const left = (busy.get(host) ?? 1) - 1;
    if (left === 0) busy.delete(host);
    else busy.set(host, left);
    for (const waiting of queue) {
      if (running >= limits.total) break;
      if (mayBegin(waiting.host)) waiting.begin();
    }
  };

  return {
    async take(host, signal) {
      signal.throwIfAborted();
      if (mayBegin(host)) enter(host);
      else await waitInLine(host, signal);
      return () => leave(host);
    },
  };

  function waitInLine(host: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        queue.delete(waiting);
        reject(signal.reason);
      };
      const waiting: Waiting = {
        host,
        begin: () => {
          signal.removeEventListener('abort', giveUp);
          queue.delete(waiting);
          enter(host);
          resolve();
        },
      };
      queue.add(waiting);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }
}
