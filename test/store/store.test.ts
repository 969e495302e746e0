import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openStore } from '../../src/store/open-store.ts';
import { connect } from '../../src/store/sqlite-driver.ts';
import type { TestStore } from './contract/check.ts';
import { testStoreContract } from './contract.ts';
import { openInMemory, peephole } from './dump.ts';

const directory = mkdtempSync(join(tmpdir(), 'feedmill-store-'));
after(() => rmSync(directory, { recursive: true }));

let files = 0;

async function openFile(): Promise<TestStore> {
  files += 1;
  const file = join(directory, `store-${files}.db`);
  const store = await openStore({ file });
  const beside = connect(file, { readOnly: false });
  const close = async () => {
    await beside.close();
    await store.close();
  };
  return { store: { ...store, close }, ...peephole(() => beside) };
}

testStoreContract('in memory', openInMemory);
testStoreContract('in a file', openFile);
