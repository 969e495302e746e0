/**
 * From what the schema found to what a person reads: the key, what is wrong, what was found, what was probably meant.
 * What may be a secret is never shown: values from the environment, and everything under the keys named below.
 */
import type { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import { SOURCE_TYPES } from './schema/sources.ts';
import type { Path, Tree } from './yaml/tree.ts';
import { shownKey } from './yaml/tree.ts';
import type { IssueParams } from './schema/values.ts';
import { MUST_BE_TEXT } from './schema/values.ts';

/** A mistake about what is, or is missing, at a path of the tree. */
export interface FoundMistake {
  readonly path: Path;
  /** Which place is shown: its value, its key, or, for what is missing, the key of the map that it is missing in. */
  readonly at: 'value' | 'key' | 'parent';
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

const SECRET_KEYS: ReadonlySet<string | number> = new Set(
  'auth user password bearer token headers url base_url proxy icon'.split(' '),
);

/** Turns one issue of the schema into mistakes: one for each key that is not known, otherwise one. */
export function describeIssue(issue: Issue, tree: Tree): FoundMistake[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey([...path, key], issue.message.split(' ')));
  }
  if (issue.code === 'invalid_key') return [invalidKey(path, issue)];
  return issue.code === 'invalid_union'
    ? describeUnion(issue, path, tree)
    : [invalidValue(issue, path, tree)];
}

/** A path as people write it: `sources.dw.pipeline[0]`. */
export function shownPath(path: Path): string {
  let shown = '';
  for (const part of path) {
    if (typeof part === 'number') shown += `[${part}]`;
    else shown += `${shown === '' ? '' : '.'}${/^[\w-]+$/.test(part) ? part : shownKey(part)}`;
  }
  return shown;
}

function unknownKey(path: Path, known: readonly string[]): FoundMistake {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  const noun = parent[0] === 'pipelines' && parent.length === 3 ? 'step' : 'key';
  const where = parent.length === 0 ? '' : ` in ${shownPath(parent)}`;
  const [before = ''] = key.split(':');
  const hint = before === key ? didYouMean(key, known) : ' A space is missing after the colon.';
  return { path, at: 'key', message: `unknown ${noun} ${shownKey(key)}${where}.${hint}` };
}

function invalidKey(path: Path, issue: Extract<Issue, { code: 'invalid_key' }>): FoundMistake {
  const custom = path.at(-2) === 'headers' ? issue.issues[0]?.message : undefined;
  const wrong =
    custom ?? 'is not a usable name: use letters, digits, . _ and -, and begin with a letter or digit';
  return {
    path,
    at: 'key',
    message: `${shownKey(String(path.at(-1)))} in ${shownPath(path.slice(0, -1))} ${wrong}`,
  };
}

/** Of a value that may be one thing or another, the one that it tried to be. */
function describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
  tree: Tree,
): FoundMistake[] {
  if (issue.discriminator !== undefined) return [invalidValue(issue, path, tree, SOURCE_TYPES)];
  const tried = issue.errors.find((issues) =>
    issues.every(({ path: inner, code }) => inner.length > 0 || code !== 'invalid_type'),
  );
  if (tried === undefined) return [invalidValue(issue, path, tree)];
  return tried.flatMap((inner) => describeIssue({ ...inner, path: [...path, ...inner.path] }, tree));
}

function invalidValue(issue: Issue, path: Path, tree: Tree, choices: readonly string[] = []): FoundMistake {
  const value = valueAt(tree.value, path);
  if (path.length === 0) return { path, at: 'value', message: `the file ${issue.message}` };
  if (value === undefined) return missingKey(path, issue.message);
  const params: IssueParams = issue.code === 'custom' ? (issue.params ?? {}) : {};
  if (params.whole === true) return { path, at: 'value', message: `${shownPath(path)}: ${issue.message}` };
  const found = saysItself(issue, value)
    ? ''
    : describeFound(issue.message, path, tree, namesOf(issue) ?? choices);
  return { path, at: 'value', message: `${shownPath(path)} ${issue.message}${found}` };
}

/** Of a map or list that is one as it should be, it says nothing to say so. */
function saysItself(issue: Issue, value: unknown): boolean {
  return typeof value === 'object' && value !== null && !/^invalid_(type|union)$/.test(issue.code);
}

function namesOf(issue: Issue): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.filter(isText);
  const params: IssueParams = issue.code === 'custom' ? (issue.params ?? {}) : {};
  return params.names;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** How the sentence ends: what was found, and what was probably meant. */
function describeFound(wanted: string, path: Path, tree: Tree, names: readonly string[]): string {
  const value = valueAt(tree.value, path);
  const variables = tree.placeOf(path)?.variables ?? [];
  const secret = path.some((part) => SECRET_KEYS.has(part));
  const joint = wanted.startsWith('must') ? ', not ' : ': ';
  if (variables.length > 0) return `${joint}the value of ${variables.join(' and ')}.`;
  const unquoted = wanted === MUST_BE_TEXT && (typeof value === 'number' || typeof value === 'boolean');
  const hint = secret || !isText(value) ? '' : didYouMean(value, names);
  return `${joint}${shownValue(value, secret)}.${unquoted ? ' Put it in quotes.' : hint}`;
}

function missingKey(path: Path, wanted: string): FoundMistake {
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? 'the file' : shownPath(parent);
  return {
    path,
    at: 'parent',
    message: `${where} lacks the key ${shownKey(String(path.at(-1)))}; it ${wanted}`,
  };
}

function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === null ? '' : ` Did you mean ${JSON.stringify(nearest)}?`;
}

function shownValue(value: unknown, secret: boolean): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' || typeof value === 'boolean') {
    return secret ? `a ${typeof value}` : `the ${typeof value} ${value}`;
  }
  if (typeof value !== 'string') return 'a map';
  // An address may stand where none is expected, with a password in it.
  if (secret || value.includes('://')) return 'this text';
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, part)?.value;
  }
  return value;
}
