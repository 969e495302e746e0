/** The trail of an item: what each cleaning step changed. Made by the runner of clean/, shown by `explain`. */

/** One changed place. `before` and `after` are the differing part with a little of what stands around it. */
export interface Edit {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What one step did to one item. Steps that changed nothing leave no entry. */
export interface TrailEntry {
  readonly step: string;
  /** What the step is for, in one sentence. */
  readonly purpose: string;
  /** Each change once, at most `MAX_EDITS_KEPT` of clean/trail.ts; the rest is counted in `more`. */
  readonly edits: readonly Edit[];
  readonly more: number;
}
