/**
 * What the architecture test needs to know of one source file, read from its syntax tree: imports with their types,
 * catches, casts, the ambient things it touches. Whatever cannot be parsed throws: a guard must not overlook a file.
 */
import { dirname, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Import {
  /** Empty for dynamic and namespace imports: they may use everything. */
  readonly names: readonly string[];
  /** A path such as `src/model/item.ts`, or the name of a package, such as `node:fs` or `@exodus/bytes`. */
  readonly target: string;
  readonly typesOnly: boolean;
  readonly line: number;
}

export interface Export {
  readonly name: string;
  readonly type: boolean;
  readonly line: number;
}

/** Something at a place: the name of a cast's type, or of an ambient thing. */
export interface Mention {
  readonly name: string;
  readonly line: number;
}

export interface SourceFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  /** Its folder under src/, or the name of a file that stands in src/ itself. */
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly catches: readonly number[];
  readonly casts: readonly Mention[];
  /** `console`, `Date.now`, `new Date`, `process.env` … */
  readonly ambient: readonly Mention[];
  readonly exports: readonly Export[];
  readonly defaultExport: boolean;
  /** Everything that it exports stands in other files. */
  readonly barrel: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** @throws Error where the text is no TypeScript */
export function readSourceFile(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const nodes = collectNodes(program);
  const lineOf = (node: Node): number => text.slice(0, node.start).split('\n').length;
  const exports = nodes.filter((node) => node.type.startsWith('Export') && node.type.endsWith('Declaration'));
  return {
    path,
    room: path.split('/')[1] ?? '',
    lines: text.replace(/\n$/, '').split('\n').length,
    imports: nodes.flatMap((node) => readImport(node, path, lineOf(node))),
    catches: nodes.filter(isCatch).map(lineOf),
    casts: nodes.flatMap((node) =>
      isCast(node) ? [{ name: castName(node, text), line: lineOf(node) }] : [],
    ),
    ambient: nodes.flatMap((node) => readAmbient(node).map((name) => ({ name, line: lineOf(node) }))),
    exports: exports.flatMap((node) => readExports(node, lineOf(node))),
    defaultExport: exports.some((node) => node.type === 'ExportDefaultDeclaration'),
    barrel: exports.length > 0 && exports.every((node) => isNode(node['source'])),
  };
}

function collectNodes(root: unknown): Node[] {
  const found: Node[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) open.push(...next);
    else if (isNode(next)) {
      found.push(next);
      open.push(...Object.values(next));
    }
  }
  return found.toSorted((one, other) => one.start - other.start);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Static, dynamic and type imports, re-exports, and what `createRequire` and `getBuiltinModule` bring in. */
function readImport(node: Node, path: string, line: number): Import[] {
  const specifier = importSpecifier(node);
  if (specifier === null) return [];
  const target = specifier.startsWith('.')
    ? posix.join(dirname(path), specifier)
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
  const parts = Array.isArray(node['specifiers']) ? node['specifiers'].filter(isNode) : [];
  const kinds = [node['importKind'], node['exportKind']];
  const typesOnly =
    node.type === 'TSImportType' ||
    kinds.includes('type') ||
    (parts.length > 0 && parts.every((part) => part['importKind'] === 'type'));
  const whole = parts.some((part) => part.type === 'ImportNamespaceSpecifier');
  return [{ target, names: whole ? [] : parts.map(importedName), typesOnly, line }];
}

function importSpecifier(node: Node): string | null {
  const sourced = [
    'ImportDeclaration',
    'ExportNamedDeclaration',
    'ExportAllDeclaration',
    'ImportExpression',
    'TSImportType',
  ];
  if (sourced.includes(node.type)) return literal(node['source'] ?? node['argument']);
  const callee = node.type === 'CallExpression' ? calleeName(node['callee']) : '';
  const given = Array.isArray(node['arguments']) ? node['arguments'] : [];
  return /^(require|process\.getBuiltinModule)$/.test(callee) ? literal(given[0]) : null;
}

function literal(node: unknown): string | null {
  return isNode(node) && typeof node['value'] === 'string' ? node['value'] : null;
}

function importedName(part: Node): string {
  return identifierName(part['imported'] ?? part['local']);
}

function calleeName(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type !== 'MemberExpression') return '';
  return `${calleeName(node['object'])}.${calleeName(node['property'])}`;
}

function readExports(node: Node, line: number): Export[] {
  const type = node['exportKind'] === 'type';
  const declared = isNode(node['declaration']) ? namesDeclared(node['declaration']) : [];
  const listed = Array.isArray(node['specifiers']) ? node['specifiers'].filter(isNode) : [];
  const names = [...declared, ...listed.map((part) => identifierName(part['exported']))];
  return names.map((name) => ({ name, type, line }));
}

function namesDeclared(declaration: Node): string[] {
  const several = declaration['declarations'];
  if (Array.isArray(several)) return several.filter(isNode).map((one) => identifierName(one['id']));
  return [identifierName(declaration['id'])];
}

function identifierName(node: unknown): string {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : '';
}

/** `try … catch` and `promise.catch(…)` alike. */
function isCatch(node: Node): boolean {
  if (node.type === 'CatchClause') return true;
  return node.type === 'CallExpression' && calleeName(node['callee']).endsWith('.catch');
}

function isCast(node: Node): boolean {
  return node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion';
}

function castName(node: Node, text: string): string {
  const type = node['typeAnnotation'];
  return isNode(type) ? text.slice(type.start, Number(type['end'])) : '';
}

function readAmbient(node: Node): string[] {
  if (node.type === 'MemberExpression') {
    const name = calleeName(node);
    return /^(Date\.now|Math\.random|performance\.now|process\.\w+|console\.\w+|globalThis\.(fetch|WebSocket|EventSource))$/.test(
      name,
    )
      ? [name]
      : [];
  }
  const bareDate = Array.isArray(node['arguments']) && node['arguments'].length === 0;
  if (node.type === 'NewExpression') {
    const made = calleeName(node['callee']);
    if (made === 'WebSocket' || made === 'EventSource') return [made];
    return bareDate && made === 'Date' ? ['new Date'] : [];
  }
  if (node.type !== 'CallExpression') return [];
  const name = calleeName(node['callee']);
  return /^(setTimeout|setInterval|setImmediate|fetch|require|createRequire)$/.test(name) ? [name] : [];
}
