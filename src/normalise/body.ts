/**
 * The body of an item as HTML, from what the document said of it: the full text, else plain text set as HTML, else the
 * summary. An archive file without markup is typeset; plain text of a feed keeps its lines.
 */
import type { RawItem } from '../model/item.ts';
import { type TypesetText, typesetText } from './typeset/typeset-text.ts';

/** `title` and `credit` are only of texts that were typeset. */
export function bodyOf(raw: RawItem, sourceType: 'archive' | 'feed' | 'page'): TypesetText {
  if (sourceType === 'archive' && raw.contentHtml === null && raw.contentText !== null)
    return typesetText(raw.contentText);
  if (sourceType === 'archive') return untitled(raw.contentHtml ?? raw.summaryHtml ?? '');
  // Feeds carry empty content beside a summary that says something.
  return untitled(said(raw.contentHtml) ?? paragraphsOf(raw.contentText) ?? raw.summaryHtml ?? '');
}

function untitled(html: string): TypesetText {
  return { html, title: '', credit: null };
}

function said(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

/** Blank lines part paragraphs; other line ends stay line ends. */
function paragraphsOf(text: string | null): string | null {
  if (said(text) === null) return null;
  return (text ?? '')
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => escapeHtml(paragraph.trim()).replaceAll(/\s*\n\s*/g, '<br>'))
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('\n');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
