/**
 * The plain text of short markup: titles and summaries that a publisher wrote as HTML. Bodies are read by html/, not
 * here. Linear in the length of the text, whatever it holds.
 */
import { decodeHTMLStrict } from 'entities';

/** Markup out, entities decoded, white space folded. A space stands where a block or a line ended. */
export function plainText(html: string): string {
  const text = /[<>]/.test(html) ? withoutMarkup(html) : html;
  return decodeEntities(text)
    .replaceAll(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}

/**
 * The plain text of a title, which programs escape once too often: what then still reads as punctuation or as a
 * character's number is decoded again. Never `&lt;`: a title that speaks of markup keeps it.
 */
export function plainTitle(html: string): string {
  const text = plainText(html);
  return text.replaceAll(TWICE_ESCAPED, (whole) => decodeHTMLStrict(whole.replace('&amp;', '&')));
}

function withoutMarkup(html: string): string {
  return html
    .replaceAll(/<!\[CDATA\[|\]\]>/g, '')
    .replaceAll(/<!--.*?(?:-->|$)|<(script|style)\b.*?(?:<\/\1\s*>|$)/gis, ' ')
    .replaceAll(/<\/?([a-z][a-z0-9]*)(?:[\s/][^<>]*)?>/gi, (_, name: string) =>
      INLINE.has(name.toLowerCase()) ? '' : ' ',
    );
}

/** Elements within a word or a sentence: nothing is set apart where they end. */
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

const TWICE_ESCAPED =
  /&(?:amp;)?(?:#(?!0*6[02];|x0*3[ce];)(?:\d{2,6}|x[0-9a-f]{2,5})|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip);|&amp;(?!(?:#\w+|[a-z]+);)/gi;

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(?:#(\d+)|#x([0-9a-f]+)|[a-z][a-z0-9]*);/gi,
    (whole, decimal?: string, hex?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '1', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? decodeHTMLStrict(whole) : whole;
    },
  );
}
