/**
 * The store over SQLite: the port, bound to its connections. Every promise is kept in read/ and write/; here is only who does what.
 */
import type { Connection } from './sqlite-driver.ts';
import { knownItems, takenIds } from './read/known-items.ts';
import { listPublications, listSources } from './read/list-declared.ts';
import { countFeed, listFeed, listFeedByArrival, listItems } from './read/list-items.ts';
import { listStale } from './read/list-stale.ts';
import { getHistory, publicationsOf } from './read/read-history.ts';
import { findItem, getItem } from './read/read-items.ts';
import { knownFiles, listFileWarnings } from './read/seen-files.ts';
import type { Store } from './store.ts';
import { getIcon, iconLooked, saveIcon } from './icons.ts';
import { listExpired } from './read/list-expired.ts';
import { getSourceState, knownRaw, listDueTimes } from './read/source-states.ts';
import { giveSpaceBack } from './write/give-space-back.ts';
import { declare } from './declare/declare.ts';
import type { Definitions } from './declare/definitions.ts';
import { removeItems } from './write/remove-items.ts';
import { saveCleanedAnew } from './write/save-cleaned-anew.ts';
import { saveEnding, saveRefresh } from './write/save-refresh.ts';

/** @param connections one for writing, and one for reading beside it; the same one twice where there can be only one */
export function createSqliteStore(connections: { reader: Connection; writer: Connection }): Store {
  const reader = connections.reader.db;
  const writer = connections.writer.db;
  const definitions: Definitions = new Map();
  return {
    declare: (declaration, at) => declare(writer, definitions, declaration, at),
    listSources: () => listSources(reader),
    listPublications: () => listPublications(reader),
    knownFiles: (source, paths) => knownFiles(reader, source, paths),
    listFileWarnings: (source, limit) => listFileWarnings(reader, source, limit),
    knownItems: (source, keys, locators) => knownItems(reader, source, keys, locators),
    takenIds: (ids) => takenIds(reader, ids),
    saveRefresh: (refresh) => saveRefresh(writer, definitions, refresh),
    saveEnding: (ending) => saveEnding(writer, ending),
    listStale: (cleanerVersion, limit) => listStale(reader, cleanerVersion, limit),
    saveCleanedAnew: (results, cleanerVersion, at) =>
      saveCleanedAnew(writer, definitions, { results, cleanerVersion, at }),
    getSourceState: (source) => getSourceState(reader, source),
    listDueTimes: () => listDueTimes(reader),
    knownRaw: (source) => knownRaw(reader, source),
    listExpired: (question) => listExpired(reader, question),
    giveSpaceBack: () => giveSpaceBack(writer),
    saveIcon: (source, icon, at) => saveIcon(writer, source, icon, at),
    getIcon: (hash) => getIcon(reader, hash),
    iconLooked: (source) => iconLooked(reader, source),
    getItem: (id) => getItem(reader, id),
    findItem: (ref) => findItem(reader, ref),
    getHistory: (seq) => getHistory(reader, seq),
    publicationsOf: (seq) => publicationsOf(reader, seq),
    listFeed: (publication, options) => listFeed(reader, publication, options),
    countFeed: (publication) => countFeed(reader, publication),
    listFeedByArrival: (publication, options) => listFeedByArrival(reader, publication, options),
    listItems: (after, limit) => listItems(reader, after, limit),
    removeItems: (seqs, at) => removeItems(writer, seqs, at),
    countUsers: async () => {
      const { count } = await reader
        .selectFrom('users')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count;
    },
    close: async () => {
      await connections.writer.close();
      if (connections.reader !== connections.writer) await connections.reader.close();
    },
  };
}
