/**
 * The shortcut ahead of the router: whole answers of public feeds, by the very text of the request's address.
 * It holds only what Express's handler put there for an address without a query, and forgets everything as soon as
 * the app says that bytes may have changed. Express owns every miss, every token and every page.
 */
import type { IncomingMessage } from 'node:http';
import type { PreparedAnswer } from './answer.ts';

/** Feeds have a few addresses each; beyond this the oldest goes. */
const MAX_PREPARED = 64;

export interface PreparedAnswers {
  /** What is ready for this request; null means: ask the router. */
  find(request: IncomingMessage): PreparedAnswer | null;
  /** @param generation the app's, read before the bytes were asked for */
  put(address: string, answer: PreparedAnswer, generation: number): void;
}

/** @param currentGeneration grows whenever bytes of any feed may have changed */
export function createPreparedAnswers(currentGeneration: () => number): PreparedAnswers {
  const answers = new Map<string, PreparedAnswer>();
  let generation = -1;
  const forgetOld = () => {
    const current = currentGeneration();
    if (current === generation) return;
    answers.clear();
    generation = current;
  };
  return {
    find(request) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return null;
      forgetOld();
      return answers.get(request.url ?? '') ?? null;
    },
    put(address, answer, madeIn) {
      forgetOld();
      if (madeIn !== generation || address.includes('?')) return;
      const oldest = answers.size >= MAX_PREPARED ? answers.keys().next().value : undefined;
      if (oldest !== undefined) answers.delete(oldest);
      answers.set(address, answer);
    },
  };
}
