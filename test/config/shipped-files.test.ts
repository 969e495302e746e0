/** What lies in config/: the schema for editors is current, the example is good. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { linesOf, worldOf } from './world.ts';

const FOLDER = join(import.meta.dirname, '../../config');
const EXAMPLE = join(FOLDER, 'feedmill.yaml');

test('the JSON Schema in config/ is the one that the definition makes', () => {
  const current = configJsonSchema() === readFileSync(join(FOLDER, 'feedmill.schema.json'), 'utf8');
  assert.ok(current, 'config/feedmill.schema.json is not current: run `npm run schema`');
});

test('the JSON Schema has a description for every key', () => {
  const nameless: string[] = [];
  listKeys(JSON.parse(configJsonSchema()), '', nameless);
  assert.deepEqual(nameless, []);
});

test('the JSON Schema takes variables where numbers and choices are wanted', () => {
  const { properties } = JSON.parse(configJsonSchema());
  assert.deepEqual(properties.server.properties.port.anyOf, [
    { type: 'integer', minimum: 0, maximum: 65_535 },
    { type: 'string', pattern: '\\$\\{' },
  ]);
  assert.equal(properties.auth.anyOf.length, 2);
});

test('the example is good as it is', () => {
  const text = readFileSync(EXAMPLE, 'utf8');
  assert.match(text, /^# yaml-language-server: \$schema=\.\/feedmill\.schema\.json\n/);
  const loaded = loadConfig(text, worldOf(EXAMPLE, { isDirectory: () => true }));
  assert.deepEqual(linesOf(loaded), []);
  assert.deepEqual('config' in loaded && loaded.config.withoutEffect, []);
});

test('the example is good with all that it shows in comments', () => {
  const text = readFileSync(EXAMPLE, 'utf8').replace(/^(\s*)# (?!yaml-)(?=( |- )*[a-z][\w-]*:( |$))/gm, '$1');
  const env = { DW_PASSWORD: 'x', FAMILY_TOKEN: 'x' };
  const loaded = loadConfig(text, worldOf(EXAMPLE, { isDirectory: () => true, env }));
  assert.deepEqual(linesOf(loaded), []);
  assert.equal('config' in loaded && loaded.config.sources.length, 3);
});

function listKeys(schema: unknown, path: string, nameless: string[]): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') checkKeys(value, path, nameless);
    listKeys(value, `${path}/${key}`, nameless);
  }
}

function checkKeys(properties: object, path: string, nameless: string[]): void {
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value?.description !== 'string') nameless.push(`${path}/${key}`);
  }
}
