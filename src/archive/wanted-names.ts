/**
 * Judges what a walk found by name and kind alone: what is read, what is refused and why, what is nobody's business.
 * Links that leave the archive are refused, so that no configuration of an archive can read the rest of the machine.
 */
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Warning } from '../model/warning.ts';
import { isUnreadableName, type NameMatcher } from './file-name.ts';
import { type FoundName, MAX_DEPTH } from './walk.ts';

/** A warning whose place is still to be named. */
export type Reason = Omit<Warning, 'where'>;

/** A name to be looked at. A directory is here only so that an earlier complaint about it can be taken back. */
export type WantedName =
  | { readonly path: string; readonly kind: 'file' | 'directory' }
  | { readonly path: string; readonly kind: 'refused'; readonly reason: Reason };

/** @param root the archive directory with every link resolved */
export async function wantedNames(
  found: readonly FoundName[],
  root: string,
  matches: NameMatcher,
): Promise<WantedName[]> {
  const wanted: WantedName[] = [];
  for (const name of found) {
    const judged = name.kind === 'link' ? await judgeLink(name, root, matches) : judge(name, matches);
    if (judged !== null) wanted.push(judged);
  }
  return wanted;
}

const REASONS = {
  name: { code: 'name-not-utf8', message: 'file name is not UTF-8; rename the file to have it read' },
  unreadable: {
    code: 'directory-unreadable',
    message: 'directory cannot be listed; allow Feedmill to read it',
  },
  'too-deep': { code: 'directory-too-deep', message: `directory is more than ${MAX_DEPTH} levels deep` },
  other: { code: 'not-a-file', message: 'is a device, a pipe or a socket; never opened' },
  leaves: {
    code: 'link-leaves-archive',
    message: 'symbolic link leaves the archive; put the file itself here',
  },
  broken: { code: 'link-broken', message: 'symbolic link leads nowhere' },
} as const satisfies Record<string, Reason>;

function judge({ path, kind }: FoundName, matches: NameMatcher): WantedName | null {
  if (kind === 'directory') return { path, kind };
  if (kind === 'unreadable' || kind === 'too-deep') return refused(path, kind);
  if (!matches(path)) return null;
  if (kind === 'other') return refused(path, 'other');
  return isUnreadableName(path) ? refused(path, 'name') : { path, kind: 'file' };
}

/** Links inside the archive are skipped in silence: what they lead to is read under its own name. */
async function judgeLink(
  { path }: FoundName,
  root: string,
  matches: NameMatcher,
): Promise<WantedName | null> {
  const target = await targetOf(join(root, path));
  if (target === null) return matches(path) ? refused(path, 'broken') : null;
  if (target.path === root || target.path.startsWith(root + sep)) return null;
  return target.isDirectory || matches(path) ? refused(path, 'leaves') : null;
}

async function targetOf(link: string): Promise<{ path: string; isDirectory: boolean } | null> {
  try {
    const path = await realpath(link);
    return { path, isDirectory: (await stat(path)).isDirectory() };
  } catch {
    return null;
  }
}

function refused(path: string, why: keyof typeof REASONS): WantedName {
  return { path, kind: 'refused', reason: REASONS[why] };
}
