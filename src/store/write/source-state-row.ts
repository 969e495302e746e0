/**
 * What was learned of a source by fetching it, as a row and back. Attempt and success stand in `sources`, once for all kinds.
 */
import type { Insertable, Kysely, Selectable } from 'kysely';
import type { SourceState } from '../../model/fetch.ts';
import type { EpochMs } from '../../model/time.ts';
import type { Tables } from '../schema.ts';

type Row = Selectable<Tables['source_states']>;

/** Writes the state, in the transaction of the caller. */
export async function saveSourceState(tx: Kysely<Tables>, source: number, state: SourceState): Promise<void> {
  const row = toRow(source, state);
  await tx
    .insertInto('source_states')
    .values(row)
    .onConflict((conflict) => conflict.column('source').doUpdateSet(row))
    .execute();
}

/** The state that a row means. */
export function toSourceState(
  row: Row,
  moments: { lastAttempt: EpochMs | null; lastSuccess: EpochMs | null },
): SourceState {
  const { etag, last_modified: lastModified } = row;
  return {
    readAs: row.read_as,
    validators: etag === null && lastModified === null ? null : { etag, lastModified },
    bodyHash: row.body_hash,
    movedTo: row.moved_to,
    nextFetch: row.next_fetch,
    ...moments,
    lastChange: row.last_change,
    failures: row.failures,
    goneAnswers: row.gone_answers,
    unchanged: row.unchanged,
    bytes: row.bytes,
    title: row.title,
    siteUrl: row.site_url,
    iconUrl: row.icon_url,
    publisherIntervalMs: row.publisher_interval,
    skipHours: JSON.parse(row.skip_hours) as number[],
    skipDays: JSON.parse(row.skip_days) as number[],
  };
}

function toRow(source: number, state: SourceState): Insertable<Tables['source_states']> {
  return {
    source,
    read_as: state.readAs,
    etag: state.validators?.etag ?? null,
    last_modified: state.validators?.lastModified ?? null,
    body_hash: state.bodyHash,
    moved_to: state.movedTo,
    next_fetch: state.nextFetch,
    last_change: state.lastChange,
    failures: state.failures,
    gone_answers: state.goneAnswers,
    unchanged: state.unchanged,
    bytes: state.bytes,
    title: state.title,
    site_url: state.siteUrl,
    icon_url: state.iconUrl,
    publisher_interval: state.publisherIntervalMs,
    skip_hours: JSON.stringify(state.skipHours),
    skip_days: JSON.stringify(state.skipDays),
  };
}
