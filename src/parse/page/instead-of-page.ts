/** What to do where a feed was expected and a web page came: take one of the feeds that it links to. */
import { discoverFeeds } from './discover-feeds.ts';

/** One message for people, with the addresses that were found. */
export function insteadOfPage(html: string, url: string): string {
  const [first, ...others] = discoverFeeds(html, url).slice(0, MAX_NAMED);
  if (first === undefined)
    return 'this is a web page, not a feed, and it links to none. Look for the address of the feed, or read it as type: page';
  const more = others.length === 0 ? '' : `, or to ${others.map((feed) => feed.url).join(' or ')}`;
  return `this is a web page, not a feed. Change url to the feed that it links to: ${first.url}${more}`;
}

const MAX_NAMED = 3;
