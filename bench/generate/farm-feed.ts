/**
 * The feeds of a farm: RSS of invented items, half of the feeds Chinese, the texts 1 to 8 KB. Made from the numbers of feed and
 * item alone: every run serves the same.
 */
import { sentences } from './sentences.ts';

const START = Date.UTC(2026, 0, 1);

/** One item as a feed lists it. */
export interface FarmItem {
  readonly number: number;
  /** Grows with each edit. */
  readonly version: number;
}

/** @param site address of the feed's site */
export function renderFarmFeed(feed: number, items: readonly FarmItem[], site = siteOf(feed)): string {
  const listed = items.map((item) => renderItem(feed, item)).join('\n');
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Feed ${feed}</title><link>${site}</link><description>Number ${feed}</description>\n${listed}\n</channel></rss>\n`;
}

/** The address of an item; nothing answers there. */
export function farmItemUrl(feed: number, number: number): string {
  return `${siteOf(feed)}items/${number}`;
}

/** What the title of an item ends in, as it is after so many edits. */
export function farmTitleEnd({ number, version }: FarmItem): string {
  return version === 0 ? ` ${number}` : ` ${number}, edit ${version}`;
}

function renderItem(feed: number, item: FarmItem): string {
  const { number, version } = item;
  const seed = feed * 1000 + number;
  const isChinese = feed % 2 === 0;
  const size = 1000 + ((seed * 7919) % 7000);
  const edit = version === 0 ? [] : [`Corrected ${version} times.`];
  const paragraphs = [...sentences(seed, isChinese, size), ...edit].map((text) => `<p>${text}</p>`);
  const title = sentences(seed, isChinese, 30)[0]?.slice(0, 40) ?? '';
  const address = farmItemUrl(feed, number);
  const picture = `<p><img src="${siteOf(feed)}${number}.jpg" alt=""> <a href="/about">…</a></p>`;
  return `<item><title>${title}${farmTitleEnd(item)}</title><link>${address}</link><guid>${address}</guid><pubDate>${new Date(START + number * 3_600_000).toUTCString()}</pubDate><content:encoded><![CDATA[${paragraphs.join('')}${picture}]]></content:encoded></item>`;
}

function siteOf(feed: number): string {
  return `http://feed${feed}.example/`;
}
