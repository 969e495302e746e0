/**
 * Which of the keys that a user wrote are checked and do nothing yet, so that nobody waits for an effect.
 * A line goes from here with the issue that brings the behaviour.
 */
import type { Path } from './yaml/tree.ts';
import { shownPath } from './describe-issue.ts';

type Written = Readonly<Record<string, unknown>>;

const STEPS = ['boilerplate', 'full_text', 'near_duplicates', 'tests'];

/** Looks at the file as written, after it was found good. Names come in the order of the file's sections. */
export function listWithoutEffect(file: unknown): string[] {
  const written = mapOf(file);
  return [
    ...store(mapOf(written['store'])),
    ...keysOf(written, 'identity').map((key) => shownPath(['identity', key])),
    ...sources(mapOf(written['sources'])),
    ...steps(mapOf(written['pipelines'])),
    ...feeds(mapOf(written['feeds'])),
  ];
}

function store({ url }: Written): string[] {
  return typeof url === 'string' && url.startsWith('postgres') ? ['store.url (postgres)'] : [];
}

function sources(written: Written): string[] {
  return Object.entries(written).flatMap(([key, value]) => {
    const source = mapOf(value);
    // The dates of archive files name their zone.
    if (source['type'] === 'archive') return present(source, ['timezone'], ['sources', key]);
    const fullText = source['full_text'] === 'never' ? [] : ['full_text'];
    return present(source, fullText, ['sources', key]);
  });
}

function steps(written: Written): string[] {
  return Object.entries(written).flatMap(([key, pipeline]) =>
    (Array.isArray(pipeline) ? pipeline : []).flatMap((step: unknown, index) =>
      present(mapOf(step), STEPS, ['pipelines', key, index]),
    ),
  );
}

function feeds(written: Written): string[] {
  return Object.entries(written).flatMap(([key, value]) => {
    const feed = mapOf(value);
    const proxied = feed['images'] === 'proxied' ? [`${shownPath(['feeds', key, 'images'])} (proxied)`] : [];
    return [...present(feed, ['script'], ['feeds', key]), ...proxied];
  });
}

function present(written: Written, keys: readonly string[], path: Path): string[] {
  return keys.filter((key) => (written[key] ?? null) !== null).map((key) => shownPath([...path, key]));
}

function keysOf(written: Written, key: string): string[] {
  return Object.keys(mapOf(written[key]));
}

function mapOf(value: unknown): Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
