/**
 * Turns the bytes of an archive file into text: byte order mark, UTF-8, UTF-16 by its pattern of zeros, then the
 * encoding that its bytes look like. What is not plain UTF-8 is read with a warning, so that a wrong guess is seen.
 */
import { isUtf8 } from 'node:buffer';
import { getBOMEncoding, normalizeEncoding, TextDecoder as LegacyDecoder } from '@exodus/bytes/encoding.js';
import { analyse } from 'chardet';
import type { Warning } from '../model/warning.ts';
import { censusUtf8 } from './utf8-census.ts';

/** A file as text, without byte order mark and NUL characters. */
export interface DecodedText {
  readonly text: string;
  /** WHATWG name in lower case. */
  readonly encoding: string;
  readonly warnings: readonly Warning[];
}

const UTF8 = new TextDecoder();

/** Bytes that are looked at to tell binary files and encodings; more makes no guess better. */
const SAMPLE_BYTES = 65_536;

/** Share of control bytes above which bytes are no text. Compressed data has a tenth, damaged text a few in a file. */
const BINARY_SHARE = 0.05;
/** So many may stray into a text of a few words. */
const STRAY_CONTROLS = 2;

/** A UTF-8 file with damage has many good characters for each bad one; other encodings have hardly a good one. */
const GOOD_PER_BAD = 3;

/** @param where the file's name, for the warnings. Never throws: what cannot be read becomes U+FFFD, with a warning. */
export function decodeText(bytes: Uint8Array, where: string | null = null): DecodedText {
  const encoding = getBOMEncoding(bytes) ?? (isUtf8(bytes) ? guessAmongUnicode(bytes) : guessEncoding(bytes));
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) => warnings.push({ code, message, where });

  // GB18030 and Big5 of the platform are wrong or missing in places (ARCHITECTURE.md, "libraries"); its UTF-8 is the fastest.
  const decoder = encoding === 'utf-8' ? UTF8 : new LegacyDecoder(encoding);
  let text = decoder.decode(bytes);
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

/** Whether these bytes are no text in any encoding. */
export function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (getBOMEncoding(sample) !== null || utf16ByZeros(sample) !== null) return false;
  let controls = 0;
  for (let at = 0; at < sample.length; at += 1) controls += IS_CONTROL[sample[at] ?? 0] ?? 0;
  return controls > Math.max(sample.length * BINARY_SHARE, STRAY_CONTROLS);
}

/** 1 for control bytes but tab, line feed, vertical tab, form feed, carriage return and the escape of ISO 2022. */
const IS_CONTROL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b ? 1 : 0,
);

/** UTF-16 of plain ASCII is well-formed UTF-8, full of zeros. */
function guessAmongUnicode(bytes: Uint8Array): string {
  return utf16ByZeros(bytes.subarray(0, SAMPLE_BYTES)) ?? 'utf-8';
}

function guessEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const utf16 = utf16ByZeros(sample);
  if (utf16 !== null) return utf16;
  const census = censusUtf8(sample);
  if (census.wellFormed >= GOOD_PER_BAD * census.malformed) return 'utf-8';
  for (const { name } of analyse(sample)) {
    const encoding = normalizeEncoding(name);
    if (encoding !== null && !encoding.startsWith('utf-')) return encoding;
  }
  return 'utf-8';
}

/**
 * Line ends, digits and markup leave zeros in one half of each pair of bytes. Both halves may hold some
 * (一 is 4E 00), so one half must hold most of them; and what comes out must be text, as it is not in other binaries.
 */
function utf16ByZeros(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (!sample.includes(0)) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const enough = Math.max(sample.length / 200, 1);
  if (odd > enough && odd > even * 2) return isText(sample, 'utf-16le') ? 'utf-16le' : null;
  return even > enough && even > odd * 2 && isText(sample, 'utf-16be') ? 'utf-16be' : null;
}

function isText(sample: Uint8Array, encoding: string): boolean {
  const text = new LegacyDecoder(encoding).decode(sample);
  const strange = text.match(/(?![\t\n\v\f\r])[\p{Cc}\p{Cn}\p{Co}\u{FFFD}]/gu)?.length ?? 0;
  return strange <= text.length * BINARY_SHARE;
}
