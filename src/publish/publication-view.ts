/**
 * What is rendered: a publication with its items and its addresses, all decided by app/.
 * Rendering the same view always gives the same bytes; nothing here knows the time.
 */
import type { StoredItem } from '../model/item.ts';
import type { FeedFormat, Publication } from '../model/publication.ts';
import type { EpochMs } from '../model/time.ts';

/** Where one document of a publication stands among its archive pages (RFC 5005). */
export interface ArchivePlace {
  /** Number of the page that this document is, from 1 = oldest; null for the feed itself. */
  readonly page: number | null;
  /** The neighbours; null where there are none. The feed itself has no next one. */
  readonly previousPage: number | null;
  readonly nextPage: number | null;
}

/** A publication, ready to be rendered in any format. */
export interface PublicationView {
  readonly publication: Publication;
  readonly urls: PublicationUrls;
  /** Latest among the items; of an empty feed, the time it was first configured. */
  readonly updated: EpochMs;
  readonly items: readonly StoredItem[];
  readonly archive: ArchivePlace;
  /** IANA zone in which the HTML pages show times. */
  readonly timezone: string;
}

/** The addresses of a publication. Where it has a token they carry it, or a reader that follows them would be locked out. */
export interface PublicationUrls {
  /** Address of the server, without a closing slash. */
  readonly base: string;
  /** The HTML page. */
  readonly page: string;
  readonly formats: Readonly<Record<FeedFormat, string>>;
  archivePage(number: number): string;
  /** The permanent page of an item, for items that have no address of their own. */
  item(id: string): string;
}

/** A place that is neither an archive page nor has one before it. */
export const NO_ARCHIVE: ArchivePlace = { page: null, previousPage: null, nextPage: null };

/** The addresses of product.md section 3; the format that has a path of its own goes by that path. */
export function publicationUrls(publication: Publication, base: string): PublicationUrls {
  const query = publication.token === null ? '' : `?token=${encodeURIComponent(publication.token)}`;
  const page = `${base}/feeds/${encodeURIComponent(publication.name)}`;
  const addressOf = (format: FeedFormat) =>
    format === publication.format && publication.path !== null
      ? `${base}${encodeURI(publication.path)}${query}`
      : `${page}.${format}${query}`;
  return {
    base,
    page: `${page}${query}`,
    formats: { atom: addressOf('atom'), rss: addressOf('rss'), json: addressOf('json') },
    archivePage: (number) => `${page}/archive/${number}.atom${query}`,
    item: (id) => `${base}/items/${id}${query}`,
  };
}
