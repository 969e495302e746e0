/** The HTML page of a publication: title, ways to subscribe, items with date, source and excerpt. Works without a script. */
import { escapeAttribute, escapeHtml } from '../../html/escape.ts';
import type { StoredItem } from '../../model/item.ts';
import { parseHttpUrl } from '../../model/url.ts';
import { excerptOf, shorten } from '../excerpt.ts';
import { feedLanguage } from '../feed-language.ts';
import { languageTag } from '../publishable-item.ts';
import type { PublicationUrls, PublicationView } from '../publication-view.ts';
import { langAttribute, localHref, renderPage } from './page-shell.ts';
import { timeElement } from './page-time.ts';

const FORMATS = [
  { format: 'atom', name: 'Atom', mediaType: 'application/atom+xml' },
  { format: 'rss', name: 'RSS', mediaType: 'application/rss+xml' },
  { format: 'json', name: 'JSON Feed', mediaType: 'application/feed+json' },
] as const;

const EXCERPT_CHARACTERS = 240;
const TITLE_CHARACTERS = 80;

/** The page of a publication. */
export function renderFeedPage(view: PublicationView): string {
  const { publication, urls } = view;
  const items = view.items.map((item) => itemRow(item, view)).join('\n');
  return renderPage({
    title: publication.title,
    language: feedLanguage(view),
    base: urls.base,
    head: alternates(view),
    main: `<h1><bdi>${escapeHtml(publication.title)}</bdi></h1>
${publication.description === '' ? '' : `<p class="lead">${escapeHtml(publication.description)}</p>\n`}${subscribeLinks(urls)}
${items === '' ? '<p class="empty" lang="en">Nothing here yet. Items appear as they arrive.</p>' : `<ol class="items">\n${items}\n</ol>`}`,
  });
}

/** The three formats as a list of links. */
export function subscribeLinks(urls: PublicationUrls): string {
  const links = FORMATS.map(
    ({ format, name, mediaType }) =>
      `<li><a href="${localHref(urls.formats[format], urls.base)}" type="${mediaType}">${name}</a></li>`,
  );
  return `<ul class="subscribe" lang="en" aria-label="Subscribe">${links.join('')}</ul>`;
}

/** What stands for an item without a title: the opening of its text. */
export function titleOf(item: StoredItem): string {
  return item.title === '' ? excerptOf(item, TITLE_CHARACTERS) || 'Untitled' : item.title;
}

/** Where an item comes from, as people name it: the site's host, else the source. */
export function sourceName(item: StoredItem): string {
  const host = item.url === null ? undefined : URL.parse(item.url)?.hostname;
  return host === undefined || host === '' ? item.source : host.replace(/^www\./, '');
}

function alternates({ publication, urls }: PublicationView): string {
  return FORMATS.map(
    ({ format, name, mediaType }) =>
      `<link rel="alternate" type="${mediaType}" title="${escapeAttribute(`${publication.title} (${name})`)}" href="${localHref(urls.formats[format], urls.base)}">\n`,
  ).join('');
}

function itemRow(item: StoredItem, view: PublicationView): string {
  const title = titleOf(item);
  const excerpt = item.title === '' ? '' : shorten(excerptOf(item), EXCERPT_CHARACTERS);
  const image = view.publication.images === 'none' || item.image === null ? null : parseHttpUrl(item.image);
  return `<li${langAttribute(languageTag(item.language))} dir="auto">
<h2><a href="${localHref(view.urls.item(item.id), view.urls.base)}"><bdi>${escapeHtml(title)}</bdi></a></h2>
<p class="meta">${whenOf(item, view.timezone)}<span>${escapeHtml(sourceName(item))}</span></p>
${excerpt === '' ? '' : `<p class="excerpt">${escapeHtml(excerpt)}</p>\n`}${
    image === null
      ? ''
      : `<img class="thumbnail" src="${escapeAttribute(image)}" alt="" loading="lazy" referrerpolicy="no-referrer">\n`
  }</li>`;
}

/** Where nobody told a publication date, the day of arrival stands there under its own name. */
function whenOf(item: StoredItem, timezone: string): string {
  return item.published === null
    ? `<span lang="en">received ${timeElement(item.crawled, 'en', timezone)}</span>`
    : timeElement(item.published, item.language, timezone);
}
