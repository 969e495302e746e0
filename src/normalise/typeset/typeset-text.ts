/**
 * Sets plain text as HTML: headings (`h2`, and `h3` for the short lines right under one), paragraphs, who speaks
 * (`strong`), and the credit as a closing paragraph. No character but white space is lost, added or moved;
 * everything is escaped. Rules: product.md section 5, files without a header.
 */
import { splitCredit, type SplitCredit } from './credit.ts';
import { firstSentence } from './first-sentence.ts';
import { layOut, type TextPart } from './layout.ts';
import { blocksOf } from './text-lines.ts';
import { turnsOf } from './turns.ts';

export interface TypesetText {
  readonly html: string;
  /** The first sentence. */
  readonly title: string;
  /** Whom the credit at the end names. */
  readonly credit: string | null;
}

/** Never fails: text in which nothing is recognised comes out in paragraphs. */
export function typesetText(text: string): TypesetText {
  const laidOut = layOut(blocksOf(text));
  const { parts, credit } = setCreditApart(laidOut);
  const turns = turnsOf(parts.map(({ kind, lines }) => (kind === 'paragraph' ? (lines[0] ?? '') : '')));
  return {
    html: parts.map((part, index) => htmlOf(part, turns[index] ?? 0)).join('\n'),
    title: firstSentence(parts[0]?.lines[0] ?? ''),
    credit,
  };
}

/** The credit ends the last part, or the one above it where somebody added lines below the text. */
function setCreditApart(parts: readonly TextPart[]): { parts: readonly TextPart[]; credit: string | null } {
  for (const index of [parts.length - 1, parts.length - 2]) {
    const part = parts[index];
    const split = part?.kind === 'paragraph' ? splitCredit(part.lines.at(-1) ?? '') : null;
    if (part === undefined || split === null) continue;
    return { parts: parts.toSpliced(index, 1, ...apart(part, split)), credit: split.name };
  }
  return { parts, credit: null };
}

function apart({ kind, lines }: TextPart, { text, credit }: SplitCredit): TextPart[] {
  const before = [...lines.slice(0, -1), ...(text === '' ? [] : [text])];
  const own: TextPart = { kind, lines: [credit] };
  return before.length === 0 ? [own] : [{ kind, lines: before }, own];
}

function htmlOf({ kind, lines }: TextPart, turn: number): string {
  if (kind === 'heading')
    return lines
      .map((line, index) => `<h${index === 0 ? 2 : 3}>${escape(line)}</h${index === 0 ? 2 : 3}>`)
      .join('');
  const [first = '', ...others] = lines;
  const opening = turn === 0 ? '' : `<strong>${escape(first.slice(0, turn))}</strong>`;
  return `<p>${opening}${[first.slice(turn), ...others].map(escape).join('<br>')}</p>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
