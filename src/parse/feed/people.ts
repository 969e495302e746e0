/**
 * Reads people: the persons of Atom, and the lines of RSS, in which name, address and e-mail stand in any order
 * (`me@example.com (Name)`, `Name <me@example.com>`, `Name`).
 */
import type { RawItem } from '../../model/item.ts';
import { decodePlainText } from './xml/decode-entities.ts';
import { attributeOf, type FeedElement, resolveAddress, textOf } from './xml/element.ts';

export type RawPerson = RawItem['authors'][number];

/** All people of these elements, each once. */
export function peopleOf(parent: FeedElement, names: readonly string[]): RawPerson[] {
  const people: RawPerson[] = [];
  for (const element of parent.children) {
    if (!names.includes(element.name)) continue;
    const person = personOf(element);
    if (person === null) continue;
    const isKnown = people.some(({ name, email }) => name === person.name && email === person.email);
    if (!isKnown) people.push(person);
  }
  return people;
}

/** Null where the line names nobody. */
function readPersonLine(line: string): RawPerson | null {
  const text = line.replaceAll(/\s+/g, ' ').trim();
  if (text === '') return null;
  const email = /[^\s<>()[\],;:"]{1,100}@[^\s<>()[\],;:"]{1,200}/.exec(text)?.[0] ?? null;
  if (email === null) return { name: text, url: null, email: null };
  const rest = text
    .replace(`mailto:${email}`, email)
    .replace(email, ' ')
    .replaceAll(/[<>"]|\(\s*\)/g, ' ')
    .trim();
  const name = rest
    .replace(/^\(([^()]*)\)$/, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return { name: name === '' ? null : name, url: null, email };
}

/** Tags in a name are nobody's name. */
function plainOf({ isMarkup, text }: FeedElement): string {
  return isMarkup ? decodePlainText(text.replaceAll(/<[^>]*>/g, '')) : text;
}

function personOf(element: FeedElement): RawPerson | null {
  const name = textOf(element, 'atom:name', 'name', 'foaf:name', 'itunes:name', 'rdf:description');
  const email = textOf(element, 'atom:email', 'email', 'itunes:email');
  const url = textOf(element, 'atom:uri', 'uri', 'url') ?? attributeOf(element, 'href');
  if (name === null && email === null && url === null) return readPersonLine(plainOf(element));
  return { name, email, url: url === null ? null : resolveAddress(url, element.base) };
}
