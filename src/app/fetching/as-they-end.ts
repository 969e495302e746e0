/** Runs work in parallel, some at a time, and gives the results as they come. */

/** Starts in order. Rejects with the first rejection; what is under way then ends unheard. */
export async function* asTheyEnd<T>(work: readonly (() => Promise<T>)[], atATime: number): AsyncIterable<T> {
  const waiting = work.values();
  const running = new Map<symbol, Promise<{ name: symbol; value: T }>>();
  const startOne = (): void => {
    const next = waiting.next();
    if (next.done === true) return;
    const name = Symbol('work');
    const run = next.value().then((value) => ({ name, value }));
    run.catch(() => undefined);
    running.set(name, run);
  };
  for (let started = 0; started < atATime; started += 1) startOne();
  while (running.size > 0) {
    const { name, value } = await Promise.race(running.values());
    running.delete(name);
    startOne();
    yield value;
  }
}
