/** Encodings by name: which there are, and bytes decoded in one of them by whichever decoder is right for it. */
import { normalizeEncoding, TextDecoder as LegacyDecoder } from '@exodus/bytes/encoding.js';
import type { Warning } from '../model/warning.ts';

/** Bytes as text, without byte order mark. */
export interface DecodedText {
  readonly text: string;
  /** WHATWG name in lower case. */
  readonly encoding: string;
  readonly warnings: readonly Warning[];
}

/**
 * What is malformed becomes U+FFFD.
 *
 * @param encoding WHATWG name in lower case
 */
export function decodeAs(encoding: string, bytes: Uint8Array): string {
  // GB18030 and Big5 of the platform are wrong or missing in places; its UTF-8 is the fastest.
  const decoder = encoding === 'utf-8' ? new TextDecoder() : new LegacyDecoder(encoding);
  return decoder.decode(bytes);
}

/** The WHATWG name of an encoding that can be read, in lower case; null for unknown ones, and those that are a danger to read. */
export function encodingNamed(label: string): string | null {
  const name = normalizeEncoding(label);
  return name === 'replacement' ? null : name;
}
