/**
 * Gives pictures the address that a script on the page would have given them, and takes `noscript` twins into account:
 * without the page's script a reader would see placeholders, or every picture twice.
 */
import { elementsIn, isElement, isText, replaceElements, rootOf } from '../../html/tree.ts';
import type { TreeElement, TreeNode } from '../../html/tree.ts';
import { editContent } from '../edit-content.ts';
import type { Step } from '../step.ts';

interface LazyRow {
  readonly attribute: string;
  readonly becomes: 'src' | 'srcset' | 'poster';
  readonly source: string;
}

/** The first that holds an address wins. */
const LAZY_ATTRIBUTES: readonly LazyRow[] = [
  { attribute: 'data-src', becomes: 'src', source: 'lazysizes, lozad.js, vanilla-lazyload; WeChat articles' },
  { attribute: 'data-lazy-src', becomes: 'src', source: 'WP Rocket, Jetpack' },
  { attribute: 'data-original', becomes: 'src', source: 'jQuery Lazy Load 1; Zhihu, Douban' },
  { attribute: 'data-actualsrc', becomes: 'src', source: 'Zhihu' },
  { attribute: 'data-lazyload', becomes: 'src', source: 'Slider Revolution' },
  { attribute: 'data-ks-lazyload', becomes: 'src', source: 'KISSY (Taobao)' },
  { attribute: 'data-lazy', becomes: 'src', source: 'slick' },
  { attribute: 'data-echo', becomes: 'src', source: 'Echo.js' },
  { attribute: 'data-cfsrc', becomes: 'src', source: 'Cloudflare Mirage' },
  {
    attribute: 'data-pagespeed-lazy-src',
    becomes: 'src',
    source: 'PageSpeed module, filter lazyload_images',
  },
  { attribute: 'pagespeed_lazy_src', becomes: 'src', source: 'PageSpeed module before 1.9' },
  { attribute: 'nitro-lazy-src', becomes: 'src', source: 'NitroPack' },
  { attribute: 'zoomfile', becomes: 'src', source: 'Discuz! forums' },
  { attribute: 'data-srcset', becomes: 'srcset', source: 'lazysizes, vanilla-lazyload' },
  { attribute: 'data-lazy-srcset', becomes: 'srcset', source: 'WP Rocket, Jetpack' },
  { attribute: 'nitro-lazy-srcset', becomes: 'srcset', source: 'NitroPack' },
  { attribute: 'data-poster', becomes: 'poster', source: 'lazysizes (unveilhooks), vanilla-lazyload' },
];

const LAZY_ELEMENTS = new Set(['img', 'source', 'iframe', 'video', 'audio', 'embed']);

export const lazyImagesStep: Step = {
  name: 'lazy_images',
  purpose: 'Shows pictures that wait for a script to load them.',
  apply: (item) =>
    editContent(item, ($) => {
      const root = rootOf($);
      const elements = elementsIn(root);
      const woken = new Set(elements.filter(wake));
      const twins = elements.some((element) => element.name === 'noscript' && hasPicture(element));
      if (!twins) return woken.size > 0;
      return replaceElements(root, (element) => inPlaceOf(element, woken)) || woken.size > 0;
    }),
};

/** Moves lazy attributes to where browsers look for them; true where there was one. */
function wake({ name, attribs }: TreeElement): boolean {
  if (!LAZY_ELEMENTS.has(name)) return false;
  let changed = false;
  const given = new Set<string>();
  for (const { attribute, becomes } of LAZY_ATTRIBUTES) {
    const address = attribs[attribute];
    if (address === undefined || !looksLikeAddress(address)) continue;
    if (!given.has(becomes)) attribs[becomes] = address;
    given.add(becomes);
    Reflect.deleteProperty(attribs, attribute);
    changed = true;
  }
  return changed;
}

function looksLikeAddress(text: string): boolean {
  return !/^(?:data|about|javascript|blob):/i.test(text.trim()) && /[./]/.test(text);
}

function hasPicture(element: TreeElement): boolean {
  return elementsIn(element).some(({ name }) => name === 'img');
}

/**
 * A `noscript` with a picture shows that picture to readers without scripts, which we are. Beside a picture that waits,
 * or shows the same, it is the same picture once more, and goes.
 */
function inPlaceOf(element: TreeElement, woken: ReadonlySet<TreeElement>): readonly TreeNode[] | null {
  if (element.name !== 'noscript' || !hasPicture(element)) return null;
  const sources = new Set(elementsIn(element).map(({ attribs }) => attribs['src']));
  const beside = [neighbour(element, 'prev'), neighbour(element, 'next')];
  const isTwin = beside.some(
    (other) =>
      other !== null && (woken.has(other) || (other.name === 'img' && sources.has(other.attribs['src']))),
  );
  return isTwin ? [] : element.children;
}

/** The element next to this one with nothing but white space between, or null. */
function neighbour(element: TreeElement, side: 'prev' | 'next'): TreeElement | null {
  let node = element[side];
  while (node !== null && isText(node) && node.data.trim() === '') node = node[side];
  return node !== null && isElement(node) ? node : null;
}
