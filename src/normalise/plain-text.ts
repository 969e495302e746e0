/** The plain text of short markup: titles and summaries that a publisher wrote as HTML. Bodies are read by html/, not here. */

/** Tags out, the usual entities decoded, white space folded. The text of block elements may run together. */
export function plainText(html: string): string {
  const text = html.replaceAll(/<!--.*?(?:-->|$)|<\/?[a-z][^<>]*>/gis, ' ');
  return decodeEntities(text).replaceAll(/\s+/g, ' ').trim();
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u{A0}'],
]);

function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED.get(String(name).toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
