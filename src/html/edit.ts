/**
 * Reading and editing an HTML fragment as a tree. Promises: what an edit leaves alone comes back as the very same
 * string; what comes back is written stably (parsing and writing it again changes nothing); no tree is deeper than
 * MAX_DEPTH, so cheerio's recursive methods are safe.
 *
 * One slot keeps the tree of the last string, so that a row of steps parses once and writes only after a change.
 * The memory is good only while the tree says what the string says: an edit that answers false must not have touched the tree.
 */
import { load, type CheerioAPI } from 'cheerio/slim';
import { capNesting } from './nesting.ts';
import { isAsParsed, serialise } from './serialise.ts';
import { tidyTree } from './tidy.ts';
import { rootOf } from './tree.ts';

/** Misnested markup settles in one round, or two. */
const MAX_ROUNDS = 4;

let last: { readonly html: string; readonly $: CheerioAPI } | null = null;

/**
 * Runs `edit` over the fragment's tree and gives back the fragment as the edit left it.
 * @param edit says whether it changed anything; where it did not, `html` itself comes back
 */
export function editHtml(html: string, edit: ($: CheerioAPI) => boolean): string {
  const $ = takeTree(html);
  if (edit($)) return settle($);
  last = { html, $ };
  return html;
}

/** Reads the fragment's tree. `read` must not change it. */
export function readHtml<T>(html: string, read: ($: CheerioAPI) => T): T {
  const $ = takeTree(html);
  const result = read($);
  last = { html, $ };
  return result;
}

/** The slot is empty while a tree is in use, so that nobody meets it half edited. */
function takeTree(html: string): CheerioAPI {
  const kept = last;
  last = null;
  return kept !== null && kept.html === html ? kept.$ : parseFragment(html, kept?.$);
}

/**
 * @param $ takes the new tree in place of its own. Cheerio makes a class for each `load`, and classes live long:
 *   every tree would fill the memory until the next full collection.
 */
function parseFragment(html: string, $ = load('', { xml: { xmlMode: false, decodeEntities: true } }, false)) {
  $.root().html(capNesting(html));
  tidyTree(rootOf($));
  return $;
}

/** An edit may leave what no parser would make (a div in a p, say): then it is read again, until writing and reading agree. */
function settle($: CheerioAPI): string {
  let tree = $;
  let html = serialise(rootOf(tree).children);
  for (let round = 0; round < MAX_ROUNDS && !isAsParsed(rootOf(tree).children); round += 1) {
    tree = parseFragment(html, tree);
    const again = serialise(rootOf(tree).children);
    if (again === html) break;
    html = again;
  }
  last = { html, $: tree };
  return html;
}
