/** Writes every item back as a file in the archive format; importing them into an empty store gives the same items. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FeedmillError } from '../model/error.ts';
import type { Seq, StoredItem } from '../model/item.ts';
import { archiveFileName, renderArchiveDocument } from '../publish/archive-document.ts';
import type { Store } from '../store/store.ts';
import type { Progress } from './app.ts';

const PAGE = 200;

/** Each file appears whole or not at all. @throws FeedmillError `write-failed` */
export async function exportArchive(
  store: Store,
  directory: string,
  options: { signal?: AbortSignal; progress?: (progress: Progress) => void } = {},
): Promise<{ written: number }> {
  let written = 0;
  let after: Seq | null = null;
  for (;;) {
    options.signal?.throwIfAborted();
    const items: readonly StoredItem[] = await store.listItems(after, PAGE);
    const last = items.at(-1);
    if (last === undefined) return { written };
    await writeAll(directory, items);
    written += items.length;
    after = last.seq;
    options.progress?.({ label: 'export', done: written, total: null });
  }
}

async function writeAll(directory: string, items: readonly StoredItem[]): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    for (const item of items) {
      const path = join(directory, archiveFileName(item));
      await writeFile(`${path}.tmp`, renderArchiveDocument(item));
      await rename(`${path}.tmp`, path);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FeedmillError('write-failed', `cannot write into ${directory}: ${reason}`, { cause });
  }
}
