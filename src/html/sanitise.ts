/**
 * Makes HTML safe: the one maker of SafeHtml besides html/rewrite.ts, and the one home of sanitize-html.
 * Promises: only the elements and attributes listed here; only http(s) addresses, mailto links and small raster pictures as
 * data (html/address.ts); no id, name, class or style; sanitise(sanitise(x)) = sanitise(x).
 */
import sanitizeHtml from 'sanitize-html';
import type { SafeHtml } from '../model/item.ts';
import { editHtml } from './edit.ts';
import { linkEmbeds, mayHoldEmbeds } from './embeds.ts';
import { capNesting, MAX_DEPTH } from './nesting.ts';
import { isAsParsed } from './serialise.ts';
import { tighten } from './tighten.ts';
import { rootOf } from './tree.ts';

/** The common ones first: the list is searched from its head for every tag. */
const ALLOWED_TAGS = (
  'p a img strong em br div span b i li ul ol h2 h3 h4 h1 h5 h6 figure figcaption small blockquote hr u s sub sup mark ' +
  'table thead tbody tfoot tr th td caption colgroup col pre code picture source dl dt dd abbr time cite q del ins ' +
  'details summary audio video ruby rt rp kbd samp var dfn wbr bdi bdo'
).split(' ');

const ALLOWED_ATTRIBUTES = {
  '*': ['lang', 'dir'],
  a: ['href', 'title', 'hreflang', 'rel'],
  img: ['src', 'srcset', 'sizes', 'width', 'height', 'alt', 'title', 'loading'],
  source: ['src', 'srcset', 'sizes', 'media', 'type', 'width', 'height'],
  audio: ['src', 'controls', 'preload'],
  video: ['src', 'poster', 'width', 'height', 'controls', 'preload'],
  abbr: ['title'],
  dfn: ['title'],
  time: ['datetime'],
  del: ['datetime'],
  ins: ['datetime'],
  details: ['open'],
  ol: ['start', 'reversed', 'type'],
  li: ['value'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope', 'abbr'],
  col: ['span'],
  colgroup: ['span'],
};

/** Elements whose boxes or looks are kept under another name. */
const RENAMED = {
  ...Object.fromEntries(
    'address article aside center dialog fieldset footer form header hgroup legend main nav search section'
      .split(' ')
      .map((name) => [name, 'div']),
  ),
  menu: 'ul',
  dir: 'ul',
  strike: 's',
  tt: 'code',
  acronym: 'abbr',
};

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: ALLOWED_TAGS,
  allowedAttributes: ALLOWED_ATTRIBUTES,
  transformTags: RENAMED,
  nonTextTags:
    'script style textarea option select template noscript noembed noframes xmp plaintext title head svg'.split(
      ' ',
    ),
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'poster'],
  allowProtocolRelative: false,
  nestingLimit: MAX_DEPTH,
};

/** Two parsers read the HTML, and disagree on misnested elements; they agree on the result after a round or two. */
const MAX_ROUNDS = 4;

/** The fragment as it may be stored and shown. */
export function sanitise(html: string): SafeHtml {
  let before = html.toWellFormed();
  if (mayHoldEmbeds(before)) before = editHtml(before, linkEmbeds);
  for (let round = 1; ; round += 1) {
    const { safe, settled } = sanitiseOnce(before);
    if (settled || safe === before || round === MAX_ROUNDS) return safe as SafeHtml;
    before = safe;
  }
}

/** `settled` where reading the result gives just the tree that was written, so that another round would change nothing. */
function sanitiseOnce(html: string): { safe: string; settled: boolean } {
  let settled = false;
  const safe = editHtml(sanitizeHtml(capNesting(html), OPTIONS), ($) => {
    const root = rootOf($);
    tighten(root, false);
    settled = isAsParsed(root.children);
    return true;
  });
  return { safe, settled };
}
