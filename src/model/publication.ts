/** A publication: a feed that we offer, a query over items (`feeds:` in the YAML file). */
import type { Condition } from './rule.ts';

export type FeedFormat = 'atom' | 'rss' | 'json';

export interface Publication {
  /** Its name in the YAML file, and in its addresses. */
  readonly name: string;
  /** An address of its own, such as `/feed.xml`; the ones under /feeds/ exist in any case. */
  readonly path: string | null;
  readonly title: string;
  readonly description: string;
  /** BCP 47; null: what most of its items are in. */
  readonly language: string | null;
  /** Keys of sources; null for all. */
  readonly sources: readonly string[] | null;
  readonly where: Condition | null;
  readonly exclude: Condition | null;
  readonly script: 'hans' | 'hant' | null;
  /** Where set, the feed answers 404 without it. */
  readonly token: string | null;
  readonly content: 'full' | 'summary';
  readonly order: 'newest' | 'oldest';
  readonly images: 'direct' | 'proxied' | 'none';
  /** Address of a picture for the feed. */
  readonly icon: string | null;
  readonly format: 'atom' | 'rss';
  readonly limit: number;
}
