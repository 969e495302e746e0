/**
 * What the HTML standard says of elements, as far as reading and writing fragments needs it.
 * Source: https://html.spec.whatwg.org/multipage/syntax.html (sections 13.1.2 and 13.1.2.4, optional tags).
 */

/** Elements that have no content and no end tag; the obsolete ones are still read so. */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(
    ' ',
  ),
);

/** Elements that stand on lines of their own. */
export const BLOCK_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search ' +
    'section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

/** Elements whose content is never shown as text. */
export const SILENT_ELEMENTS: ReadonlySet<string> = new Set(
  'script style template noscript head title textarea option'.split(' '),
);

/** Elements whose content the tokenizer under cheerio takes as bare characters, without entities. */
export const RAW_TEXT_ELEMENTS: ReadonlySet<string> = new Set('script style textarea xmp'.split(' '));

const P_CLOSERS =
  'address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header ' +
  'hr main nav ol p pre section table ul';

/** For an element that opens: the parents that it closes when it is met directly in them, as the tokenizer under cheerio does. */
export const CLOSES_PARENT: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...P_CLOSERS.split(' ').map((name) => row(name, 'p')),
  row('li', 'li'),
  row('dd', 'dd dt'),
  row('dt', 'dd dt'),
  row('rt', 'rt rp'),
  row('rp', 'rt rp'),
  row('tr', 'tr th td'),
  row('th', 'th'),
  row('td', 'thead th td'),
  row('tbody', 'thead tbody'),
  row('tfoot', 'thead tbody'),
]);

/** The same for parsers that follow the standard further (the one inside sanitize-html, browsers): links in links, headings in headings. */
export const SHOULD_NOT_HOLD: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  ['a a', ...[1, 2, 3, 4, 5, 6].map((level) => `h${level} h1 h2 h3 h4 h5 h6`)].map((line) => {
    const [name = '', ...parents] = line.split(' ');
    return row(name, parents.join(' '));
  }),
);

function row(name: string, parents: string): [string, ReadonlySet<string>] {
  return [name, new Set(parents.split(' '))];
}
