/** New elements for steps and for the sanitiser. */
import type { CheerioAPI } from 'cheerio/slim';
import type { TreeElement } from './tree.ts';

/** A new, empty element that belongs to no tree yet. */
export function makeElement(
  $: CheerioAPI,
  name: string,
  attributes: Record<string, string> = {},
): TreeElement {
  const made = $(`<${name}></${name}>`)[0];
  if (made === undefined || !('attribs' in made)) throw new Error(`${name} is no name of an element`);
  made.attribs = attributes;
  return made;
}
