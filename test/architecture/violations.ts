/**
 * The rules of the house, as functions from files and tables to the sentences that say what is wrong where.
 * The tables themselves are in test/architecture.test.ts.
 */
import type { Import, SourceFile } from './source-file.ts';

/** What a room may import besides itself: folders under src/ or single files; `types` only as types. */
export interface Doorway {
  readonly may: readonly string[];
  readonly types?: readonly string[];
}

export function findForeignImports(
  files: readonly SourceFile[],
  rooms: Readonly<Record<string, Doorway>>,
): string[] {
  return files.flatMap((file) => {
    const doorway = rooms[file.room] ?? { may: [] };
    return file.imports
      .filter((found) => found.target.startsWith('src/') && !mayImport(file, found, doorway))
      .map((found) => `${at(file, found.line)} imports ${found.target}; ${describe(file.room, doorway)}`);
  });
}

function mayImport(file: SourceFile, found: Import, doorway: Doorway): boolean {
  const open = [file.room, ...doorway.may, ...(found.typesOnly ? (doorway.types ?? []) : [])];
  return open.some((place) => isIn(found.target, `src/${place}`));
}

function isIn(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

function describe(room: string, doorway: Doorway): string {
  const types = doorway.types === undefined ? '' : `, and the types of ${doorway.types.join(', ')}`;
  return `${room} may import ${doorway.may.join(', ') || 'nothing'}${types}`;
}

/** Packages outside their home, and packages that nobody gave one. A home is a folder, or a file where one file is the rule. */
export function findStrayPackages(
  files: readonly SourceFile[],
  homes: Readonly<Record<string, readonly string[]>>,
): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter(({ target }) => !target.startsWith('src/') && !target.startsWith('node:') && !(target in homes))
      .map(({ target, line }) => `${at(file, line)} imports ${target}, which has no home in the table`)
      .concat(
        file.imports
          .filter(({ target }) => homes[target]?.every((home) => !isIn(file.path, `src/${home}`)))
          .map(
            ({ target, line }) =>
              `${at(file, line)} imports ${target}; its home is ${homes[target]?.join(', ')}`,
          ),
      ),
  );
}

/** Stages without effects: no clock, no chance, no timer, no process, and of Node only what computes. */
export function findEffects(
  files: readonly SourceFile[],
  isPure: (file: SourceFile) => boolean,
  computing: readonly string[],
): string[] {
  return files
    .filter(isPure)
    .flatMap((file) => [
      ...file.imports
        .filter(
          (found) =>
            found.target.startsWith('node:') && !found.typesOnly && !computing.includes(found.target),
        )
        .map((found) => `${at(file, found.line)} imports ${found.target}; ${file.room} is without effects`),
      ...file.ambient.map(
        (found) => `${at(file, found.line)} uses ${found.name}; ${file.room} is without effects`,
      ),
    ]);
}

const OF_THE_NETWORK = /^(node:(http|https|http2|net|tls|dns|dgram)|undici)$/;
/** What these modules offer that opens no connection. */
const HARMLESS = ['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'STATUS_CODES'];

/** Ways to the network: modules, but for what computes in them, and the globals of the platform. */
export function waysOut(file: SourceFile): { line: number }[] {
  const modules = file.imports.filter(
    ({ target, names, typesOnly }) =>
      OF_THE_NETWORK.test(target) &&
      !typesOnly &&
      (names.length === 0 || names.some((name) => !HARMLESS.includes(name))),
  );
  const globals = file.ambient.filter(({ name }) =>
    /^(globalThis\.)?(fetch|WebSocket|EventSource)$/.test(name),
  );
  return [...modules, ...globals];
}

/** Mentions, of whatever kind, outside the places that the table allows. */
export function findMisplaced(
  files: readonly SourceFile[],
  places: readonly string[],
  mentions: (file: SourceFile) => readonly { line: number }[],
  what: string,
): string[] {
  return files
    .filter((file) => !places.some((place) => isIn(file.path, `src/${place}`)))
    .flatMap((file) => mentions(file).map(({ line }) => `${at(file, line)} ${what}`));
}

/** Table rows that are no longer needed: an exception that nobody uses is taken back. */
export function findIdleExceptions(
  files: readonly SourceFile[],
  places: readonly string[],
  mentions: (file: SourceFile) => readonly unknown[],
): string[] {
  return places.filter((place) =>
    files.every((file) => !isIn(file.path, `src/${place}`) || mentions(file).length === 0),
  );
}

/** Every import counts, also of types: who reads one file of a circle has to read them all. */
export function findCircles(files: readonly SourceFile[]): string[] {
  const next = new Map(files.map((file) => [file.path, file.imports.map(({ target }) => target)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (done.has(path) || way.includes(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return circles;
}

const DRAWERS = [
  'utils?',
  'helpers?',
  'common',
  'shared',
  'misc',
  'lib',
  'core',
  'base',
  'managers?',
  'services?',
  'index',
];
const DRAWER = new RegExp(`^(${DRAWERS.join('|')})(\\.|$)`);

/** Names that say nothing, files that only pass on, default exports, and files too long to be read at once. */
export function findBadShapes(
  files: readonly SourceFile[],
  limits: { lines: number; exports: number },
): string[] {
  return files.flatMap((file) => [
    ...countExports(file, limits.exports),
    ...file.path
      .split('/')
      .filter((part) => DRAWER.test(part))
      .map((part) => `${file.path} has a drawer's name, ${part}: put each function with its noun`),
    ...(/^[a-z0-9/.-]+$/.test(file.path) ? [] : [`${file.path} is not in kebab-case`]),
    ...(file.barrel ? [`${file.path} only passes on what stands elsewhere: import it from there`] : []),
    ...(file.defaultExport ? [`${file.path} has a default export: name it`] : []),
    ...(file.lines > limits.lines ? [`${file.path} has ${file.lines} lines, over ${limits.lines}`] : []),
  ]);
}

/** Types do not count: a port is one file with many shapes. */
function countExports(file: SourceFile, limit: number): string[] {
  const values = file.exports.filter(({ type }) => !type).length;
  return values > limit ? [`${file.path} exports ${values} functions and constants, over ${limit}`] : [];
}

/** Functions and constants that nobody imports; `users` are all files that may, tests included. */
export function findUnusedExports(files: readonly SourceFile[], users: readonly SourceFile[]): string[] {
  const used = new Set<string>();
  for (const { target, names } of users.flatMap((user) => user.imports)) {
    for (const name of names) used.add(`${target} ${name}`);
    if (names.length === 0) used.add(`${target} *`);
  }
  return files
    .filter((file) => !used.has(`${file.path} *`))
    .flatMap((file) =>
      file.exports
        .filter(({ name, type }) => !type && !used.has(`${file.path} ${name}`))
        .map(({ name, line }) => `${at(file, line)} exports ${name}, which nobody imports`),
    );
}

function at(file: SourceFile, line: number): string {
  return `${file.path}:${line}`;
}
