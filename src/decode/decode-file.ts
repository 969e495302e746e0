/**
 * Turns the bytes of an archive file into text: byte order mark, UTF-8, UTF-16, then the encoding that its bytes look
 * like. What is not plain UTF-8 is read with a warning, so that a wrong guess is seen.
 */
import { isUtf8 } from 'node:buffer';
import type { Warning } from '../model/warning.ts';
import { decodeAs, type DecodedText } from './decode-as.ts';
import { guessEncoding } from './guess-encoding.ts';
import { censusUtf8 } from './utf8-census.ts';

/**
 * Without byte order mark and NUL characters. Never throws: what cannot be read becomes U+FFFD, with a warning.
 *
 * @param where the file's name, for the warnings
 */
export function decodeFile(bytes: Uint8Array, where: string | null = null): DecodedText {
  const encoding = guessEncoding(bytes);
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) => warnings.push({ code, message, where });

  let text = decodeAs(encoding, bytes);
  if (encoding !== 'utf-8') warn('not-utf8', `file is in ${encoding}, not UTF-8; read as such`);
  if (encoding === 'utf-8' && !isUtf8(bytes))
    warn('invalid-utf8', `invalid UTF-8 at byte ${censusUtf8(bytes).firstMalformed}; shown as \u{FFFD}`);
  else if (encoding !== 'utf-8' && text.includes('\u{FFFD}'))
    warn('undecodable', `some characters are no ${encoding}; shown as \u{FFFD}`);
  if (text.includes('\0')) {
    warn('nul-characters', 'NUL characters were removed');
    text = text.replaceAll('\0', '');
  }
  return { text, encoding, warnings };
}
