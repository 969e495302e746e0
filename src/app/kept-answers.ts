/**
 * Answers kept until they are forgotten, or weigh too much together: then those go that were not asked for the longest.
 * An answer of nothing is never kept: anybody may ask for what does not exist.
 */
import type { Rendered } from './app.ts';

interface Kept<Answer> {
  readonly answer: Promise<Answer | null>;
  bytes: number;
}

/** Keeps at most `maxBytes` of answers, by the address or name they were asked for. */
export class KeptAnswers<Answer> {
  readonly #kept = new Map<string, Kept<Answer>>();
  readonly #maxBytes: number;
  readonly #weightOf: (answer: Answer) => number;
  #bytes = 0;

  constructor(maxBytes: number, weigh: (answer: Answer) => number) {
    this.#maxBytes = maxBytes;
    this.#weightOf = weigh;
  }

  /** The kept answer, or the one that `make` gives; asked for twice at once, it is made once. */
  get(name: string, make: () => Promise<Answer | null>): Promise<Answer | null> {
    const held = this.#kept.get(name);
    if (held !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, held);
      return held.answer;
    }
    const kept: Kept<Answer> = { answer: make(), bytes: 0 };
    this.#kept.set(name, kept);
    kept.answer.then(
      (answer) => this.#weigh(name, kept, answer),
      () => this.#forget(name, kept),
    );
    return kept.answer;
  }

  /** Forgets the answers whose names fit; without a test, all. */
  forget(fits: (name: string) => boolean = () => true): void {
    for (const [name, kept] of this.#kept) if (fits(name)) this.#forget(name, kept);
  }

  #weigh(name: string, kept: Kept<Answer>, answer: Answer | null): void {
    if (this.#kept.get(name) !== kept) return;
    if (answer === null) return this.#forget(name, kept);
    kept.bytes = this.#weightOf(answer);
    this.#bytes += kept.bytes;
    for (const [oldest, old] of this.#kept) {
      if (this.#bytes <= this.#maxBytes || old === kept) break;
      this.#forget(oldest, old);
    }
  }

  #forget(name: string, kept: Kept<Answer>): void {
    if (this.#kept.get(name) !== kept) return;
    this.#kept.delete(name);
    this.#bytes -= kept.bytes;
  }
}

/** What a document weighs, its compressed forms included. */
export function bytesOf({ body, encodings }: Rendered): number {
  return body.length + encodings.gzip.length + encodings.br.length + encodings.zstd.length;
}
