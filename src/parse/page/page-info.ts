/** What a page says of itself: title, language, icon, and the page that follows it. */
import type { RawFeed } from '../../model/item.ts';
import type { PageSource } from '../../model/source.ts';
import { parseHttpUrl } from '../../model/url.ts';
import { lineOf, type Page } from './page-tree.ts';
import { selectAddress } from './select-part.ts';

/** @param select its `next` names the next page; without it `rel=next` does, where more than one page is asked for */
export function describePage(
  page: Page,
  { url }: { readonly url: string },
  select: PageSource['select'],
): Omit<RawFeed, 'items' | 'warnings'> {
  const { $, base } = page;
  const meta = (name: string) =>
    $(`meta[property="${name}"], meta[name="${name}"]`).first().attr('content')?.trim() || null;
  const address = (written: string | null | undefined) => (written ? parseHttpUrl(written, base) : null);
  const next = select.pages > 1 ? (select.next ?? '[rel~="next"]') : null;
  const nextUrl = address(selectAddress($.root(), next));
  return {
    title: meta('og:site_name') ?? lineOf($('title').first()),
    url,
    language: $('html').attr('lang')?.trim() || null,
    about: {
      format: 'web page',
      description: meta('description') ?? meta('og:description'),
      rights: null,
      generator: null,
      updated: null,
      authors: [],
      categories: [],
      icon: address($('link[rel~="icon"]').first().attr('href')),
      image: address(meta('og:image')),
      feedUrl: null,
      hubs: [],
      // The last page of some sites links to itself.
      nextUrl: nextUrl === parseHttpUrl(url) ? null : nextUrl,
      ttlMinutes: null,
      skipHours: [],
      skipDays: [],
    },
  };
}
