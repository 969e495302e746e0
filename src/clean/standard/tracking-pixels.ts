/**
 * Takes out pictures that nobody is meant to see: those of at most one pixel, and those of known counters.
 * Every row of the table names who counts and where that is documented or was seen.
 */
import { elementsIn, replaceElements, rootOf, type TreeElement } from '../../html/tree.ts';
import { editContent } from '../edit-content.ts';
import type { Step } from '../step.ts';

interface BeaconRow {
  readonly owner: string;
  /** Host, its subdomains included; null for software that people run on hosts of their own. */
  readonly host: string | null;
  /** Where the path begins, or how it ends where the host is null; empty for every path. */
  readonly path: string;
  readonly source: string;
}

const BEACONS: readonly BeaconRow[] = [
  {
    owner: 'WordPress.com statistics',
    host: 'pixel.wp.com',
    path: '/',
    source: 'Jetpack, projects/packages/stats',
  },
  {
    owner: 'WordPress.com statistics',
    host: 'stats.wordpress.com',
    path: '/',
    source: 'feeds of WordPress.com blogs',
  },
  {
    owner: 'FeedBurner',
    host: 'feeds.feedburner.com',
    path: '/~r/',
    source: 'feeds passed through FeedBurner',
  },
  {
    owner: 'FeedBurner',
    host: 'feedproxy.google.com',
    path: '/~r/',
    source: 'feeds passed through FeedBurner',
  },
  { owner: 'Mediafed', host: 'feedsportal.com', path: '/', source: 'feeds passed through feedsportal.com' },
  {
    owner: 'Blogger',
    host: 'blogger.googleusercontent.com',
    path: '/tracker/',
    source: 'feeds of blogspot.com',
  },
  { owner: 'Medium', host: 'medium.com', path: '/_/stat', source: 'feeds of medium.com' },
  { owner: 'Substack', host: 'eotrx.substackcdn.com', path: '/open', source: 'Substack letters' },
  {
    owner: 'Google Analytics',
    host: 'google-analytics.com',
    path: '/',
    source: 'developers.google.com/analytics (Measurement Protocol)',
  },
  {
    owner: 'Google Ads',
    host: 'doubleclick.net',
    path: '/',
    source: 'support.google.com/campaignmanager (image tags)',
  },
  {
    owner: 'Meta pixel',
    host: 'facebook.com',
    path: '/tr',
    source: 'developers.facebook.com/docs/meta-pixel (noscript)',
  },
  {
    owner: 'LinkedIn Insight',
    host: 'px.ads.linkedin.com',
    path: '/',
    source: 'linkedin.com/help/lms (Insight Tag, noscript)',
  },
  { owner: 'Comscore', host: 'scorecardresearch.com', path: '/', source: 'scorecardresearch.com' },
  {
    owner: 'Quantcast',
    host: 'pixel.quantserve.com',
    path: '/',
    source: 'quantcast.com (measure tag, noscript)',
  },
  {
    owner: 'Yandex Metrica',
    host: 'mc.yandex.ru',
    path: '/watch/',
    source: 'yandex.com/support/metrica (noscript)',
  },
  { owner: 'Baidu Tongji', host: 'hm.baidu.com', path: '/', source: 'tongji.baidu.com' },
  { owner: 'CNZZ', host: 'cnzz.com', path: '/', source: 'umeng.com (web statistics)' },
  { owner: 'VG Wort', host: 'met.vgwort.de', path: '/', source: 'tom.vgwort.de (Zählmarken)' },
  { owner: 'IVW', host: 'ivwbox.de', path: '/', source: 'ivw.de (SZM counting)' },
  {
    owner: 'The Conversation',
    host: 'counter.theconversation.com',
    path: '/',
    source: 'theconversation.com/republishing-guidelines',
  },
  { owner: 'NPR', host: 'media.npr.org', path: '/include/images/tracking/', source: 'feeds.npr.org' },
  {
    owner: 'Mailchimp',
    host: 'list-manage.com',
    path: '/track/open',
    source: 'mailchimp.com/help/about-open-tracking',
  },
  {
    owner: 'HubSpot',
    host: 'track.hubspot.com',
    path: '/__p',
    source: 'knowledge.hubspot.com (tracking code)',
  },
  { owner: 'SendGrid', host: null, path: '/wf/open', source: 'sendgrid.com/docs (open tracking)' },
  { owner: 'Matomo', host: null, path: '/matomo.php', source: 'matomo.org/faq (image tracker)' },
  {
    owner: 'Matomo, formerly Piwik',
    host: null,
    path: '/piwik.php',
    source: 'matomo.org/faq (image tracker)',
  },
];

export const trackingPixelsStep: Step = {
  name: 'tracking_pixels',
  purpose: 'Takes out invisible pictures that count readers.',
  apply: (item) =>
    editContent(item, ($) => {
      const root = rootOf($);
      if (!elementsIn(root).some(isPixel)) return false;
      return replaceElements(root, (element) => (isPixel(element) ? [] : null));
    }),
};

function isPixel(element: TreeElement): boolean {
  if (element.name !== 'img') return false;
  return isTiny(element.attribs) || isBeacon(element.attribs['src'] ?? '');
}

/** Every size that is given is at most one pixel, and one is given. */
function isTiny(attribs: Readonly<Record<string, string>>): boolean {
  const style = attribs['style'] ?? '';
  const sizes = ['width', 'height'].flatMap((side) => {
    const styled = new RegExp(`(?:^|[;\\s])${side}\\s*:\\s*([\\d.]+)px`, 'i').exec(style)?.[1];
    const size = styled ?? attribs[side];
    return size === undefined ? [] : [size.trim()];
  });
  return sizes.length > 0 && sizes.every((size) => /^0*[01](?:\.0*)?(?:px)?$/.test(size));
}

function isBeacon(src: string): boolean {
  const [, host = '', path = ''] = /^https?:\/\/(?:[^/?#]*@)?([^/?#:]+)(?::\d+)?([^?#]*)/i.exec(src) ?? [];
  if (host === '') return false;
  const dotted = `.${host.toLowerCase()}`;
  return BEACONS.some((row) =>
    row.host === null
      ? path.endsWith(row.path)
      : dotted.endsWith(`.${row.host}`) && path.startsWith(row.path),
  );
}
