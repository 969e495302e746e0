/** `feedmill explain`: where an item came from, what was changed, and its earlier texts. */
import type { Explanation } from '../app/app.ts';
import { type EpochMs, toRfc3339 } from '../model/time.ts';
import type { Edit, TrailEntry } from '../model/trail.ts';
import type { Environment, Places } from './environment.ts';
import type { Terminal } from './terminal.ts';

/** @throws FeedmillError `not-found` */
export async function runExplain(
  environment: Environment,
  terminal: Terminal,
  options: Places & { ref: string; json?: boolean },
): Promise<void> {
  const explanation = await environment.withApp(options, 'read', (app) => app.explain(options.ref));
  terminal.out(options.json === true ? JSON.stringify(explanation) : render(explanation));
}

/** A trail as indented lines: each step, why, and what it changed. */
export function renderTrail(trail: readonly TrailEntry[], indent: string): string[] {
  return trail.flatMap(({ step, purpose, edits, more }) => [
    `${indent}${step}: ${purpose}`,
    ...edits.flatMap((edit) => renderEdit(edit, `${indent}  `)),
    ...(more === 0 ? [] : [`${indent}  and ${more} more`]),
  ]);
}

function render({ item, keys, origins, revisions, publications }: Explanation): string {
  return [
    item.title === '' ? '(without a title)' : item.title,
    `  id         ${item.id}, number ${item.seq}`,
    `  address    ${item.url ?? 'none'}`,
    `  published  ${moment(item.published)}`,
    `  updated    ${moment(item.updated)}`,
    `  archived   ${moment(item.archived)}`,
    `  crawled    ${moment(item.crawled)}`,
    `  language   ${item.language ?? 'unknown'}`,
    `  feeds      ${publications.length === 0 ? 'none' : publications.join(', ')}`,
    '  known by',
    ...keys.map((key) => `    ${key}`),
    ...origins.flatMap((origin) => renderOrigin(origin)),
    ...revisions.map(({ at, title }) => `earlier text, replaced ${moment(at)}: ${title}`),
  ].join('\n');
}

function renderOrigin(origin: Explanation['origins'][number]): string[] {
  return [
    `from ${origin.source}: ${origin.locator}${origin.shown ? ' (its text is shown)' : ''}`,
    `  first seen ${moment(origin.firstSeen)}, last seen ${moment(origin.lastSeen)}`,
    ...origin.warnings.map(({ message }) => `  warning: ${message}`),
    ...renderTrail(origin.trail, '  '),
  ];
}

function renderEdit({ field, before, after }: Edit, indent: string): string[] {
  return [
    ...(before === '' ? [] : [`${indent}${field} - ${before}`]),
    ...(after === '' ? [] : [`${indent}${field} + ${after}`]),
  ];
}

function moment(at: EpochMs | null): string {
  return at === null ? 'unknown' : toRfc3339(at);
}
