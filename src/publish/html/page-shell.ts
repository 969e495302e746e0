/**
 * The frame of every HTML page: head, bar, foot. No script, one stylesheet, nothing from elsewhere but pictures,
 * so that the strict Content-Security-Policy of http/ takes nothing away.
 */
import { escapeAttribute, escapeHtml } from '../../html/escape.ts';
import { STYLESHEET_PATH } from './stylesheet.ts';

/** What one page puts into the frame. */
export interface PageParts {
  /** Plain text. */
  readonly title: string;
  /** Language of the content; the frame itself speaks English. */
  readonly language: string | null;
  /** Address of the server, without a closing slash; null where links have to be relative to the host alone. */
  readonly base: string | null;
  /** Further elements of the head, as HTML. */
  readonly head?: string;
  /** Where the bar leads besides the front page. */
  readonly trail?: { readonly title: string; readonly url: string };
  /** HTML of the main part. */
  readonly main: string;
}

/** A whole page. */
export function renderPage(page: PageParts): string {
  const root = pathPrefix(page.base);
  const trail =
    page.trail === undefined
      ? ''
      : `<a href="${escapeAttribute(page.trail.url)}"><bdi>${escapeHtml(page.trail.title)}</bdi></a>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${escapeAttribute(root + STYLESHEET_PATH)}">
${page.head ?? ''}</head>
<body>
<header class="top"><nav class="column"><a href="${escapeAttribute(root)}/">Feedmill</a>${trail}</nav></header>
<main class="column"${langAttribute(page.language)}>
${page.main}
</main>
<footer class="bottom"><p class="column">Put together by Feedmill. The texts belong to their publishers.</p></footer>
</body>
</html>
`;
}

/** ` lang="…"`, or nothing where the language is not known. */
export function langAttribute(language: string | null): string {
  return language === null ? '' : ` lang="${escapeAttribute(language)}"`;
}

/**
 * The path under which the server is reached, without its host: links by path work whichever of its names a visitor
 * used, and stay inside the policy's 'self'.
 */
function pathPrefix(base: string | null): string {
  const path = base === null ? '' : (URL.parse(base)?.pathname ?? '');
  return path.replace(/\/$/, '');
}

/** An address as a link on a page: by path where it is our own. */
export function localHref(url: string, base: string): string {
  return escapeAttribute(url.startsWith(`${base}/`) ? pathPrefix(base) + url.slice(base.length) : url);
}
