/** Work that must not overlap: each piece begins when the one before it has ended, however that ended. */

/** Runs work after all that was handed in before. The answer is the work's own. */
export type TakeTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A queue of its own. */
export function takeTurns(): TakeTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const own = last.then(work);
    last = own.catch(() => undefined);
    return own;
  };
}
