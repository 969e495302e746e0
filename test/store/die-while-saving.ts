/**
 * Run by open-store.test.ts: starts to save 3,000 items and kills itself in the middle of the transaction.
 */
import { setImmediate } from 'node:timers/promises';
import { openStore } from '../../src/store/open-store.ts';
import { newItem, save } from './build.ts';

const store = await openStore({ file: process.argv[2] ?? '' });
let isSaved = false;
void save(
  store,
  Array.from({ length: 3000 }, (_, index) => newItem(`n${index}`)),
).then(() => (isSaved = true));
for (let turns = 0; turns < 5; turns += 1) await setImmediate();
process.stdout.write(isSaved ? 'saved\n' : 'writing\n', () => process.kill(process.pid, 'SIGKILL'));
