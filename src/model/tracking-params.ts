/**
 * Query parameters that say how a reader came to a page, never which page it is.
 * One row per owner, each with the place where the owner (or, failing that, a public list) documents the names.
 */

interface TrackingRow {
  readonly owner: string;
  /** Exact names, or beginnings that end in `*`. Compared in lower case. */
  readonly names: readonly string[];
  readonly source: string;
}

const TABLE: readonly TrackingRow[] = [
  {
    owner: 'Google Analytics campaigns',
    names: ['utm_*'],
    source: 'support.google.com/analytics/answer/10917952',
  },
  {
    owner: 'Google cross-domain linker',
    names: ['_ga', '_gl'],
    source: 'support.google.com/analytics/answer/10071811',
  },
  {
    owner: 'Google Ads',
    names: ['gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'gad_source', 'gad_campaignid'],
    source: 'support.google.com/google-ads/answer/9744275',
  },
  {
    owner: 'Google Merchant Center',
    names: ['srsltid'],
    source: 'support.google.com/merchants/answer/11193475',
  },
  {
    owner: 'Meta',
    names: ['fbclid', 'igshid', 'igsh'],
    source: 'developers.facebook.com/docs/marketing-api/conversions-api/parameters/fbp-and-fbc',
  },
  { owner: 'Microsoft Advertising', names: ['msclkid'], source: 'help.ads.microsoft.com/#apex/ads/en/60000' },
  {
    owner: 'X (Twitter) Ads',
    names: ['twclid'],
    source: 'business.x.com/en/help/campaign-measurement-and-analytics',
  },
  { owner: 'TikTok Ads', names: ['ttclid'], source: 'ads.tiktok.com/help/article/tiktok-click-id' },
  { owner: 'LinkedIn', names: ['li_fat_id'], source: 'linkedin.com/help/lms/answer/a423304' },
  { owner: 'Pinterest', names: ['epik'], source: 'help.pinterest.com/business (click id)' },
  {
    owner: 'Yandex',
    names: ['yclid', 'ysclid', '_openstat'],
    source: 'yandex.com/support/direct/statistics/url-tags',
  },
  {
    owner: 'Mailchimp',
    names: ['mc_cid', 'mc_eid'],
    source: 'mailchimp.com/help/integrate-google-analytics-with-mailchimp',
  },
  {
    owner: 'HubSpot',
    names: ['_hsenc', '_hsmi', '__hssc', '__hstc', '__hsfp', 'hsctatracking'],
    source: 'knowledge.hubspot.com/reports/hubspot-cookie-security',
  },
  { owner: 'Marketo', names: ['mkt_tok'], source: 'experienceleague.adobe.com/docs/marketo (mkt_tok)' },
  { owner: 'Vero', names: ['vero_id', 'vero_conv'], source: 'help.getvero.com (conversion tracking)' },
  { owner: 'Drip', names: ['__s'], source: 'help.drip.com (subscriber id in links)' },
  { owner: 'Kit', names: ['ck_subscriber_id'], source: 'help.kit.com (subscriber id in links)' },
  { owner: 'Dotdigital', names: ['dm_i'], source: 'support.dotdigital.com (link tracking)' },
  { owner: 'Omeda', names: ['oly_anon_id', 'oly_enc_id'], source: 'training.omeda.com (Olytics)' },
  { owner: 'Matomo', names: ['mtm_*', 'pk_*', 'piwik_*'], source: 'matomo.org/faq/tracking-campaigns' },
  {
    owner: 'Piano (AT Internet)',
    names: ['xtor', 'at_medium', 'at_campaign', 'at_custom*'],
    source: 'developers.atinternet-solutions.com (campaigns)',
  },
  { owner: 'Mapp (Webtrekk)', names: ['wt_mc', 'wt_zmc'], source: 'docs.mapp.com (media codes)' },
  {
    owner: 'Comscore',
    names: ['ns_mchannel', 'ns_source', 'ns_campaign', 'ns_linkname', 'ns_fee'],
    source: 'BBC links as published in its feeds',
  },
  { owner: 'Branch', names: ['_branch_match_id', '_branch_referrer'], source: 'help.branch.io (link data)' },
  { owner: 'Impact', names: ['irclickid'], source: 'integrations.impact.com (click id)' },
  { owner: 'Wicked Reports', names: ['wickedid'], source: 'help.wickedreports.com (tracking parameters)' },
  {
    owner: 'Yahoo consent',
    names: ['guccounter', 'guce_referrer', 'guce_referrer_sig'],
    source: 'Yahoo links after its consent page',
  },
  { owner: 'X (Twitter)', names: ['__twitter_impression'], source: 'AMP links as shared by Twitter' },
  { owner: 'Alibaba', names: ['spm'], source: 'Alibaba "super position model", help.aliyun.com' },
];

const EXACT = new Set(TABLE.flatMap((row) => row.names.filter((name) => !name.endsWith('*'))));
const BEGINNINGS = TABLE.flatMap((row) =>
  row.names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1)),
);

/** Whether a query parameter of this name (decoded) only tells where a reader came from. */
export function isTrackingParam(name: string): boolean {
  const lower = name.toLowerCase();
  return EXACT.has(lower) || BEGINNINGS.some((beginning) => lower.startsWith(beginning));
}
