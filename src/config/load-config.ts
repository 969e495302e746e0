/**
 * From the text of the YAML file to a frozen `Config`, or to every mistake in it at once, each with its place (product.md section 2).
 * Never throws for what stands in the file. Reads nothing itself: what it must know of the world is handed in.
 */
import { basename, dirname, resolve } from 'node:path';
import type { Config, ConfigMistake } from '../model/config.ts';
import type { FoundMistake } from './describe-issue.ts';
import { describeIssue } from './describe-issue.ts';
import { checkFeedPaths } from './feed-paths.ts';
import type { Overrides } from './resolve-config.ts';
import { resolveConfig } from './resolve-config.ts';
import { configSchema } from './schema/config-schema.ts';
import { listWithoutEffect } from './without-effect.ts';
import { decodeFile } from './yaml/decode-file.ts';
import type { Environment } from './yaml/environment.ts';
import { positionsIn } from './yaml/lines.ts';
import type { Position } from './yaml/lines.ts';
import { parseYaml } from './yaml/parse-yaml.ts';
import type { Path, Tree } from './yaml/tree.ts';
import { buildTree } from './yaml/tree.ts';
import type { Surroundings } from './schema/checked-values.ts';

/** The world around the file. */
export interface ConfigContext extends Pick<Surroundings, 'checkPattern' | 'checkSelector' | 'isDirectory'> {
  /** Path of the YAML file; relative paths in it start at its directory. */
  readonly file: string;
  readonly env: Environment;
  readonly overrides?: Overrides;
}

/** Nobody reads more; and each is compared with all names to say which was meant. */
const MAX_DESCRIBED = 1000;

export type LoadedConfig = { readonly config: Config } | { readonly mistakes: readonly ConfigMistake[] };

/** Loads a configuration from the text or bytes of its file. Of more than a thousand mistakes the first thousand are described. */
export function loadConfig(input: string | Uint8Array, context: ConfigContext): LoadedConfig {
  const decoded = decodeFile(input);
  if ('mistake' in decoded) return { mistakes: [decoded.mistake] };
  const { text } = decoded;
  const positionOf = positionsIn(text);
  const { document, mistakes: syntax } = parseYaml(text);
  if (document === null) return { mistakes: inOrder(syntax, positionOf) };

  const tree = buildTree(document, text, context.env);
  const soFar = [...syntax, ...tree.mistakes];
  if (tree.value === undefined) return { mistakes: inOrder(soFar, positionOf) };

  const file = resolve(context.file);
  const parsed = configSchema(surroundingsOf(tree, file, context)).safeParse(tree.value);
  const found = [
    ...(parsed.error?.issues ?? []).slice(0, MAX_DESCRIBED).flatMap((issue) => describeIssue(issue, tree)),
    ...checkFeedPaths(mapAt(tree.value, 'feeds')),
  ].filter(({ path }) => !knownAsBroken(tree, path));
  const mistakes = [...soFar, ...found.map((mistake) => ({ ...mistake, offset: offsetOf(tree, mistake) }))];
  if (mistakes.length > 0 || !parsed.success) return { mistakes: inOrder(mistakes, positionOf) };

  const config = resolveConfig(parsed.data, file, context.overrides ?? {});
  return { config: deepFreeze({ ...config, withoutEffect: listWithoutEffect(tree.value) }) };
}

/** One mistake as a line for people and editors: `feedmill.yaml:12:5: unknown key …`. */
export function formatMistake(file: string, { line, column, message }: ConfigMistake): string {
  return `${basename(file)}:${line}:${column}: ${message}`;
}

function surroundingsOf(tree: Tree, file: string, context: ConfigContext): Surroundings {
  return {
    directory: dirname(file),
    sources: new Set(Object.keys(mapAt(tree.value, 'sources'))),
    pipelines: new Set(Object.keys(mapAt(tree.value, 'pipelines'))),
    fromEnvironment: tree.fromEnvironment,
    checkPattern: (source, replacement) => context.checkPattern(source, replacement),
    checkSelector: (selector) => context.checkSelector(selector),
    isDirectory: (path) => context.isDirectory(path),
  };
}

function mapAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || !(key in value)) return {};
  const inner: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
}

/** Whether something is wrong with the value, or with one that holds it, that was said before the schema looked at it. */
function knownAsBroken(tree: Tree, path: Path): boolean {
  return path.some((_, index) => tree.placeOf(path.slice(0, index + 1))?.broken === true);
}

function offsetOf(tree: Tree, { path, at }: FoundMistake): number {
  const place = tree.placeOf(at === 'parent' ? path.slice(0, -1) : path);
  return (at === 'value' ? place?.value : place?.key) ?? 0;
}

function inOrder(
  mistakes: readonly { offset: number; message: string }[],
  positionOf: (offset: number) => Position,
): ConfigMistake[] {
  const different = new Map(mistakes.map((mistake) => [`${mistake.offset} ${mistake.message}`, mistake]));
  return [...different.values()]
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, message }) => ({ ...positionOf(offset), message }));
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
