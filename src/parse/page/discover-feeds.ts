/**
 * Finds the feeds that a web page links to: `link rel=alternate` as the HTML standard has it (section 4.6.7.1), then
 * links that look like feeds of the same site. Feeds of comments come last; nothing is fetched.
 */
import { type HttpUrl, parseHttpUrl } from '../../model/url.ts';
import { type Page, type PageElement, readPage } from './page-tree.ts';

export interface DiscoveredFeed {
  readonly url: HttpUrl;
  readonly title: string | null;
  /** The media type that the page names; null where it names none. */
  readonly type: string | null;
}

/** At most MAX_FEEDS, the likeliest first, each address once. */
export function discoverFeeds(html: string, url: string): readonly DiscoveredFeed[] {
  const page = readPage(html, url);
  const found = new Map<string, DiscoveredFeed>();
  for (const feed of [...linkedFeeds(page), ...anchoredFeeds(page)]) {
    if (!found.has(feed.url)) found.set(feed.url, feed);
  }
  const feeds = [...found.values()];
  return [...feeds.filter((feed) => !isOfComments(feed)), ...feeds.filter(isOfComments)].slice(0, MAX_FEEDS);
}

const MAX_FEEDS = 20;

const FEED_TYPE =
  /^(?:application\/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|feed)|text\/(?:rss|atom|x-rss)(?:\+xml)?)\b/i;
/** Media types that say too little: the address must say the rest. WordPress offers its API as JSON. */
const WIDE_TYPE = /^(?:application|text)\/(?:xml|json)\b/i;
const FEED_ADDRESS = /(?:^|[/.?=&_-])(?:rss2?|atom|feeds?|rdf)(?:$|[/.?&=_-]|\d)/i;
const FEED_HOSTS = /^(?:feeds?\.|rss\.|feedproxy\.|feeds\d*\.)/;

function linkedFeeds(page: Page): DiscoveredFeed[] {
  return elementsOf(page, 'link[href][rel]').flatMap((link) => {
    const feed = feedAt(page, link, link.attr('title'));
    const rel = link.attr('rel')?.toLowerCase().split(/\s+/) ?? [];
    if (feed === null) return [];
    return rel.includes('feed') || (rel.includes('alternate') && isFeedType(feed)) ? [feed] : [];
  });
}

function isFeedType({ type, url }: DiscoveredFeed): boolean {
  if (type === null) return false;
  return FEED_TYPE.test(type) || (WIDE_TYPE.test(type) && FEED_ADDRESS.test(pathOf(url)));
}

/** Links to other sites are services that subscribe for people; feeds often have a host of their own. */
function anchoredFeeds(page: Page): DiscoveredFeed[] {
  return elementsOf(page, 'a[href]').flatMap((link) => {
    const feed = feedAt(page, link, link.attr('title') ?? link.text());
    if (feed === null || !isOfSite(new URL(feed.url), new URL(page.base))) return [];
    const isFeed = /^feed:/i.test(link.attr('href') ?? '') || FEED_ADDRESS.test(pathOf(feed.url));
    return isFeed || isFeedType(feed) ? [feed] : [];
  });
}

function elementsOf({ $ }: Page, selector: string): PageElement[] {
  return $(selector)
    .toArray()
    .map((node) => $(node));
}

function feedAt(page: Page, link: PageElement, title: string | undefined): DiscoveredFeed | null {
  const written = link.attr('href')?.trim() ?? '';
  // Links that open the reader of the system: feed://host/path, feed:https://host/path.
  const address = written.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:/i, 'http:');
  const url = address === '' || address.startsWith('#') ? null : parseHttpUrl(address, page.base);
  if (url === null) return null;
  const type = link.attr('type')?.trim().toLowerCase();
  return { url, title: title?.replaceAll(/\s+/g, ' ').trim() || null, type: type || null };
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function isOfSite(feed: URL, site: URL): boolean {
  const domain = site.hostname.replace(/^www\./, '');
  return feed.hostname === domain || feed.hostname.endsWith(`.${domain}`) || FEED_HOSTS.test(feed.hostname);
}

function isOfComments({ url, title }: DiscoveredFeed): boolean {
  return /comments?\b|kommentare?\b|评论|評論|コメント/i.test(`${title ?? ''} ${url}`);
}
