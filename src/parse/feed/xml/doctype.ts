/**
 * Takes a document type declaration out of a document and reads the few entities that feeds really declare in it:
 * short texts. Nothing outside is ever loaded, and an entity that names another one is never expanded, so a few bytes
 * cannot become gigabytes (CWE-776); using such an entity makes the document one that is refused.
 */

export interface Doctype {
  /** The document without the declaration. */
  readonly text: string;
  readonly entities: ReadonlyMap<string, string>;
  /** Entities that are declared and never expanded: too long, nested, or from elsewhere. */
  readonly refused: ReadonlySet<string>;
}

/** Longest text of an entity, and how many a document may declare: the longest seen in a feed had 40 characters. */
const MAX_ENTITY_LENGTH = 1000;
const MAX_ENTITIES = 300;

/** How far into a document its declaration is looked for. */
const PROLOG = 5000;

/** @param source a whole document */
export function takeDoctype(source: string): Doctype {
  const start = startOfDeclaration(source.slice(0, PROLOG));
  if (start < 0) return { text: source, entities: new Map(), refused: new Set() };
  const end = endOfDeclaration(source, start);
  return { text: source.slice(0, start) + source.slice(end), ...readEntities(source.slice(start, end)) };
}

/** It stands before all elements; people write of doctypes in comments. -1 where there is none. */
function startOfDeclaration(prolog: string): number {
  for (const { 0: found, index } of prolog.matchAll(/<!--[\s\S]*?-->|<!doctype\b|<[a-z]/gi)) {
    if (!found.startsWith('<!--')) return found.length > 2 ? index : -1;
  }
  return -1;
}

/** The first `>` outside quotes, comments and the square brackets of an internal subset. */
function endOfDeclaration(source: string, start: number): number {
  const marks = /<!--[\s\S]*?-->|"[^"]*"|'[^']*'|[[\]>]/g;
  marks.lastIndex = start;
  let isInside = false;
  for (let found = marks.exec(source); found !== null; found = marks.exec(source)) {
    if (found[0] === '[') isInside = true;
    else if (found[0] === ']') isInside = false;
    else if (found[0] === '>' && !isInside) return marks.lastIndex;
  }
  return source.indexOf('>', start) + 1 || source.length;
}

function readEntities(declaration: string): Pick<Doctype, 'entities' | 'refused'> {
  const entities = new Map<string, string>();
  const refused = new Set<string>();
  const declared = /<!ENTITY\s+(%\s+)?([^\s"'<>%]{1,200})\s+(?:"([^"]*)"|'([^']*)'|[A-Z]+)/g;
  for (const [, parameter, name = '', double, single] of declaration.matchAll(declared)) {
    if (entities.has(name) || refused.has(name)) continue;
    const value = double ?? single;
    const isPlain =
      parameter === undefined &&
      value !== undefined &&
      value.length <= MAX_ENTITY_LENGTH &&
      entities.size < MAX_ENTITIES &&
      !/&(?!#|(?:amp|lt|gt|quot|apos);)|%/.test(value);
    if (isPlain) entities.set(name, value);
    else refused.add(name);
  }
  return { entities, refused };
}
