/**
 * Archive files as they were when they were last read.
 */
import type { Kysely } from 'kysely';
import type { SeenFile } from '../../model/source.ts';
import type { Warning } from '../../model/warning.ts';
import { inSlices, paceWork } from '../pacing.ts';
import type { Tables } from '../schema.ts';

/** Those of the paths that were seen before, by path. */
export async function knownFiles(
  db: Kysely<Tables>,
  source: number,
  paths: readonly string[],
): Promise<Map<string, SeenFile>> {
  const breathe = paceWork();
  const files = new Map<string, SeenFile>();
  for (const slice of inSlices(paths, 500)) {
    const rows = await db
      .selectFrom('files')
      .select(['path', 'bytes', 'modified', 'hash', 'outcome', 'warnings'])
      .where('source', '=', source)
      .where('path', 'in', slice)
      .execute();
    for (const row of rows) files.set(row.path, { ...row, warnings: parseWarnings(row.warnings) });
    await breathe();
  }
  return files;
}

/** The warnings of the first files that have any, by path; `more`: how many further files have some. */
export async function listFileWarnings(
  db: Kysely<Tables>,
  source: number,
  limit: number,
): Promise<{ warnings: Warning[]; more: number }> {
  const odd = db.selectFrom('files').where('source', '=', source).where('warnings', 'is not', null);
  const rows = await odd.select('warnings').orderBy('path').limit(limit).execute();
  const { count } = await odd.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const warnings = rows.flatMap((row) => parseWarnings(row.warnings));
  return { warnings, more: count - rows.length };
}

function parseWarnings(json: string | null): Warning[] {
  return json === null ? [] : (JSON.parse(json) as Warning[]);
}
