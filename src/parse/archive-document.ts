/**
 * Reads one file of an archive: a header and HTML, or plain text where there is no header (product.md section 5).
 * Everything that was odd becomes a warning; only what holds no article at all is rejected.
 */
import type { RawItem } from '../model/item.ts';
import type { SourceDocument } from '../model/source.ts';
import type { Warning } from '../model/warning.ts';
import { isTitleLine, type Oddity, readArchiveHeader } from './archive-header.ts';
import { readFeedmillComment } from './feedmill-comment.ts';
import { emptyRawItem, type ParsedDocument } from './raw-item.ts';

/** Gives exactly one item, or the reason why there is none. */
export function parseArchiveDocument(document: Extract<SourceDocument, { kind: 'archive' }>): ParsedDocument {
  const { text, locator } = document;
  const header = readArchiveHeader(text);
  const rejected = header === null ? rejectText(text) : null;
  if (rejected !== null) return { rejected: { ...rejected, where: locator } };

  const { item, oddities } =
    header === null ? plainText(text) : articleOf(text.slice(header.bodyStart), text, header);
  const warnings = oddities.map((oddity): Warning => ({ ...oddity, where: locator }));
  return {
    title: null,
    url: null,
    language: null,
    items: [{ ...emptyRawItem(locator), ...item }],
    warnings: [...document.warnings, ...warnings],
  };
}

/** Beginning of a text in which a web page would have shown itself. */
const PAGE_SAMPLE = 2000;

function rejectText(text: string): Oddity | null {
  if (text.trim() === '') return { code: 'empty-file', message: 'file holds nothing but white space' };
  const start = text
    .slice(0, PAGE_SAMPLE)
    .replaceAll(/<!--.*?-->|<\?.*?\?>/gs, '')
    .trimStart();
  if (!/^<(?:!doctype\s+html|html|head|body)\b/i.test(start)) return null;
  return { code: 'web-page', message: 'looks like a whole web page, not a seed file' };
}

interface ReadParts {
  readonly item: Partial<RawItem>;
  readonly oddities: readonly Oddity[];
}

function plainText(text: string): ReadParts {
  const oddity = {
    code: 'plain-text',
    message: 'no header; read as plain text without title, address and date',
  };
  return { item: { contentText: text }, oddities: [oddity] };
}

function articleOf(
  body: string,
  text: string,
  header: NonNullable<ReturnType<typeof readArchiveHeader>>,
): ReadParts {
  const exported = readFeedmillComment(body);
  const contentHtml = (exported?.body ?? body.trimEnd()).replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/, '');
  const item: Partial<RawItem> = {
    title: header.title,
    url: header.url === '' ? null : header.url,
    contentHtml,
    archived: header.archived,
  };
  if (exported !== null) {
    // The comment says the dates, and says it exactly; the first line is for other readers of the format.
    const oddities = header.oddities.filter(({ code }) => !code.startsWith('date-'));
    return {
      item: { ...item, ...exported.fields, archived: exported.fields.exported?.archived ?? null },
      oddities,
    };
  }
  const more = [secondHeader(text, header.bodyStart), embeddedPicture(contentHtml)];
  return { item, oddities: [...header.oddities, ...more.filter((oddity) => oddity !== null)] };
}

/** One file is one article: what looks like another stays text, and a person is told. */
function secondHeader(text: string, bodyStart: number): Oddity | null {
  for (let at = text.indexOf('\n<!--', bodyStart); at >= 0; at = text.indexOf('\n<!--', at + 1)) {
    const end = text.indexOf('\n', at + 1);
    const titleEnd = end < 0 ? -1 : text.indexOf('\n', end + 1);
    if (titleEnd < 0) return null;
    const isHeader =
      isTitleLine(text.slice(end + 1, titleEnd)) && /^-{3,}/.test(text.slice(titleEnd + 1, titleEnd + 4));
    if (!isHeader) continue;
    const line = text.slice(0, at + 1).split('\n').length;
    const message = `line ${line}: a second header inside the body; one file is one article, so it is kept as text`;
    return { code: 'second-header', message };
  }
  return null;
}

function embeddedPicture(html: string): Oddity | null {
  if (!/\ssrc\s{0,9}=\s{0,9}["']?data:/i.test(html)) return null;
  return {
    code: 'embedded-picture',
    message: 'a picture is written into the text as data; kept only while small',
  };
}
