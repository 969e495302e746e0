/** The pages that belong to no item: the list of feeds, and what is said where something went wrong. */
import { escapeHtml } from '../../html/escape.ts';
import type { Publication } from '../../model/publication.ts';
import { languageTag } from '../publishable-item.ts';
import type { PublicationUrls } from '../publication-view.ts';
import { subscribeLinks } from './feed-page.ts';
import { langAttribute, localHref, renderPage } from './page-shell.ts';

/** What the front page offers. Which publications may be named is the caller's to decide. */
export interface FrontPageView {
  readonly base: string;
  readonly feeds: readonly { readonly publication: Publication; readonly urls: PublicationUrls }[];
}

/** The list of feeds: what stands at `/` until there is a reader. */
export function renderFrontPage(view: FrontPageView): string {
  const rows = view.feeds.map(
    ({ publication, urls }) => `<li${langAttribute(languageTag(publication.language))}>
<h2><a href="${localHref(urls.page, urls.base)}"><bdi>${escapeHtml(publication.title)}</bdi></a></h2>
${publication.description === '' ? '' : `<p class="meta">${escapeHtml(publication.description)}</p>\n`}${subscribeLinks(urls)}
</li>`,
  );
  const opml = (path: string, text: string) =>
    `<a href="${localHref(`${view.base}${path}`, view.base)}">${text}</a>`;
  return renderPage({
    title: 'Feedmill',
    language: 'en',
    base: view.base,
    main: `<h1>Feeds</h1>
<p class="lead">Subscribe to any of them in a feed reader, or read them here.</p>
${rows.length === 0 ? '<p class="empty">No feed is configured.</p>' : `<ul class="items">\n${rows.join('\n')}\n</ul>`}
<p class="empty">As lists: ${opml('/feeds.opml', 'what is offered')}, ${opml('/sources.opml', 'what is read')}.</p>`,
  });
}

/** A page that says what went wrong. `message` is plain text. */
export function renderErrorPage(title: string, message: string, base: string | null): string {
  return renderPage({
    title,
    language: 'en',
    base,
    main: `<h1>${escapeHtml(title)}</h1>\n<p class="lead">${escapeHtml(message)}</p>`,
  });
}
