/** The document that the formats of feeds are read from. */
import type { SourceDocument } from '../../model/source.ts';

export type FetchedSource = Extract<SourceDocument, { kind: 'fetched' }>;
