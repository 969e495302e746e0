/**
 * Makes sources and publications known. A name is found again by itself, a renamed source by type and address
 * (product.md section 2), so that numbers stay; what is not named any more keeps everything but its place.
 */
import type { Kysely } from 'kysely';
import type { EpochMs } from '../../model/time.ts';
import type { Tables } from '../schema.ts';
import type { Declaration, DeclaredSource } from '../store.ts';
import { definitionHash, type Definitions } from './definitions.ts';
import { rebuildMemberships } from './rebuild-memberships.ts';

type SourceDeclaration = Declaration['sources'][number];
type PublicationDeclaration = Declaration['publications'][number];

interface KnownSource {
  readonly number: number;
  readonly key: string;
  readonly type: string;
  readonly address: string;
  readonly folder: string | null;
  readonly pipeline_hash: string;
  readonly position: number | null;
}

/**
 * Writes only what is another than before; resolves when membership follows. A rebuild that was cut short goes on with the next call.
 * @param definitions is given the conditions that count from now on
 */
export async function declare(
  db: Kysely<Tables>,
  definitions: Definitions,
  declaration: Declaration,
  at: EpochMs,
): Promise<{ sources: DeclaredSource[] }> {
  const sources = await db.transaction().execute(async (tx) => {
    const declared = await declareSources(tx, declaration.sources);
    const numbers = await declarePublications(tx, declaration.publications, declared, at);
    // Still inside the transaction: no other write comes between the new rows and the new conditions.
    define(definitions, declaration.publications, numbers);
    return declared;
  });
  await rebuildMemberships(db, definitions, at);
  return { sources };
}

async function declareSources(
  tx: Kysely<Tables>,
  declared: readonly SourceDeclaration[],
): Promise<DeclaredSource[]> {
  const known = await tx
    .selectFrom('sources')
    .select(['number', 'key', 'type', 'address', 'folder', 'pipeline_hash', 'position'])
    .orderBy('number', 'desc')
    .execute();
  const free = new Set(known.filter(({ key }) => !declared.some((source) => source.key === key)));
  const numbered: DeclaredSource[] = [];
  for (const [position, source] of declared.entries()) {
    const same = known.find(({ key }) => key === source.key) ?? findRenamed(free, source);
    if (same !== undefined) free.delete(same);
    numbered.push({ number: await writeSource(tx, same, source, position), key: source.key });
  }
  for (const { number } of [...free].filter(({ position }) => position !== null)) {
    await tx.updateTable('sources').set({ position: null }).where('number', '=', number).execute();
  }
  return numbered;
}

/** One that was declared until now comes before one that was given up. */
function findRenamed(free: ReadonlySet<KnownSource>, { type, address }: SourceDeclaration) {
  const fitting = [...free].filter((source) => source.type === type && source.address === address);
  return fitting.find(({ position }) => position !== null) ?? fitting[0];
}

async function writeSource(
  tx: Kysely<Tables>,
  known: KnownSource | undefined,
  { key, type, address, folder, pipelineHash }: SourceDeclaration,
  position: number,
): Promise<number> {
  const row = { key, type, address, folder, pipeline_hash: pipelineHash, position };
  if (known === undefined) {
    const { number } = await tx
      .insertInto('sources')
      .values(row)
      .returning('number')
      .executeTakeFirstOrThrow();
    return number;
  }
  const { number, ...before } = known;
  if (JSON.stringify(Object.values(before)) !== JSON.stringify(Object.values(row))) {
    await tx.updateTable('sources').set(row).where('number', '=', number).execute();
  }
  return number;
}

async function declarePublications(
  tx: Kysely<Tables>,
  declared: readonly PublicationDeclaration[],
  sources: readonly DeclaredSource[],
  at: EpochMs,
): Promise<number[]> {
  const numbers: number[] = [];
  for (const [position, publication] of declared.entries()) {
    const number = await writePublication(tx, publication, position, at);
    numbers.push(number);
    const drawnFrom = sources
      .filter(({ key }) => publication.sources === null || publication.sources.includes(key))
      .map((source) => source.number);
    await drawFrom(tx, number, drawnFrom);
  }
  await tx
    .updateTable('publications')
    .set({ position: null, rebuild: 1 })
    .where('position', 'is not', null)
    .$if(declared.length > 0, (query) =>
      query.where(
        'name',
        'not in',
        declared.map(({ name }) => name),
      ),
    )
    .execute();
  return numbers;
}

function define(
  definitions: Definitions,
  declared: readonly PublicationDeclaration[],
  numbers: readonly number[],
): void {
  definitions.clear();
  for (const [position, { where, exclude }] of declared.entries()) {
    const number = numbers[position];
    if (number !== undefined && (where !== null || exclude !== null)) {
      definitions.set(number, { where, exclude });
    }
  }
}

async function writePublication(
  tx: Kysely<Tables>,
  publication: PublicationDeclaration,
  position: number,
  at: EpochMs,
): Promise<number> {
  const { name } = publication;
  const conditions = definitionHash(publication);
  const hash = conditions === '' ? publication.hash : `${publication.hash} ${conditions}`;
  const known = await tx
    .selectFrom('publications')
    .select(['number', 'hash', 'position'])
    .where('name', '=', name)
    .executeTakeFirst();
  if (known === undefined) {
    const { number } = await tx
      .insertInto('publications')
      .values({ name, hash, position, created: at, changed: at, rebuild: 0 })
      .returning('number')
      .executeTakeFirstOrThrow();
    return number;
  }
  if (known.hash !== hash || known.position !== position) {
    await tx
      .updateTable('publications')
      .set({
        hash,
        position,
        ...(known.hash === hash ? {} : { changed: at }),
        ...(conditionsIn(known.hash) === conditions ? {} : { rebuild: 1 }),
      })
      .where('number', '=', known.number)
      .execute();
  }
  return known.number;
}

function conditionsIn(hash: string): string {
  return / ([0-9a-f]{32})$/.exec(hash)?.[1] ?? '';
}

async function drawFrom(tx: Kysely<Tables>, publication: number, sources: readonly number[]): Promise<void> {
  const rows = await tx
    .selectFrom('publication_sources')
    .select('source')
    .where('publication', '=', publication)
    .execute();
  const before = new Set(rows.map(({ source }) => source));
  const added = sources.filter((source) => !before.delete(source));
  if (added.length === 0 && before.size === 0) return;
  if (before.size > 0) {
    await tx
      .deleteFrom('publication_sources')
      .where('publication', '=', publication)
      .where('source', 'in', [...before])
      .execute();
  }
  if (added.length > 0) {
    await tx
      .insertInto('publication_sources')
      .values(added.map((source) => ({ publication, source })))
      .execute();
  }
  await tx.updateTable('publications').set({ rebuild: 1 }).where('number', '=', publication).execute();
}
