/**
 * A web page as a tree, and the base of its relative addresses. Read with htmlparser2, linear and capped in depth
 * (html/nesting.ts), so that cheerio's recursive methods are safe on any page.
 */
import { load, type CheerioAPI } from 'cheerio/slim';
import { capNesting } from '../../html/nesting.ts';
import { parseHttpUrl } from '../../model/url.ts';

export interface Page {
  readonly $: CheerioAPI;
  /** Of relative addresses: `<base href>`, else where the page came from. */
  readonly base: string;
}

export type PageElement = ReturnType<CheerioAPI>;

export function readPage(html: string, url: string): Page {
  const $ = load(capNesting(html), { xml: { xmlMode: false, decodeEntities: true } }, false);
  const base = $('base[href]').first().attr('href');
  return { $, base: base === undefined ? url : (parseHttpUrl(base, url) ?? url) };
}

/** The text of an element in one line; null where it says nothing. */
export function lineOf(element: PageElement): string | null {
  const text = element.text().replaceAll(/\s+/g, ' ').trim();
  return text === '' ? null : text;
}
