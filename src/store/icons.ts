/**
 * Icons of sources: small pictures, kept once by the hash of their bytes.
 */
import type { Kysely } from 'kysely';
import type { EpochMs } from '../model/time.ts';
import type { Tables } from './schema.ts';
import type { Icon } from './store.ts';

/** Replaces what was found before; a picture that no source shows any more goes. */
export function saveIcon(db: Kysely<Tables>, source: number, icon: Icon | null, at: EpochMs): Promise<void> {
  return db.transaction().execute(async (tx) => {
    if (icon !== null) {
      const { hash, mediaType, bytes } = icon;
      await tx
        .insertInto('icons')
        .values({ hash, media_type: mediaType, bytes })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    const found = { icon: icon?.hash ?? null, looked: at };
    await tx
      .insertInto('source_icons')
      .values({ source, ...found })
      .onConflict((conflict) => conflict.column('source').doUpdateSet(found))
      .execute();
    const shown = tx.selectFrom('source_icons').select('icon').where('icon', 'is not', null);
    await tx.deleteFrom('icons').where('hash', 'not in', shown).execute();
  });
}

/** By the hash of its bytes. */
export async function getIcon(db: Kysely<Tables>, hash: string): Promise<Icon | null> {
  const row = await db.selectFrom('icons').selectAll().where('hash', '=', hash).executeTakeFirst();
  return row === undefined ? null : { hash: row.hash, mediaType: row.media_type, bytes: row.bytes };
}

/** When it was last looked for. */
export async function iconLooked(db: Kysely<Tables>, source: number): Promise<EpochMs | null> {
  const row = await db
    .selectFrom('source_icons')
    .select('looked')
    .where('source', '=', source)
    .executeTakeFirst();
  return row?.looked ?? null;
}
