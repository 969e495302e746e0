/**
 * From YAML nodes to plain values, remembering where each came from. Aliases and merge keys (`<<`) are followed within a budget,
 * variables are replaced, keys written twice are refused. Maps have no prototype, so that no key means more than it says.
 */
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Document, Pair, Scalar, YAMLMap } from 'yaml';
import type { SyntaxMistake } from './parse-yaml.ts';
import type { Environment } from './environment.ts';
import { substitute } from './environment.ts';

export type Path = readonly (string | number)[];

/** Where a value was written, and what may be said about it. */
export interface Place {
  /** Offset of its key, or of itself in a list. */
  readonly key: number;
  readonly value: number;
  /** Variables that it was made from: if there are any, it is never shown. */
  readonly variables: readonly string[];
  /** A mistake in it is known already; what follows from that is not worth saying. */
  readonly broken: boolean;
}

export interface Tree {
  /** Undefined where it is too large; then nothing more can be said about it. */
  readonly value: unknown;
  readonly mistakes: readonly SyntaxMistake[];
  /** Texts that came out of the environment. */
  readonly fromEnvironment: ReadonlySet<string>;
  placeOf(path: Path): Place | undefined;
}

/** The deepest value of a configuration lies 6 deep. */
const MAX_DEPTH = 20;
/** Twice what a file can hold without aliases. With far more, the schema would take seconds and its stack overflow. */
const MAX_NODES = 60_000;

const TOO_MUCH =
  'here the file becomes too large: it holds over 60,000 values, counting those that aliases (*) repeat';

interface Walk {
  readonly source: string;
  readonly environment: Environment;
  readonly anchors: Map<string, unknown>;
  /** Nodes being built: an alias to one of them would contain itself. */
  readonly open: Set<unknown>;
  readonly places: Map<string, Place>;
  readonly mistakes: SyntaxMistake[];
  readonly fromEnvironment: Set<string>;
  /** How many aliases and merges we are inside of. */
  copying: number;
  /** How many values there are so far, and where that became too many. */
  nodes: number;
  tooLargeAt: number | null;
}

/** Builds the plain value of a document. `source` is its text. */
export function buildTree(document: Document.Parsed, source: string, environment: Environment): Tree {
  const walk: Walk = {
    source,
    environment,
    anchors: new Map(),
    open: new Set(),
    places: new Map(),
    mistakes: [],
    fromEnvironment: new Set(),
    copying: 0,
    nodes: 0,
    tooLargeAt: null,
  };
  const value = build(walk, document.contents, [], document.contents?.range[0] ?? 0);
  if (walk.tooLargeAt !== null) walk.mistakes.push({ offset: walk.tooLargeAt, message: TOO_MUCH });
  return {
    value: walk.tooLargeAt === null ? value : undefined,
    mistakes: walk.mistakes,
    fromEnvironment: walk.fromEnvironment,
    placeOf: (path) => walk.places.get(keyOf(path)),
  };
}

