/**
 * The rule `unproxy_images`: puts the original address of a picture back in place of a proxy's, as https. Proxies of the
 * kind of images.weserv.nl take it in the parameter `url`, without its scheme (`ssl:` in old addresses meant https).
 * @see https://images.weserv.nl/docs/
 */
import { mapSrcset } from '../../html/rewrite.ts';
import { elementsIn, rootOf } from '../../html/tree.ts';
import type { Enclosure, Item } from '../../model/item.ts';
import type { Rule } from '../../model/rule.ts';
import { parseHttpUrl, type HttpUrl } from '../../model/url.ts';
import { editContent } from '../edit-content.ts';
import type { Step } from '../step.ts';

type UnproxyRule = Extract<Rule, { step: 'unproxy_images' }>;
type Unproxy = (address: string) => HttpUrl | null;

/** A proxied address may hold another; more than a few were made to keep us busy. */
const MAX_PROXIES = 4;

export function unproxyImages(rule: UnproxyRule): Step {
  const hosts = rule.hosts.map((host) => host.toLowerCase());
  const original: Unproxy = (address) => originalAddress(address, hosts);
  return {
    name: 'unproxy_images',
    purpose: 'Puts the original addresses of pictures back in place of an image proxy.',
    apply(item) {
      const image = item.image === null ? null : (original(item.image) ?? item.image);
      const enclosures = unproxyEnclosures(item.enclosures, original);
      const before: Item =
        image === item.image && enclosures === item.enclosures ? item : { ...item, image, enclosures };
      const html = item.contentHtml.toLowerCase();
      return hosts.some((host) => html.includes(host)) ? unproxyContent(before, hosts, original) : before;
    },
  };
}

function originalAddress(address: string, hosts: readonly string[]): HttpUrl | null {
  let found: HttpUrl | null = null;
  for (let proxies = 0; proxies < MAX_PROXIES; proxies += 1) {
    const proxied = parseHttpUrl(found ?? address, 'https://relative.invalid');
    if (proxied === null || !hosts.includes(new URL(proxied).hostname)) return found;
    const next = behindProxy(proxied);
    if (next === null) return found;
    found = next;
  }
  return found;
}

function behindProxy(proxied: HttpUrl): HttpUrl | null {
  const value = /[?&]url=([^&#]+)/.exec(proxied)?.[1];
  if (value === undefined) return null;
  // A plus sign is itself here: only forms write it for a space.
  const decoded = new URLSearchParams(`url=${value.replaceAll('+', '%2B')}`).get('url') ?? '';
  const hostAndPath = decoded.trim().replace(/^(?:ssl:|https?:)?(?:\/\/)?/i, '');
  return /^[^/?#@\s]+\.[^/?#@\s]+/.test(hostAndPath) ? parseHttpUrl(`https://${hostAndPath}`) : null;
}

function unproxyEnclosures(enclosures: readonly Enclosure[], original: Unproxy): readonly Enclosure[] {
  const changed = enclosures.map((enclosure) => {
    const url = original(enclosure.url);
    return url === null ? enclosure : { ...enclosure, url };
  });
  return changed.some((enclosure, at) => enclosure !== enclosures[at]) ? changed : enclosures;
}

function unproxyContent(item: Item, hosts: readonly string[], original: Unproxy): Item {
  return editContent(item, ($) => {
    let changed = false;
    for (const { attribs } of elementsIn(rootOf($))) {
      for (const [name, value] of Object.entries(attribs)) {
        if (!hosts.some((host) => value.toLowerCase().includes(host))) continue;
        const after = unproxyAttribute(name, value, original);
        changed ||= after !== value;
        attribs[name] = after;
      }
    }
    return changed;
  });
}

/** Lazy pictures keep their addresses in attributes of many names: any that holds an address is read. */
function unproxyAttribute(name: string, value: string, original: Unproxy): string {
  if (!name.endsWith('srcset')) return original(value) ?? value;
  return mapSrcset(value, (url) => original(url) ?? url) ?? value;
}
