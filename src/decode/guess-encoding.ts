/**
 * What an encoding bytes look like that declare none: UTF-8, UTF-16 by its pattern of zeros, damaged UTF-8, then what
 * statistics say of a sample. Also tells bytes that are no text in any encoding.
 */
import { isUtf8 } from 'node:buffer';
import { getBOMEncoding } from '@exodus/bytes/encoding.js';
import { analyse } from 'chardet';
import { decodeAs, encodingNamed } from './decode-as.ts';
import { censusUtf8 } from './utf8-census.ts';

/** Bytes that are looked at to tell binary files and encodings; more makes no guess better. */
const SAMPLE_BYTES = 65_536;

/** Share of control bytes above which bytes are no text. Compressed data has a tenth, damaged text a few in a file. */
const BINARY_SHARE = 0.05;
/** So many may stray into a text of a few words. */
const STRAY_CONTROLS = 2;

/** A UTF-8 file with damage has many good characters for each bad one; other encodings have hardly a good one. */
const GOOD_PER_BAD = 3;

/** WHATWG name in lower case; `utf-8` where nothing says more. Looks at a sample, so long bytes cost no more than short ones. */
export function guessEncoding(bytes: Uint8Array): string {
  const marked = getBOMEncoding(bytes);
  if (marked !== null) return marked;
  // UTF-16 of plain ASCII is well-formed UTF-8, full of zeros.
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const utf16 = utf16ByZeros(sample);
  if (utf16 !== null) return utf16;
  return isUtf8(bytes) ? 'utf-8' : guessLegacy(sample);
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

function guessLegacy(sample: Uint8Array): string {
  const census = censusUtf8(sample);
  if (census.wellFormed >= GOOD_PER_BAD * census.malformed) return 'utf-8';
  for (const { name } of analyse(sample)) {
    const encoding = encodingNamed(name);
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
  const text = decodeAs(encoding, sample);
  const strange = text.match(/(?![\t\n\v\f\r])[\p{Cc}\p{Cn}\p{Co}\u{FFFD}]/gu)?.length ?? 0;
  return strange <= text.length * BINARY_SHARE;
}
