/**
 * Entities of feeds as characters: those of XML, those of HTML (which feeds use without declaring them) and those that
 * the document declares. A `&` that begins none of them stays a `&`. What may not stand in a text is left out.
 */
import { decodeHTMLStrict } from 'entities';

/** Turns text as written into text as meant. */
export type DecodeText = (written: string) => string;

/** Called where a document uses an entity that is declared and never expanded. */
export type OnRefused = (name: string) => void;

/** Expanded text of all entities of one document together: an entity of 1,000 characters may be used a hundred times. */
const MAX_EXPANDED = 100_000;

/** Decoding for a document without declarations of its own. */
export const decodePlainText: DecodeText = (written) => decode(written, namedCharacter);

/** Decoding for a document that declares entities. */
export function decodeWith(
  entities: ReadonlyMap<string, string>,
  refused: ReadonlySet<string>,
  onRefused: OnRefused,
): DecodeText {
  if (entities.size === 0 && refused.size === 0) return decodePlainText;
  let expanded = 0;
  const named = (name: string): string | null => {
    const value = entities.get(name);
    if (refused.has(name)) onRefused(name);
    if (value === undefined) return namedCharacter(name);
    expanded += value.length;
    if (expanded > MAX_EXPANDED) onRefused(name);
    return expanded > MAX_EXPANDED ? '' : decodePlainText(value);
  };
  return (written) => decode(written, named);
}

/** Longest name of an entity that is looked for; the longest of HTML has 31 letters. */
const MAX_NAME = 40;

function decode(source: string, named: (name: string) => string | null): string {
  if (!source.includes('&')) return source;
  // Escaped HTML is made of these three; what they leave cannot become one of them, for `&amp;` comes after.
  const written = source
    .replaceAll(/&lt;/g, '<')
    .replaceAll(/&gt;/g, '>')
    .replaceAll(/&quot;/g, '"');
  let at = written.indexOf('&');
  let decoded = '';
  let copied = 0;
  while (at >= 0) {
    const end = written.indexOf(';', at + 1);
    if (end < 0) break;
    // A `&` that stands bare may be far from the next `;`, which then belongs to another one.
    const next = written.indexOf('&', at + 1);
    const character =
      end - at > MAX_NAME || (next >= 0 && next < end) ? null : entity(written, at + 1, end, named);
    if (character !== null) {
      decoded += written.slice(copied, at) + character;
      copied = end + 1;
      at = next >= 0 && next < copied ? written.indexOf('&', copied) : next;
    } else at = next;
  }
  return decoded + written.slice(copied);
}

function entity(
  written: string,
  start: number,
  end: number,
  named: (name: string) => string | null,
): string | null {
  if (end - start === 3 && written.startsWith('amp', start)) return '&';
  const name = written.slice(start, end);
  return name.startsWith('#') ? numbered(name) : named(name);
}

function numbered(name: string): string | null {
  const isHex = name[1] === 'x' || name[1] === 'X';
  const digits = name.slice(isHex ? 2 : 1);
  if (!(isHex ? /^[0-9a-f]{1,8}$/i : /^\d{1,8}$/).test(digits)) return null;
  const code = Number.parseInt(digits, isHex ? 16 : 10);
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252[code - 0x80] ?? '';
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : '';
  return ILLEGAL.test(character) ? '' : character;
}

/** What no XML may hold, however it is written. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const ILLEGAL = /[\u{0}-\u{8}\u{B}\u{C}\u{E}-\u{1F}\u{FFFE}\u{FFFF}]|\p{Cs}/u;

/** Numbers 128 to 159 name control characters that nobody means: their writers took them from this code page. */
const WINDOWS_1252 = Array.from('€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ');

/** The same mistake, made in the characters themselves. */
export function mendControls(text: string): string {
  return text.replaceAll(/[\u{80}-\u{9F}]/gu, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? '');
}

const knownNames = new Map<string, string | null>([['apos', "'"]]);

function namedCharacter(name: string): string | null {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  if (!/^[a-z][a-z0-9]*$/i.test(name)) return null;
  const written = `&${name};`;
  const decoded = decodeHTMLStrict(written);
  const character = decoded === written ? null : decoded;
  // Only names of HTML are remembered, and there are some two thousand of them.
  if (character !== null) knownNames.set(name, character);
  return character;
}
