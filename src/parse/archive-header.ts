/**
 * Reads the header of an archive file: epoch, `[title](address)`, a separator of dashes (product.md section 5).
 * Titles and addresses are not escaped, so both may hold brackets; a line is taken apart from its ends.
 * A damaged header is read as far as it is certain what was meant; everything odd becomes a warning with its line.
 */
import type { EpochMs } from '../model/time.ts';
import { readEpoch } from './epoch.ts';

/** A header as found. Title and address are not judged. */
export interface ArchiveHeader {
  readonly archived: EpochMs | null;
  readonly title: string;
  readonly url: string;
  /** Offset in the text at which the body begins. */
  readonly bodyStart: number;
  readonly oddities: readonly Oddity[];
}

/** A warning without its place. */
export interface Oddity {
  readonly code: string;
  readonly message: string;
}

/** Null where the text has no header: it is plain text then. */
export function readArchiveHeader(text: string): ArchiveHeader | null {
  const lines = headLines(text);
  const first = lines[0];
  const comment = first === undefined ? null : /^\s*<!--(.*?)-->/.exec(first.text);
  if (first === undefined) return null;
  if (comment === null) return readWithoutEpoch(lines);

  const epoch = readEpoch(comment[1] ?? '');
  const length = comment[0].length;
  const rest = { ...first, text: first.text.slice(length), start: first.start + length };
  const sameLine = rest.text.trim() !== '';
  const titled = readTitle(sameLine ? [rest, ...lines.slice(1)] : lines.slice(1));
  if (titled === null || (!epoch.isDate && titled.separator < 3)) return null;
  const dated = epoch.oddity === null ? [] : [at(first, epoch.oddity)];
  return finish(epoch.moment, titled, [...dated, ...(sameLine ? [at(first, ON_ONE_LINE)] : [])]);
}

/** Whether a line is a title line of this format. */
export function isTitleLine(line: string): boolean {
  return splitTitle(line) !== null;
}

/** One line, with the offset of its first character and of what follows it. Numbers count from 1. */
interface Line {
  readonly text: string;
  readonly number: number;
  readonly start: number;
  readonly next: number;
  /** Blank lines before it. */
  readonly blank: number;
}

/** What can be part of a header: epoch, a title over a few lines, separator. */
const MAX_HEAD_LINES = 8;
const MAX_TITLE_LINES = 4;

/** The first lines that are not blank. */
function headLines(text: string): Line[] {
  const lines: Line[] = [];
  const end = /\r\n|\n|\r|$/g;
  let start = 0;
  let blank = 0;
  for (let number = 1; lines.length < MAX_HEAD_LINES && start < text.length; number += 1) {
    end.lastIndex = start;
    const found = end.exec(text);
    const stop = found?.index ?? text.length;
    const next = stop + (found?.[0].length ?? 0);
    const line = text.slice(start, stop);
    if (line.trim() === '') blank += 1;
    else {
      lines.push({ text: line, number, start, next, blank });
      blank = 0;
    }
    start = next;
  }
  return lines;
}

/** A header whose first line is missing or broken must have the other two in full, or any text might be one. */
function readWithoutEpoch(lines: readonly Line[]): ArchiveHeader | null {
  for (const before of [0, 1]) {
    const line = lines[before];
    const titled = line === undefined ? null : readTitle(lines.slice(before));
    if (line === undefined || titled === null || titled.separator < 3) continue;
    const message = before === 0 ? 'no epoch above the title' : 'not an epoch; the date is unknown';
    return finish(null, titled, [
      { code: 'date-missing', message: `line ${before === 0 ? line.number : 1}: ${message}` },
    ]);
  }
  return null;
}

interface TitleAndSeparator {
  readonly title: string;
  readonly url: string;
  /** How many dashes; 0 where there is no separator. */
  readonly separator: number;
  readonly bodyStart: number;
  readonly oddities: readonly Oddity[];
}

function readTitle(lines: readonly Line[]): TitleAndSeparator | null {
  const line = lines[0];
  if (line === undefined) return null;
  const all = readTitleAndSeparatorOnOneLine(line);
  if (all !== null) return all;
  for (let count = 1; count <= MAX_TITLE_LINES && count <= lines.length; count += 1) {
    const parts = splitTitle(
      lines
        .slice(0, count)
        .map(({ text }) => text)
        .join(' '),
    );
    if (parts === null) continue;
    const rest = readSeparator(lines[count - 1] ?? line, lines[count]);
    if (count === 1) return { ...parts, ...rest };
    const oddity = at(line, { code: 'title-over-lines', message: `title goes on over ${count} lines` });
    return rest.separator < 3 ? null : { ...parts, ...rest, oddities: [oddity, ...rest.oddities] };
  }
  return null;
}

/** From the right: the address is what follows the last `](` that an address follows, up to the closing bracket. */
function splitTitle(line: string): { title: string; url: string } | null {
  const text = line.trim();
  if (!text.startsWith('[') || !text.endsWith(')')) return null;
  let cut = text.lastIndexOf('](');
  for (const match of text.matchAll(/\]\(<?https?:\/\//gi)) cut = match.index;
  if (cut < 0) return null;
  const url = text.slice(cut + 2, -1).trim();
  return {
    // Some writers of this format escape brackets as Markdown does; no title has a reason to hold `\[` otherwise.
    title: text.slice(1, cut).replaceAll(/\\([[\]])/g, '$1'),
    url: url.startsWith('<') && url.endsWith('>') ? url.slice(1, -1).trim() : url,
  };
}

function readTitleAndSeparatorOnOneLine(line: Line): TitleAndSeparator | null {
  const separator = /\)\s*(-{3,})\s*(?=<|$)/.exec(line.text);
  const parts = separator === null ? null : splitTitle(line.text.slice(0, separator.index + 1));
  if (separator === null || parts === null) return null;
  return {
    ...parts,
    separator: separator[1]?.length ?? 0,
    bodyStart: line.start + separator.index + separator[0].length,
    oddities: [at(line, ON_ONE_LINE)],
  };
}

const ON_ONE_LINE = { code: 'header-on-one-line', message: 'parts of the header share a line' };

/** Dashes that every file of the known writers has. Fewer are taken, with a warning: a rule below a plain title has them too. */
const USUAL_DASHES = 6;

function readSeparator(title: Line, next: Line | undefined): Omit<TitleAndSeparator, 'title' | 'url'> {
  const dashes = next === undefined ? null : /^\s*(-+)\s*$/.exec(next.text);
  if (next === undefined || dashes === null) {
    const oddity = { code: 'separator-missing', message: `line ${title.number + 1}: no ------ separator` };
    return { separator: 0, bodyStart: title.next, oddities: [oddity] };
  }
  const separator = dashes[1]?.length ?? 0;
  const blank = next.blank === 0 ? [] : [at(next, BLANK_LINES)];
  const short = {
    code: 'separator-short',
    message: `the separator has ${separator} dashes, not ${USUAL_DASHES}`,
  };
  const oddities = separator < USUAL_DASHES ? [...blank, at(next, short)] : blank;
  return { separator, bodyStart: next.next, oddities };
}

const BLANK_LINES = { code: 'header-blank-lines', message: 'blank lines inside the header' };

function at(line: Line, { code, message }: Oddity): Oddity {
  return { code, message: `line ${line.number}: ${message}` };
}

function finish(
  archived: EpochMs | null,
  titled: TitleAndSeparator,
  before: readonly Oddity[],
): ArchiveHeader {
  const { title, url, bodyStart } = titled;
  return { archived, title, url, bodyStart, oddities: [...before, ...titled.oddities] };
}
