/**
 * Walks an archive directory without ever holding it whole: names come in chunks, one directory is open per level.
 * Nothing is opened here but directories; what cannot be listed is part of what was found, and stops nothing.
 */
import type { Dir, Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { FeedmillError } from '../model/error.ts';
import { isPassedOver } from './file-name.ts';

/** One name in a directory. `path` is inside the archive, with `/`. */
export interface FoundName {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'directory' | 'unreadable' | 'too-deep' | 'other';
}

/** Names held at a time for each level: few enough for 100,000 files in constant memory, many enough to ask the store rarely. */
const CHUNK_NAMES = 500;

/** Levels of directories that are followed. Archives have two or three; a loop made with bind mounts has no end. */
export const MAX_DEPTH = 64;

/**
 * Every name that is not passed over, in chunks of at most `CHUNK_NAMES`, sorted within a chunk.
 * A directory comes as a name of its own once it was opened, so that what was said of it before can be taken back.
 * @throws `unreadable` where the archive directory itself cannot be listed
 */
export async function* walkDirectory(root: string): AsyncGenerator<FoundName[]> {
  yield* walkLevel(await openRoot(root), root, '', 0);
}

async function* walkLevel(
  dir: Dir,
  root: string,
  inside: string,
  depth: number,
): AsyncGenerator<FoundName[]> {
  for await (const chunk of chunksOf(dir)) {
    const names = chunk
      .filter(({ name }) => !isPassedOver(name))
      .map((entry): FoundName => ({ path: inside + entry.name, kind: kindOf(entry) }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
    yield names.filter(({ kind }) => kind !== 'directory');
    for (const { path } of names.filter(({ kind }) => kind === 'directory'))
      yield* walkChild(root, path, depth + 1);
  }
}

async function* walkChild(root: string, path: string, depth: number): AsyncGenerator<FoundName[]> {
  const opened = depth > MAX_DEPTH ? 'too-deep' : await openChild(join(root, path));
  if (opened === 'too-deep' || opened === 'unreadable') yield [{ path, kind: opened }];
  else if (opened !== 'gone') {
    yield [{ path, kind: 'directory' }];
    yield* walkLevel(opened, root, `${path}/`, depth);
  }
}

async function* chunksOf(dir: Dir): AsyncGenerator<Dirent[]> {
  let chunk: Dirent[] = [];
  for await (const entry of dir) {
    chunk.push(entry);
    if (chunk.length === CHUNK_NAMES) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

function kindOf(entry: Dirent): FoundName['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

async function openRoot(root: string): Promise<Dir> {
  try {
    return await opendir(root, { bufferSize: CHUNK_NAMES });
  } catch (error) {
    throw new FeedmillError(
      'unreadable',
      `The archive directory ${root} cannot be read. Create it, allow reading it, or correct "path" in the configuration.`,
      { cause: error },
    );
  }
}

async function openChild(path: string): Promise<Dir | 'gone' | 'unreadable'> {
  try {
    return await opendir(path, { bufferSize: CHUNK_NAMES });
  } catch (error) {
    return isGone(error) ? 'gone' : 'unreadable';
  }
}

/** Whether a file system's error says that the name is no longer there: ordinary while others write to the archive. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
