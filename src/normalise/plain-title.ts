/**
 * Makes a title what it must be everywhere: one line of plain text, of bearable length, that cannot turn around the
 * text beside it. Doing it twice changes nothing. Rules: Unicode UAX 9 (bidirectional controls), UAX 29 (graphemes).
 */

/** Characters of a title that are kept. Headlines have a hundred; some feeds put the whole text into the title. */
export const MAX_TITLE_LENGTH = 1000;

/** White space folded, control characters out, bidirectional controls closed. Not cut: `cutText` does that. */
export function plainLine(text: string): string {
  if (!NEEDS_WORK.test(text)) return text;
  const visible = text.toWellFormed().replaceAll(/(?!\s)[\p{Cc}\u{FFFE}\u{FFFF}]/gu, '');
  return closeBidi(visible)
    .replaceAll(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}

/** Whatever is not words of printable ASCII with one space between. */
const NEEDS_WORK = /[^ -~]|^ | $| {2}/;

/** At most `limit` characters of a plain line, cut between graphemes and with an ellipsis. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Closing what the cut leaves open would make it longer again; nobody misses a control in a thousand characters.
  const bare = text.replaceAll(BIDI_CONTROLS, '').replaceAll(/\s+/g, ' ').trim();
  if (bare.length <= limit) return bare;
  let end = 0;
  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
  for (const { index, segment } of graphemes.segment(bare.slice(0, limit))) {
    if (index + segment.length > limit - 1) break;
    end = index + segment.length;
  }
  return `${bare.slice(0, end).trimEnd()}…`;
}

const BIDI_CONTROLS = /[\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu;
const POP_EMBEDDING = '\u{202C}';
const POP_ISOLATE = '\u{2069}';
/** What closes each control that opens: embeddings and overrides, then isolates. */
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ...['\u{202A}', '\u{202B}', '\u{202D}', '\u{202E}'].map((opener) => [opener, POP_EMBEDDING] as const),
  ...['\u{2066}', '\u{2067}', '\u{2068}'].map((opener) => [opener, POP_ISOLATE] as const),
]);

/** What is left open would go on over the text that follows; what closes nothing might close somebody else's. */
function closeBidi(text: string): string {
  if (text.search(BIDI_CONTROLS) < 0) return text;
  const open: string[] = [];
  let closed = '';
  for (const character of text) {
    const closer = CLOSERS.get(character);
    if (closer !== undefined) open.push(closer);
    else if (character === POP_EMBEDDING || character === POP_ISOLATE) {
      if (open.at(-1) !== character) continue;
      open.pop();
    }
    closed += character;
  }
  return closed + open.toReversed().join('');
}