function build(walk: Walk, node: unknown, path: Path, keyOffset: number): unknown {
  const offset = offsetOf(node) ?? keyOffset;
  spend(walk, offset);
  if (walk.tooLargeAt !== null) return undefined;
  note(walk, path, { key: keyOffset, value: offset, variables: [], broken: false });
  if (path.length > MAX_DEPTH) return broken(walk, path, 'this is nested too deeply');
  if (isAlias(node)) return buildAliased(walk, node, path);
  if (isScalar(node)) return buildScalar(walk, node, path);
  if (!isMap(node) && !isSeq(node)) return null;

  if (walk.copying === 0 && node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  walk.open.add(node);
  const value = isMap(node)
    ? buildMap(walk, node, path)
    : node.items.map((item, index) => build(walk, item, [...path, index], offsetOf(item) ?? offset));
  walk.open.delete(node);
  return value;
}

function buildAliased(walk: Walk, alias: Alias, path: Path): unknown {
  const target = resolveAlias(walk, alias, path);
  if (target === undefined) return undefined;
  walk.copying += 1;
  const value = build(walk, target, path, walk.places.get(keyOf(path))?.key ?? 0);
  walk.copying -= 1;
  // What is wrong with a copy is said where it is used; the original is judged where it stands.
  const made = walk.places.get(keyOf(path));
  if (made !== undefined) note(walk, path, { ...made, value: offsetOf(alias) ?? made.value });
  return value;
}

function resolveAlias(walk: Walk, alias: Alias, path: Path): unknown {
  const target = walk.anchors.get(alias.source);
  if (target === undefined) {
    return broken(
      walk,
      path,
      'this alias (*) stands for nothing written above. Text that begins with * must stand in quotes',
    );
  }
  return walk.open.has(target)
    ? broken(walk, path, 'this alias (*) stands inside of what it repeats')
    : target;
}

function buildScalar(walk: Walk, scalar: Scalar, path: Path): unknown {
  if (walk.copying === 0 && scalar.anchor !== undefined) walk.anchors.set(scalar.anchor, scalar);
  const { value } = scalar;
  if (typeof value !== 'string' || !value.includes('${')) return value;
  const { text, variables, mistakes } = substitute(value, walk.environment);
  const place = walk.places.get(keyOf(path)) ?? { key: 0, value: 0 };
  let from = offsetOf(scalar) ?? place.value;
  for (const { found, message } of mistakes) {
    // A value may have many lines: the variable is looked up where it is written.
    const at = walk.source.indexOf(found, from);
    walk.mistakes.push({ offset: at === -1 ? place.value : at, message });
    from = at === -1 ? Infinity : at + found.length;
  }
  note(walk, path, { ...place, variables, broken: mistakes.length > 0 });
  if (variables.length > 0) walk.fromEnvironment.add(text);
  return text;
}

function buildMap(walk: Walk, map: YAMLMap, path: Path): unknown {
  const value: Record<string, unknown> = Object.create(null);
  const merged: Pair[] = [];
  const seen = new Map<string, number>();
  for (const pair of map.items) {
    const offset = offsetOf(pair.key) ?? offsetOf(map) ?? 0;
    const key = keyText(pair.key);
    if (key === null) {
      walk.mistakes.push({
        offset,
        message: 'a key must be text. Text in brackets or braces must stand in quotes',
      });
    } else if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
      merged.push(...mergedPairs(walk, pair.value, [...path, key], offset));
    } else if (key === '__proto__') {
      // No object of ours may be given this one, and zod passes over it in silence.
      walk.mistakes.push({ offset, message: 'unknown key "__proto__"' });
    } else if (seen.has(key)) {
      walk.mistakes.push({ offset, message: `the key ${shownKey(key)} is written twice here: a duplicate` });
      // Not used, but anchors in it may be; under a path that no value has.
      build(walk, pair.value, [...path, key, '<<'], offset);
    } else {
      seen.set(key, offset);
      value[key] = build(walk, pair.value, [...path, key], offset);
    }
  }
  mergeInto(walk, value, merged, path);
  return value;
}

/** Keys of the map itself win over merged ones, and earlier merged maps over later ones. */
function mergeInto(walk: Walk, value: Record<string, unknown>, merged: readonly Pair[], path: Path): void {
  walk.copying += 1;
  for (const pair of merged) {
    const key = keyText(pair.key);
    if (key === null || key in value) continue;
    value[key] = build(walk, pair.value, [...path, key], offsetOf(pair.key) ?? 0);
  }
  walk.copying -= 1;
}

/** The pairs of the map, or list of maps, that `<<` names. */
function mergedPairs(walk: Walk, node: unknown, path: Path, keyOffset: number): Pair[] {
  if (walk.tooLargeAt !== null) return [];
  note(walk, path, { key: keyOffset, value: offsetOf(node) ?? keyOffset, variables: [], broken: false });
  const target = isAlias(node) ? resolveAlias(walk, node, path) : node;
  if (target === undefined) return [];
  if (isSeq(target)) return target.items.flatMap((item) => mergedPairs(walk, item, path, keyOffset));
  if (!isMap(target)) {
    broken(walk, path, '<< takes an alias of a map, or a list of such aliases');
    return [];
  }
  spend(walk, keyOffset, target.items.length);
  walk.open.add(target);
  const pairs = target.items.flatMap((pair) =>
    keyText(pair.key) === '<<' ? mergedPairs(walk, pair.value, path, keyOffset) : [pair],
  );
  walk.open.delete(target);
  return pairs;
}

function spend(walk: Walk, offset: number, nodes = 1): void {
  walk.nodes += nodes;
  if (walk.nodes > MAX_NODES) walk.tooLargeAt ??= offset;
}

/** As it may be shown. A password that lost its space (`password:x`) is read as a key, so nothing after a colon is shown. */
export function shownKey(key: string): string {
  const colon = key.indexOf(':');
  const cut = colon === -1 ? key : `${key.slice(0, colon)}:…`;
  return JSON.stringify(cut.length > 80 ? `${cut.slice(0, 80)}…` : cut);
}

function keyText(key: unknown): string | null {
  if (!isScalar(key)) return null;
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

function note(walk: Walk, path: Path, place: Place): void {
  walk.places.set(keyOf(path), place);
}

function broken(walk: Walk, path: Path, message: string): undefined {
  const place = walk.places.get(keyOf(path));
  if (place === undefined) return;
  walk.mistakes.push({ offset: place.value, message });
  note(walk, path, { ...place, broken: true });
}

function offsetOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}

function keyOf(path: Path): string {
  return path.join('\u0000');
}
