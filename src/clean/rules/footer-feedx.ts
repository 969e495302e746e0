/**
 * What the footer of feedx says, as a rule table: `<br><hr><div>获取更多RSS：<br>…links…</div>` at the very end of a text.
 * Words are written as they are compared: simplified, half-width, lower case, without white space and colon.
 */

export interface Footer {
  /** Its words. */
  readonly words: readonly { readonly text: string; readonly source: string }[];
  /** The only domains that its links lead to; with any subdomain. */
  readonly domains: readonly { readonly domain: string; readonly source: string }[];
}

export const FEEDX_FOOTER: Footer = {
  words: [
    { text: '获取更多rss', source: 'archive files of Deutsche Welle, 2022 and 2023' },
    { text: '取得更多rss', source: 'the same as Taiwan words it; not seen yet' },
  ],
  domains: [
    { domain: 'feedx.net', source: 'first link of the footer, archive files of 2022 and 2023' },
    { domain: 'feedx.best', source: 'second link of the footer, archive files of 2022 and 2023' },
    { domain: 'feedx.site', source: 'other files made by the same program' },
    { domain: 'feedx.co', source: 'other files made by the same program' },
    { domain: 'feedx.fun', source: 'other files made by the same program' },
  ],
};
