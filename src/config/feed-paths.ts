/**
 * Which addresses a feed may have: none that is Feedmill's own (product.md section 3) or another feed's.
 * Looks at the values as written, so that it can be asked about a file that has other mistakes.
 */
import type { FoundMistake } from './describe-issue.ts';

/** First segments of Feedmill's own addresses, all that is below them included. */
const RESERVED_SEGMENTS: ReadonlySet<string> = new Set([
  '',
  'accounts',
  'api',
  'feeds.opml',
  'fever',
  'healthz',
  'items',
  'media',
  'metrics',
  'reader',
  'reader-api',
  'readyz',
  'sources.opml',
  'websub',
]);

const FORMAT = /\.(atom|rss|json)$/;

/** Looks at the paths and names of all feeds, in the order of the file. */
export function checkFeedPaths(feeds: Readonly<Record<string, unknown>>): FoundMistake[] {
  const mistakes: FoundMistake[] = [];
  const owners = new Map<string, string>();
  const names = Object.keys(feeds);
  for (const [name, feed] of Object.entries(feeds)) {
    if (FORMAT.test(name)) {
      const message = `feeds.${name}: a name may not end in .atom, .rss or .json, which are the formats of /feeds/NAME`;
      mistakes.push({ path: ['feeds', name], at: 'key', message });
    }
    const path = pathOf(feed);
    if (path === null) continue;
    const wanted = path.toLowerCase().replace(/(?<=.)\/$/, '');
    const owner = ownerOf(wanted, name, names) ?? takenBy(owners.get(wanted));
    if (owner === null) owners.set(wanted, name);
    else
      mistakes.push({
        path: ['feeds', name, 'path'],
        at: 'value',
        message: `feeds.${name}.path: ${path} ${owner}`,
      });
  }
  return mistakes;
}

function pathOf(feed: unknown): string | null {
  if (typeof feed !== 'object' || feed === null || !('path' in feed)) return null;
  return typeof feed.path === 'string' && feed.path.startsWith('/') ? feed.path : null;
}

function takenBy(owner: string | undefined): string | null {
  return owner === undefined ? null : `is the path of the feed "${owner}" already`;
}

/** To whom an address belongs that nobody may choose; null for all others. */
function ownerOf(path: string, feed: string, names: readonly string[]): string | null {
  const [, segment = '', name = ''] = path.split('/');
  if (RESERVED_SEGMENTS.has(segment) || path === '/feeds') {
    return 'is an address of Feedmill itself. Choose another, such as /news.xml';
  }
  if (segment === 'feeds') {
    const owner = names.find((each) => each.toLowerCase() === name.replace(FORMAT, ''));
    if (owner === undefined) return null;
    return owner === feed
      ? 'is there in any case. Leave path out, or choose another'
      : `belongs to the feed "${owner}". Choose another, such as /news.xml`;
  }
  return firstFeedOwns(path, feed, names[0]);
}

function firstFeedOwns(path: string, feed: string, first: string | undefined): string | null {
  if (/^\/feed\.(atom|rss|json)$/.test(path)) {
    return `belongs to the first feed, "${first}", whether written or not`;
  }
  const taken = path === '/feed.xml' && feed !== first;
  return taken ? `belongs to the first feed, "${first}". Put this feed first` : null;
}
