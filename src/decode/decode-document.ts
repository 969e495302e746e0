/**
 * Turns the bytes of a fetched document into text. Who is believed, in this order: the byte order mark, the charset of
 * HTTP, the document's own declaration, UTF-8, what the bytes look like. A declaration is believed only while the bytes
 * agree with it: feeds are converted without their declaration being told, and servers name one charset for everything.
 *
 * @see RFC 7303 section 3, WHATWG Encoding, WHATWG HTML section 13.2.3.2
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { getBOMEncoding } from '@exodus/bytes/encoding.js';
import type { Warning } from '../model/warning.ts';
import { decodeAs, encodingNamed, type DecodedText } from './decode-as.ts';
import { guessEncoding } from './guess-encoding.ts';
import { censusUtf8 } from './utf8-census.ts';

/** As far as browsers look for a declaration. */
const HEAD_BYTES = 1024;

/** So many good UTF-8 characters are no chance: one of GBK passes for UTF-8 at one in five. */
const UTF8_IN_EARNEST = 8;

/** Damage that does not speak against a declared encoding: one bad character in so many. */
const BEARABLE_DAMAGE = 1 / 200;

/**
 * Never throws: what cannot be read becomes U+FFFD, with a warning.
 *
 * @param contentType the header as it came, or null
 * @param where the address, for the warnings
 */
export function decodeDocument(
  bytes: Uint8Array,
  contentType: string | null,
  where: string | null = null,
): DecodedText {
  const declared = declaredEncodings(bytes, contentType);
  const read = readMarked(bytes) ?? readDeclared(bytes, declared) ?? readAs(guessEncoding(bytes), bytes);
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) => warnings.push({ code, message, where });

  const first = declared[0];
  if (first !== undefined && encodingNamed(first) === null)
    warn('charset-unknown', `declares the unknown charset "${first}"; read as ${read.encoding}`);
  else if (first !== undefined && encodingNamed(first) !== read.encoding && !isAscii(bytes))
    warn('charset-mismatch', `declares ${first}, but is ${read.encoding}; read as such`);
  if (read.text.includes('\u{FFFD}') && !isUtf8(bytes))
    warn('undecodable', `some characters are no ${read.encoding}; shown as \u{FFFD}`);
  return { ...read, warnings };
}

/** Charsets named by HTTP and by the document itself, as written. */
function declaredEncodings(bytes: Uint8Array, contentType: string | null): string[] {
  const http = /;\s*charset\s*=\s*["']?([^\s;"']{1,40})/i.exec(contentType ?? '')?.[1];
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const own =
    /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]{1,40})/i.exec(head)?.[1] ??
    (/<(?:!doctype\s+html|html|head)\b/i.test(head)
      ? /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)?.[1]
      : undefined);
  return [http, own].filter((name) => name !== undefined);
}

interface Reading {
  readonly encoding: string;
  readonly text: string;
}

function readAs(encoding: string, bytes: Uint8Array): Reading {
  return { encoding, text: decodeAs(encoding, bytes) };
}

function readMarked(bytes: Uint8Array): Reading | null {
  const encoding = getBOMEncoding(bytes);
  return encoding === null ? null : readAs(encoding, bytes);
}

/** The first declared encoding that the bytes agree with; null where they agree with none, or look like another. */
function readDeclared(bytes: Uint8Array, declared: readonly string[]): Reading | null {
  for (const name of declared) {
    const encoding = encodingNamed(name);
    if (encoding === null) continue;
    const read = encoding === 'utf-8' ? readUtf8(bytes) : readLegacy(encoding, bytes);
    if (read !== null) return read;
  }
  return null;
}

/** Zeros mean UTF-16 that calls itself UTF-8. */
function readUtf8(bytes: Uint8Array): Reading | null {
  return isUtf8(bytes) && !bytes.includes(0) ? readAs('utf-8', bytes) : null;
}

function readLegacy(encoding: string, bytes: Uint8Array): Reading | null {
  // A declaration that can be read byte by byte stands in no UTF-16 document; ASCII is the same in all others.
  if (encoding.startsWith('utf-16') && !bytes.includes(0)) return null;
  const utf8 = isUtf8(bytes) && !bytes.includes(0) && !isAscii(bytes);
  if (utf8 && censusUtf8(bytes).wellFormed >= UTF8_IN_EARNEST) return null;
  const read = readAs(encoding, bytes);
  const damaged = damage(read.text);
  return damaged === 0 || (!utf8 && damaged <= read.text.length * BEARABLE_DAMAGE) ? read : null;
}

function damage(text: string): number {
  return text.match(/\u{FFFD}/gu)?.length ?? 0;
}
