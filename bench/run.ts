/**
 * `npm run bench -- NAME [--option …]` runs bench/NAME.ts, which exports `run(args)`. Each bench prints what it
 * measured and the aim beside it; none of them fails for being slow, because machines differ.
 */
import { existsSync, globSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Bench {
  run(args: string[]): Promise<void>;
}

const [name = '', ...args] = process.argv.slice(2);
const file = join(import.meta.dirname, `${name}.ts`);
if (!/^[a-z-]+$/.test(name) || name === 'run' || !existsSync(file)) {
  const names = globSync('*.ts', { cwd: import.meta.dirname })
    .map((found) => basename(found, '.ts'))
    .filter((found) => found !== 'run');
  console.error(`There is no bench "${name}". Say: npm run bench -- ${names.toSorted().join('|')}`);
  process.exit(2);
}
const processors = cpus();
const memory = (totalmem() / 2 ** 30).toFixed(1);
console.log(
  `${processors.length} × ${processors[0]?.model}, ${memory} GB, Node ${process.versions.node}, ${process.platform}`,
);
const bench: unknown = await import(pathToFileURL(file).href);
if (!isBench(bench)) throw new Error(`${file} exports no run(args)`);
await bench.run(args);

function isBench(module: unknown): module is Bench {
  return typeof module === 'object' && module !== null && 'run' in module && typeof module.run === 'function';
}
