/**
 * Writes everything that one refresh of one source brought, in one transaction: all of it, or after a crash none.
 * Other work runs in between; other writes wait for their turn.
 */
import type { Kysely } from 'kysely';
import type { ItemChange } from '../../model/item-change.ts';
import type { SeenFile } from '../../model/source.ts';
import type { Tables } from '../schema.ts';
import type { Refresh, RefreshEnding, SavedRefresh } from '../store.ts';
import { inSlices, paceWork } from '../pacing.ts';
import type { Definitions } from '../declare/definitions.ts';
import { touchPublications } from '../declare/membership.ts';
import { addItems, performChange } from './perform-change.ts';
import { beginSighting, type Sighting } from './sighting.ts';
import { saveDropped } from './drop-origin.ts';
import { saveSourceState } from './source-state-row.ts';
import type { NewItem } from './write-item.ts';

const FILES_A_STATEMENT = 100;
const ITEMS_A_STATEMENT = 16;

/** Performs the changes in their order, so that sequence numbers grow with it. */
export function saveRefresh(
  db: Kysely<Tables>,
  definitions: Definitions,
  refresh: Refresh,
): Promise<SavedRefresh> {
  const breathe = paceWork();
  return db.transaction().execute(async (tx) => {
    const sighting = await beginSighting(tx, definitions, refresh);
    const count = await performChanges(sighting, refresh.changes, breathe);
    for (const dropped of refresh.dropped) {
      await saveDropped(sighting, dropped);
      await breathe();
    }
    await saveFiles(tx, refresh.sourceNumber, refresh.files);
    if (refresh.ending !== null) await writeEnding(tx, refresh.ending);
    const publications = await touchPublications(tx, sighting.touched, refresh.at);
    return { ...count, publications };
  });
}

/** New items that follow one another are written together. */
async function performChanges(
  sighting: Sighting,
  changes: readonly ItemChange[],
  breathe: () => Promise<void>,
): Promise<{ added: number; changed: number }> {
  const count = { added: 0, changed: 0 };
  let fresh: NewItem[] = [];
  const addFresh = async (): Promise<void> => {
    await addItems(sighting, fresh);
    count.added += fresh.length;
    fresh = [];
    await breathe();
  };
  for (const change of changes) {
    if (change.kind === 'new') {
      fresh.push(change);
      if (fresh.length === ITEMS_A_STATEMENT) await addFresh();
    } else {
      await addFresh();
      if ((await performChange(sighting, change)) === 'changed') count.changed += 1;
    }
  }
  await addFresh();
  return count;
}

/** Writes how a refresh ended. */
export function saveEnding(db: Kysely<Tables>, ending: RefreshEnding): Promise<void> {
  return db.transaction().execute((tx) => writeEnding(tx, ending));
}

async function writeEnding(tx: Kysely<Tables>, ending: RefreshEnding): Promise<void> {
  const { sourceNumber, at, error, warnings, state } = ending;
  await tx
    .updateTable('sources')
    .set({
      last_attempt: at,
      ...(error === null ? { last_success: at } : {}),
      error_code: error?.code ?? null,
      error_message: error?.message ?? null,
      ...(warnings === null ? {} : { warnings: JSON.stringify(warnings) }),
    })
    .where('number', '=', sourceNumber)
    .execute();
  if (state !== null) await saveSourceState(tx, sourceNumber, state);
}

async function saveFiles(tx: Kysely<Tables>, source: number, files: readonly SeenFile[]): Promise<void> {
  const breathe = paceWork();
  for (const slice of inSlices(files, FILES_A_STATEMENT)) {
    await tx
      .insertInto('files')
      .values(slice.map((file) => rowOf(source, file)))
      .onConflict((conflict) =>
        conflict.columns(['source', 'path']).doUpdateSet((eb) => ({
          bytes: eb.ref('excluded.bytes'),
          modified: eb.ref('excluded.modified'),
          hash: eb.ref('excluded.hash'),
          outcome: eb.ref('excluded.outcome'),
          warnings: eb.ref('excluded.warnings'),
        })),
      )
      .execute();
    await breathe();
  }
}

function rowOf(source: number, { path, bytes, modified, hash, outcome, warnings }: SeenFile) {
  return {
    source,
    path,
    bytes,
    modified,
    hash,
    outcome,
    warnings: warnings.length === 0 ? null : JSON.stringify(warnings),
  };
}
