/**
 * Finds the feeds that a web page links to: `link rel=alternate` as the HTML standard has it (section 4.6.7.1), then
 * links that look like feeds of the same site. Feeds of comments come last; nothing is fetched.
 */
import { type HttpUrl, parseHttpUrl } from '../../model/url.ts';
import { lineOf, type Page, type PageElement, readPage } from './page-tree.ts';

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
  const links = page
    .$('link[href]')
    .toArray()
    .map((node) => page.$(node));
  return links.flatMap((link) => {
    const rel = (link.attr('rel') ?? '').toLowerCase().split(/\s+/);
    const type = link.attr('type')?.trim().toLowerCase() ?? null;
    const feed = feedAt(page, link, { title: link.attr('title')?.trim() || null, type });
    if (feed === null) return [];
    const isFeed =
      FEED_TYPE.test(type ?? '') || (WIDE_TYPE.test(type ?? '') && FEED_ADDRESS.test(pathOf(feed.url)));
    return (rel.includes('alternate') && isFeed) || rel.includes('feed') ? [feed] : [];
  });
}

/** Links to other sites are services that subscribe for people; feeds often have a host of their own. */
function anchoredFeeds(page: Page): DiscoveredFeed[] {
  const links = page
    .$('a[href]')
    .toArray()
    .map((node) => page.$(node));
  return links.flatMap((link) => {
    const type = link.attr('type')?.trim().toLowerCase() ?? null;
    const feed = feedAt(page, link, { title: link.attr('title')?.trim() || lineOf(link), type });
    if (feed === null || !isOfSite(new URL(feed.url), new URL(page.base))) return [];
    const isFeed =
      /^feed:/i.test(link.attr('href') ?? '') ||
      FEED_TYPE.test(type ?? '') ||
      FEED_ADDRESS.test(pathOf(feed.url));
    return isFeed ? [feed] : [];
  });
}

function feedAt(page: Page, link: PageElement, said: Omit<DiscoveredFeed, 'url'>): DiscoveredFeed | null {
  const written = (link.attr('href') ?? '')
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:/i, 'http:');
  // A link without an address, or to a place in this page, is the page itself.
  const url = written === '' || written.startsWith('#') ? null : parseHttpUrl(written, page.base);
  return url === null ? null : { url, ...said };
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
