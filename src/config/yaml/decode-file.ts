/**
 * From the bytes of the file to its text: UTF-8 without control characters, of bearable size. A mark at its start is dropped.
 */
import { isUtf8 } from 'node:buffer';
import type { ConfigMistake } from '../../model/config.ts';
import { positionsIn } from './lines.ts';

/** Far more than the sources that parse-yaml.ts takes need; the rest may be comments. */
const MAX_FILE_BYTES = 1_000_000;

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** The text, or why it cannot be read. */
export function decodeFile(input: string | Uint8Array): { text: string } | { mistake: ConfigMistake } {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  if (bytes.length > MAX_FILE_BYTES) {
    const size = Math.ceil(bytes.length / 1000);
    return refused(
      { line: 1, column: 1 },
      `the file has ${size} KB; it may have ${MAX_FILE_BYTES / 1000} KB`,
    );
  }
  if (!isUtf8(bytes)) {
    return refused(
      { line: firstLineNotUtf8(bytes), column: 1 },
      'this line is not UTF-8. Save the file with the encoding UTF-8',
    );
  }
  const text = new TextDecoder().decode(bytes);
  const control = text.search(CONTROL_CHARACTER);
  return control === -1
    ? { text }
    : refused(
        positionsIn(text)(control),
        'a control character stands here. Take it out, or write it as "\\u…"',
      );
}

function refused(place: Omit<ConfigMistake, 'message'>, message: string): { mistake: ConfigMistake } {
  return { mistake: { ...place, message } };
}

/** A line end is never part of a longer UTF-8 sequence, so lines can be judged one by one. */
function firstLineNotUtf8(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    line += 1;
    start = end + 1;
  }
  return line;
}
