/**
 * RSS 2.0 written as JSON (github.com/scripting/Scripting-News, rss-in-json): an element is a member, several are a list,
 * attributes are members too, and the text beside them is `#value`. Made into the elements that XML gives, so that
 * everything after is the same.
 */
import type { CollectedFeed } from './xml/collect.ts';
import { type FeedElement, makeElement } from './xml/element.ts';
import { canonicalName, innerScope, type NamespaceScope, rootScope } from './xml/namespaces.ts';

type Json = Readonly<Record<string, unknown>>;

/** As of feeds in XML. */
const MAX_ITEMS = 10_000;
/** Deeper than groups of Media RSS nobody nests; what lies below is left out. */
const MAX_DEPTH = 6;

/** Null where the JSON is no RSS. */
export function collectRssInJson(json: unknown, url: string): CollectedFeed | null {
  const rss = memberOf(json, 'rss');
  const channel = memberOf(rss, 'channel');
  if (rss === null || channel === null) return null;
  const { item, ...about } = channel;
  const scope = innerScope(rootScope(), textsOf(rss));
  const outer = makeElement('', { language: null, base: url });
  const items = listOf(item).filter(isObject);
  return {
    channel: elementOf('channel', about, { outer, scope, depth: 0 }),
    items: items.slice(0, MAX_ITEMS).map((it) => elementOf('item', it, { outer, scope, depth: 0 })),
    isFeed: true,
    root: 'rss',
    unclosed: 0,
    cut: Math.max(0, items.length - MAX_ITEMS),
    refused: null,
  };
}

interface Place {
  readonly outer: FeedElement;
  readonly scope: NamespaceScope;
  readonly depth: number;
}

/** Whether a member was an attribute is not said; it is both. */
function elementOf(name: string, value: unknown, { outer, scope, depth }: Place): FeedElement {
  const element = makeElement(name, outer);
  if (!isObject(value)) {
    element.text = textOf(value) ?? '';
    return element;
  }
  const inside = { outer: element, scope, depth: depth + 1 };
  for (const [key, member] of Object.entries(value)) {
    const text = textOf(member);
    if (key === '#value') element.text = text ?? '';
    else if (depth < MAX_DEPTH) {
      if (text !== null) element.attributes[key] = text;
      const inner = canonicalName(scope, key);
      for (const one of listOf(member)) element.children.push(elementOf(inner, one, inside));
    }
  }
  return element;
}

function textsOf(value: Json): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      const text = textOf(member);
      return text === null ? [] : [[key, text]];
    }),
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function memberOf(value: unknown, name: string): Json | null {
  const member = isObject(value) ? value[name] : null;
  return isObject(member) ? member : null;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
