/**
 * Writes OPML 2.0: what Feedmill reads and what it offers.
 * @see https://opml.org/spec2.opml
 */
import { xmlElement, xmlText } from './xml/xml-writer.ts';

/** A source as a subscription list shows it. */
export interface OpmlSource {
  readonly title: string;
  /** Outlines of one folder stand together, in the order in which folders first appear. */
  readonly folder: string | null;
  /** Null for what nobody else could subscribe to, such as a directory. */
  readonly feedUrl: string | null;
  readonly pageUrl: string | null;
}

/** A publication as others would subscribe to it. */
export interface OpmlPublication {
  readonly title: string;
  readonly description: string;
  readonly language: string | null;
  readonly feedUrl: string;
  readonly format: 'atom' | 'rss';
  readonly pageUrl: string;
}

/** What we read. Sources without a folder come first. */
export function renderSourcesOpml(title: string, sources: readonly OpmlSource[]): string {
  const folders = new Map<string | null, string[]>([[null, []]]);
  for (const source of sources) {
    const outline = xmlElement('outline', {
      text: source.title,
      title: source.title,
      type: source.feedUrl === null ? null : 'rss',
      xmlUrl: source.feedUrl,
      htmlUrl: source.pageUrl,
    });
    const held = folders.get(source.folder);
    if (held === undefined) folders.set(source.folder, [outline]);
    else held.push(outline);
  }
  const outlines = [...folders].flatMap(([folder, held]) =>
    folder === null
      ? held
      : [xmlElement('outline', { text: folder, title: folder }, `\n${held.join('\n')}\n`)],
  );
  return renderOpml(title, outlines);
}

/** What we offer. Which publications may be named is the caller's to decide. */
export function renderFeedsOpml(title: string, publications: readonly OpmlPublication[]): string {
  return renderOpml(
    title,
    publications.map((publication) =>
      xmlElement('outline', {
        text: publication.title,
        title: publication.title,
        type: 'rss',
        version: publication.format === 'atom' ? 'atom' : 'RSS2',
        xmlUrl: publication.feedUrl,
        htmlUrl: publication.pageUrl,
        description: publication.description === '' ? null : publication.description,
        language: publication.language,
      }),
    ),
  );
}

function renderOpml(title: string, outlines: readonly string[]): string {
  const head = xmlElement('head', {}, xmlElement('title', {}, xmlText(title)));
  const body = xmlElement('body', {}, `\n${outlines.join('\n')}\n`);
  return `<?xml version="1.0" encoding="utf-8"?>\n${xmlElement('opml', { version: '2.0' }, `\n${head}\n${body}\n`)}\n`;
}
