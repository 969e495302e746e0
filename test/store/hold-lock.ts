/**
 * Run by lock.test.ts: takes the lock of a database, says so or why not, and holds it until it is killed, or only `once`.
 */
import { FeedmillError } from '../../src/model/error.ts';
import { lockStore } from '../../src/store/lock.ts';

const [, , file = '', mode] = process.argv;
try {
  await lockStore(file);
  console.log('locked');
  if (mode !== 'once') setInterval(() => undefined, 1000);
  else process.exit(0);
} catch (error) {
  console.log(error instanceof FeedmillError ? `${error.code}: ${error.message}` : String(error));
}
