/** What each kind of address says in its headers. A table: to change how something is cached or guarded, change its row. */
import type { AnswerPolicy } from './answer.ts';

const NO_SNIFFING = ['X-Content-Type-Options', 'nosniff'];
const NO_REFERRER = ['Referrer-Policy', 'no-referrer'];
const ANY_ORIGIN = ['Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', 'ETag'];

/** Nothing but our own stylesheet and pictures; media start only when a reader starts them (`preload=none`). */
export const PAGE_SECURITY = [
  'Content-Security-Policy',
  "default-src 'none'; img-src * data:; media-src *; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ...NO_REFERRER,
  ...NO_SNIFFING,
];

/** How long a reader may keep a feed without asking: short, as asking is cheap. */
const SHORTLY = 'max-age=60, must-revalidate';

export const PUBLIC_FEED: AnswerPolicy = {
  cacheControl: `public, ${SHORTLY}`,
  always: ANY_ORIGIN,
  withBody: [...NO_SNIFFING, ...NO_REFERRER],
};

/** Behind a token: no proxy on the way may keep it. */
export const PRIVATE_FEED: AnswerPolicy = { ...PUBLIC_FEED, cacheControl: `private, ${SHORTLY}` };

export const PUBLIC_PAGE: AnswerPolicy = {
  cacheControl: `public, ${SHORTLY}`,
  always: [],
  withBody: PAGE_SECURITY,
};

export const PRIVATE_PAGE: AnswerPolicy = { ...PUBLIC_PAGE, cacheControl: 'private, no-cache' };

export const PUBLIC_LIST: AnswerPolicy = PUBLIC_FEED;

export const PRIVATE_LIST: AnswerPolicy = {
  cacheControl: 'private, no-cache',
  always: [],
  withBody: [...NO_SNIFFING, ...NO_REFERRER],
};

/** Its address changes with its text. */
export const ASSET: AnswerPolicy = {
  cacheControl: 'public, max-age=31536000, immutable',
  always: [],
  withBody: NO_SNIFFING,
};
