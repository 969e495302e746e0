/**
 * Every promise of the port src/store/store.ts, as tests over any database that `open` gives.
 */
import { test } from 'node:test';
import type { Check, TestStore } from './contract/check.ts';
import { testCleaningAnew } from './contract/cleaning-anew.ts';
import { testConditions } from './contract/conditions.ts';
import { testDeclarations } from './contract/declarations.ts';
import { testDropped } from './contract/dropped.ts';
import { testFetching } from './contract/fetching.ts';
import { testLists } from './contract/lists.ts';
import { testOrigins } from './contract/origins.ts';
import { testRefreshes } from './contract/refreshes.ts';
import { testRemoval } from './contract/removal.ts';
import { testRevisions } from './contract/revisions.ts';

export function testStoreContract(database: string, open: () => Promise<TestStore>): void {
  const check: Check = (promise, work) => {
    void test(`${database}: ${promise}`, async () => {
      const opened = await open();
      try {
        await work(opened);
      } finally {
        await opened.store.close();
      }
    });
  };
  testDeclarations(check);
  testConditions(check);
  testRefreshes(check);
  testRevisions(check);
  testOrigins(check);
  testDropped(check);
  testCleaningAnew(check);
  testLists(check);
  testRemoval(check);
  testFetching(check);
}
