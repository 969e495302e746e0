/**
 * What the name of a file says: whether it is passed over, whether it is one of ours to read, and what is odd about it.
 * A name is an opaque label (product.md section 5): nothing is computed from it, but a person should hear of odd ones.
 */
import picomatch from 'picomatch';
import type { Warning } from '../model/warning.ts';

/** Whether the path, with `/`, is one that the source asks for. Case does not count: `.TXT` is read. */
export type NameMatcher = (path: string) => boolean;

/** A matcher for the glob of an archive source. Hidden files never match, and neither do `*.tmp`. */
export function nameMatcher(glob: string): NameMatcher {
  const matches = picomatch(glob, { dot: false, nocase: true });
  return (path) => !isPassedOver(path.slice(path.lastIndexOf('/') + 1)) && matches(path);
}

/** Hidden names, and those that programs give to files they have not finished: never read, never reported. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name.toLowerCase().endsWith('.tmp');
}

/** A name whose bytes are not UTF-8 reaches us with replacement characters, and cannot be opened by it. */
export function isUnreadableName(name: string): boolean {
  return name.includes('\u{FFFD}');
}

/** What is odd about a name. The file is read all the same. */
export function nameWarnings(path: string): Warning[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return ODD_NAMES.filter((odd) => odd.is(name)).map(({ code, message }) => ({
    code,
    message: `file name ${message}; read all the same`,
    where: path,
  }));
}

/**
 * Names in a directory chunk whose sixteen-digit part another name of the chunk has as well, and that other name.
 * Chunks are what the walk brings together (walk.ts); names further apart are not compared.
 */
export function sharedLabels(paths: readonly string[]): Map<string, string> {
  const first = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const path of paths) {
    const label = LABEL.exec(path)?.[1]?.toLowerCase();
    const earlier = label === undefined ? undefined : first.get(label);
    if (earlier !== undefined) {
      shared.set(path, earlier);
      if (!shared.has(earlier)) shared.set(earlier, path);
    } else if (label !== undefined) first.set(label, path);
  }
  return shared;
}

const LABEL = /(?:^|\/)\d+_([0-9a-f]{16})\.[^/]*$/i;

const ODD_NAMES: readonly { code: string; message: string; is: (name: string) => boolean }[] = [
  {
    code: 'name-not-composed',
    message: 'is written with letters and accents apart (Unicode NFD)',
    is: (name) => name !== name.normalize('NFC'),
  },
  {
    code: 'name-with-shell-characters',
    message: 'holds quotes or other characters that a shell obeys',
    is: (name) => /['"`$;|&<>*?\\]/.test(name),
  },
  {
    code: 'name-with-control-characters',
    message: 'holds control characters',
    is: (name) => /\p{Cc}/u.test(name),
  },
  {
    code: 'name-with-leading-dash',
    message: 'begins with a dash, which commands take for an option',
    is: (name) => name.startsWith('-'),
  },
];
