/**
 * Rules: the steps that a user writes into a pipeline, as checked data (product.md section 2).
 */

/** A word to be found, or a pattern for the linear-time engine. */
export type Needle = string | { readonly pattern: string };

/** Holds where every part that is given holds. */
export interface Condition {
  readonly any?: readonly Needle[];
  readonly all?: readonly Needle[];
  readonly none?: readonly Needle[];
  readonly title?: readonly Needle[];
  readonly text?: readonly Needle[];
  readonly author?: readonly Needle[];
  readonly category?: readonly Needle[];
  readonly link?: readonly Needle[];
  readonly language?: readonly string[];
  readonly olderThanMs?: number;
  readonly shorterThan?: number;
}

export type Rule =
  | { readonly step: 'strip_footer'; readonly footer: 'feedx' }
  | { readonly step: 'unproxy_images'; readonly hosts: readonly string[] }
  | { readonly step: 'rewrite_links'; readonly from: string; readonly to: string }
  | { readonly step: 'strip_params'; readonly params: readonly string[] }
  | { readonly step: 'remove'; readonly selectors: readonly string[] }
  | {
      readonly step: 'replace';
      readonly in: 'title' | 'content' | 'summary';
      readonly pattern: string;
      readonly with: string;
    }
  | { readonly step: 'drop'; readonly condition: Condition }
  | { readonly step: 'tag'; readonly as: string; readonly when: Condition | null }
  | { readonly step: 'boilerplate'; readonly mode: 'learn' | 'off' }
  | { readonly step: 'full_text'; readonly mode: 'never' | 'when_summary' | 'always' }
  | { readonly step: 'near_duplicates'; readonly mode: 'link' | 'merge' | 'off' }
  | {
      readonly step: 'tests';
      readonly tests: readonly { item: string; excludes: string | null; contains: string | null }[];
    };
