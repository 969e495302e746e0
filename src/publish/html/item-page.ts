/** The permanent page of an item: its text in an `<article>`, and what is known about it. */
import { escapeAttribute, escapeHtml } from '../../html/escape.ts';
import type { Author, Enclosure, SafeHtml, StoredItem } from '../../model/item.ts';
import { parseHttpUrl } from '../../model/url.ts';
import { excerptOf } from '../excerpt.ts';
import { languageTag, mediaTypeOf } from '../publishable-item.ts';
import { sourceName, titleOf } from './feed-page.ts';
import { langAttribute, renderPage } from './page-shell.ts';
import { timeElement } from './page-time.ts';

/** An item, ready to be shown on its own page. */
export interface ItemView {
  readonly item: StoredItem;
  /** Address of the server, without a closing slash. */
  readonly base: string;
  readonly timezone: string;
  /** A publication that it stands in and that may be named to this page's readers; null where there is none. */
  readonly publication: { readonly title: string; readonly url: string } | null;
}

/** The page of an item. */
export function renderItemPage(view: ItemView): string {
  const { item, base } = view;
  const language = languageTag(item.language);
  const original = item.url === null ? null : parseHttpUrl(item.url);
  return renderPage({
    title: titleOf(item),
    language: null,
    base,
    head: headOf(item, original),
    ...(view.publication === null ? {} : { trail: view.publication }),
    main: `<article${langAttribute(language)} dir="auto">
<header>
<h1><bdi>${titleLink(item, original)}</bdi></h1>
<p class="meta">${metaLine(view, original)}</p>
</header>
<div class="text">
${withLazyImages(item.contentHtml)}
</div>
${aboutItem(view, original)}
</article>`,
  });
}

function headOf(item: StoredItem, original: string | null): string {
  const canonical = original === null ? '' : `<link rel="canonical" href="${escapeAttribute(original)}">\n`;
  return `<meta name="description" content="${escapeAttribute(excerptOf(item))}">\n${canonical}`;
}

function titleLink(item: StoredItem, original: string | null): string {
  return original === null
    ? escapeHtml(titleOf(item))
    : outsideLink(original, titleOf(item), ' class="title"');
}

function metaLine({ item, timezone }: ItemView, original: string | null): string {
  const source = escapeHtml(sourceName(item));
  const parts = [
    original === null ? `<span>${source}</span>` : outsideLink(original, sourceName(item)),
    item.authors.length === 0 ? '' : `<span>${item.authors.map(authorName).join(', ')}</span>`,
    item.published === null ? '' : timeElement(item.published, item.language, timezone),
  ];
  return parts.filter((part) => part !== '').join('');
}

function authorName(author: Author): string {
  const name = author.name ?? author.email ?? author.url ?? '';
  const url = author.url === null ? null : parseHttpUrl(author.url);
  return url === null ? `<bdi>${escapeHtml(name)}</bdi>` : outsideLink(url, name);
}

/** Sanitised HTML holds `<img` as a tag only: elsewhere its writer escapes the bracket. */
function withLazyImages(html: SafeHtml): string {
  return html.replace(/<img (?:loading="[^"]*" )?/g, '<img loading="lazy" referrerpolicy="no-referrer" ');
}

function aboutItem({ item, timezone }: ItemView, original: string | null): string {
  const shown = (moment: StoredItem['updated'] | null) =>
    moment === null ? '' : timeElement(moment, 'en', timezone);
  const rows = [
    row('Original', original === null ? '' : outsideLink(original, original)),
    row('Published', item.published === null ? 'not known' : shown(item.published)),
    row('Updated', item.updated === item.published ? '' : shown(item.updated)),
    row('Archived', shown(item.archived)),
    row('Received', shown(item.crawled)),
    row('Categories', item.categories.map((category) => `<bdi>${escapeHtml(category)}</bdi>`).join(', ')),
    row('Attached', item.enclosures.map(enclosureLink).join('<br>')),
    row('Discussion', linkTo(item.commentsUrl)),
    row('Rights', item.rights === null ? '' : escapeHtml(item.rights), languageTag(item.language)),
  ];
  return `<footer class="about" lang="en"><dl>\n${rows.join('')}</dl></footer>`;
}

function row(name: string, html: string, language: string | null = null): string {
  return html === '' ? '' : `<dt>${name}</dt><dd${langAttribute(language)}>${html}</dd>\n`;
}

function enclosureLink(enclosure: Enclosure): string {
  const url = parseHttpUrl(enclosure.url);
  if (url === null) return '';
  const type = escapeHtml(mediaTypeOf(url, enclosure.mediaType));
  const size = enclosure.bytes === null ? '' : `, ${Math.max(1, Math.round(enclosure.bytes / 1000))} kB`;
  return `${outsideLink(url, enclosure.title ?? url.slice(url.lastIndexOf('/') + 1))} (${type}${size})`;
}

function linkTo(url: string | null): string {
  const checked = url === null ? null : parseHttpUrl(url);
  return checked === null ? '' : outsideLink(checked, checked);
}

function outsideLink(url: string, text: string, attributes = ''): string {
  return `<a${attributes} href="${escapeAttribute(url)}" rel="noopener noreferrer"><bdi>${escapeHtml(text)}</bdi></a>`;
}
