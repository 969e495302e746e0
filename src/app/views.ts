/** Which items a document of a publication holds, and where it stands among the archive pages (RFC 5005). */
import type { StoredItem } from '../model/item.ts';
import type { Publication } from '../model/publication.ts';
import { type ArchivePlace, type PublicationView, publicationUrls } from '../publish/publication-view.ts';
import type { FeedCursor, Store, StoredPublication } from '../store/store.ts';
import type { FeedPageNumber } from './app.ts';

/** Items on one archive page. Never to be changed: a finished page is what subscribers believe they have read. */
const ARCHIVE_PAGE = 100;
/** Items read from the store at a time, so that a feed of 10,000 leaves room for others. */
const SLICE = 200;

export interface ViewOf {
  readonly publication: Publication;
  readonly stored: StoredPublication;
  readonly baseUrl: string;
  readonly timezone: string;
}

/** The feed itself (`current`), or one of its archive pages; null where that page does not exist. */
export async function viewOf(
  store: Store,
  { publication, stored, baseUrl, timezone }: ViewOf,
  page: FeedPageNumber,
): Promise<PublicationView | null> {
  const pages = Math.ceil((await store.countFeed(stored.number)) / ARCHIVE_PAGE);
  if (page !== 'current' && (!Number.isInteger(page) || page < 1 || page > pages)) return null;
  const items =
    page === 'current'
      ? await newestItems(store, stored.number, publication)
      : await store.listFeedByArrival(stored.number, {
          offset: (page - 1) * ARCHIVE_PAGE,
          limit: ARCHIVE_PAGE,
        });
  const latest = Math.max(...items.map((item) => item.updated));
  const updated = items.find((item) => item.updated === latest)?.updated ?? stored.created;
  return {
    publication,
    urls: publicationUrls(publication, baseUrl),
    updated,
    items,
    archive: placeOf(page, pages, items.length),
    timezone,
  };
}

/** The feed leads to its archive only where there is more to read than it holds itself. */
function placeOf(page: FeedPageNumber, pages: number, held: number): ArchivePlace {
  if (page !== 'current') {
    return { page, previousPage: page > 1 ? page - 1 : null, nextPage: page < pages ? page + 1 : null };
  }
  const isWhole = pages <= 1 && held < ARCHIVE_PAGE;
  return { page: null, previousPage: isWhole || pages === 0 ? null : pages, nextPage: null };
}

async function newestItems(
  store: Store,
  number: number,
  { limit, order }: Publication,
): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  let after: FeedCursor | null = null;
  do {
    const slice = Math.min(SLICE, limit - items.length);
    const options: { limit: number; order: 'newest' | 'oldest'; after?: FeedCursor } = {
      limit: slice,
      order,
    };
    if (after !== null) options.after = after;
    const page = await store.listFeed(number, options);
    items.push(...page.items);
    after = page.next;
  } while (after !== null && items.length < limit);
  return items;
}
