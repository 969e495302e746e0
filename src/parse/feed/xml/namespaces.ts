/**
 * One prefix for each namespace that is read, whatever prefix and spelling of its address a feed uses.
 * Addresses are compared without scheme, case and closing `/` or `#`: feeds in the wild differ in all of them.
 */

/** The scope of namespaces at one place of a document: prefix as written to prefix as we say it; `?` is unknown. */
export interface NamespaceScope {
  readonly prefixes: ReadonlyMap<string, string>;
  /** Names that were already looked up in this scope. */
  readonly names: Map<string, string>;
}

/** Where nothing is declared, no prefix means RSS. */
export function rootScope(): NamespaceScope {
  return { prefixes: new Map([['', '']]), names: new Map() };
}

/** The scope inside an element; the same object where it declares nothing. Declarations beyond a limit are ignored. */
export function innerScope(
  scope: NamespaceScope,
  attributes: Readonly<Record<string, string>>,
): NamespaceScope {
  let prefixes: Map<string, string> | null = null;
  for (const name in attributes) {
    if (!name.startsWith('xmlns')) continue;
    if (name.length > 5 && name[5] !== ':') continue;
    prefixes ??= new Map(scope.prefixes);
    if (prefixes.size >= MAX_PREFIXES) break;
    prefixes.set(name.slice(6).toLowerCase(), prefixOf(attributes[name] ?? ''));
  }
  return prefixes === null ? scope : { prefixes, names: new Map() };
}

/** The scope inside a feed's root whose own namespace is not a feed's: what is written like the root is part of the feed. */
export function adoptRoot(scope: NamespaceScope, written: string): NamespaceScope {
  const colon = written.indexOf(':');
  const prefix = colon < 0 ? '' : written.slice(0, colon).toLowerCase();
  const isAtom = written.slice(colon + 1).toLowerCase() === 'feed';
  return { prefixes: new Map(scope.prefixes).set(prefix, isAtom ? 'atom' : ''), names: new Map() };
}

/** Each of a hostile thousand of declarations would be copied for each element that declares another. */
const MAX_PREFIXES = 200;

/** An element's name in our spelling; `?:name` in a namespace that is not read. */
export function canonicalName(scope: NamespaceScope, written: string): string {
  const known = scope.names.get(written);
  if (known !== undefined) return known;
  const name = lookUp(scope, written.toLowerCase());
  scope.names.set(written, name);
  return name;
}

function lookUp(scope: NamespaceScope, written: string): string {
  const colon = written.indexOf(':');
  const prefix = colon < 0 ? '' : written.slice(0, colon);
  const local = written.slice(colon + 1);
  // A prefix that was never declared means what it usually means: generators forget the declaration.
  const ours = scope.prefixes.get(prefix) ?? USUAL_PREFIXES.get(prefix) ?? '?';
  if (ours === '') return local;
  return ours === 'atom' ? (ATOM_03_NAMES.get(local) ?? `atom:${local}`) : `${ours}:${local}`;
}

/** Elements of Atom 0.3 by what Atom 1.0 calls them. */
const ATOM_03_NAMES: ReadonlyMap<string, string> = new Map([
  ['modified', 'atom:updated'],
  ['issued', 'atom:published'],
  ['tagline', 'atom:subtitle'],
  ['copyright', 'atom:rights'],
  ['url', 'atom:uri'],
  ['homepage', 'atom:uri'],
]);

function prefixOf(address: string): string {
  const key = address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/[/#]+$/, '');
  return NAMESPACES.get(key) ?? '?';
}

const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['w3.org/2005/atom', 'atom'],
  ['purl.org/atom/ns', 'atom'],
  ['purl.org/atom', 'atom'],
  ['example.com/newformat', 'atom'],
  ['example.com/necho', 'atom'],
  ['purl.org/echo', 'atom'],
  ['uri/of/echo/namespace', 'atom'],
  ['purl.org/pie', 'atom'],
  ['purl.org/rss/1.0', ''],
  ['purl.org/rss/2.0', ''],
  ['purl.org/net/rss1.1', ''],
  ['my.netscape.com/rdf/simple/0.9', ''],
  ['channel.netscape.com/rdf/simple/0.9', ''],
  ['my.netscape.com/publish/formats/rss-0.91.dtd', ''],
  ['backend.userland.com/rss', ''],
  ['backend.userland.com/rss2', ''],
  ['backend.userland.com/rss091', ''],
  ['backend.userland.com/rss092', ''],
  ['backend.userland.com/rss20', ''],
  ['blogs.law.harvard.edu/tech/rss', ''],
  ['cyber.law.harvard.edu/rss/rss.html', ''],
  ['rssboard.org/rss-specification', ''],
  ['w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['purl.org/dc/elements/1.1', 'dc'],
  ['purl.org/dc/elements/1.0', 'dc'],
  ['purl.org/dc/terms', 'dcterms'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['purl.org/rss/1.0/modules/syndication', 'sy'],
  ['purl.org/rss/1.0/modules/slash', 'slash'],
  ['purl.org/syndication/thread/1.0', 'thr'],
  ['wellformedweb.org/commentapi', 'wfw'],
  ['itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['itunes.com/dtds/podcast', 'itunes'],
  ['example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['google.com/schemas/play-podcasts/1.0', 'googleplay'],
  ['search.yahoo.com/mrss', 'media'],
  ['search.yahoo.com/rss', 'media'],
  ['tools.search.yahoo.com/mrss', 'media'],
  ['video.search.yahoo.com/mrss', 'media'],
  ['georss.org/georss', 'georss'],
  ['w3.org/1999/xhtml', 'xhtml'],
  ['backend.userland.com/creativecommonsrssmodule', 'cc'],
  ['cyber.law.harvard.edu/rss/creativecommonsrssmodule.html', 'cc'],
  ['web.resource.org/cc', 'cc'],
  ['creativecommons.org/ns', 'cc'],
  ['webns.net/mvcb', 'admin'],
  ['rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['webfeeds.org/rss/1.0', 'webfeeds'],
]);

const USUAL_PREFIXES: ReadonlyMap<string, string> = new Map([
  ...[...NAMESPACES.values()].map((prefix) => [prefix, prefix] as const),
  ['rss', ''],
]);
