/**
 * The JSON Schema of the configuration file, for editors; made from the same definition that checks it. Checked in at
 * config/feedmill.schema.json, rewritten by `npm run schema`.
 */
import { z } from 'zod';
import { configSchema } from './schema/config-schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Numbers, truth values and choices may come out of the environment: any text with a `${…}` in it will do there. */
const FROM_ENVIRONMENT: JsonSchema = { type: 'string', pattern: '\\$\\{' };

/** The schema as the text of its file. */
export function configJsonSchema(): string {
  const schema = configSchema({
    directory: '/',
    sources: new Set(),
    pipelines: new Set(),
    fromEnvironment: new Set(),
    checkPattern: () => null,
    checkSelector: () => null,
    isDirectory: () => true,
  });
  const json = z.toJSONSchema(schema, {
    target: 'draft-07',
    io: 'input',
    override: ({ jsonSchema }) => acceptVariables(jsonSchema),
  });
  return `${JSON.stringify({ title: 'Feedmill configuration', ...json }, null, 2)}\n`;
}

function acceptVariables(schema: JsonSchema): void {
  if (schema.const !== undefined) return;
  const narrow = schema.enum !== undefined || /^(integer|number|boolean)$/.test(String(schema.type));
  if (!narrow) return;
  const strict: JsonSchema = {};
  for (const key of ['type', 'enum', 'minimum', 'maximum'] as const) {
    if (schema[key] === undefined) continue;
    Object.assign(strict, { [key]: schema[key] });
    delete schema[key];
  }
  schema.anyOf = [strict, FROM_ENVIRONMENT];
}
