/**
 * Looks at bytes as UTF-8: how many characters beyond ASCII are well formed, how many are not, and where it first goes wrong.
 * Tells a damaged UTF-8 file from a file in another encoding, which the decoder of the platform does not say.
 */

/** Counts over one run of bytes. */
export interface Utf8Census {
  /** Well-formed sequences of two bytes and more. */
  readonly wellFormed: number;
  /** Places at which the bytes are no UTF-8. */
  readonly malformed: number;
  /** Offset of the first such place; -1 where there is none. */
  readonly firstMalformed: number;
}

/** Reads every byte once. @see RFC 3629 section 4 */
export function censusUtf8(bytes: Uint8Array): Utf8Census {
  let wellFormed = 0;
  let malformed = 0;
  let firstMalformed = -1;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length > 1) wellFormed += 1;
    if (length > 0) at += length;
    else {
      malformed += 1;
      if (firstMalformed < 0) firstMalformed = at;
      // A character that was cut is one mistake, however many of its bytes are left.
      do at += 1;
      while (isContinuation(bytes[at]));
    }
  }
  return { wellFormed, malformed, firstMalformed };
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}

/** Bytes of the character that begins here; 0 where none does. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  for (let offset = 1; offset < length; offset += 1) {
    const next = bytes[at + offset] ?? 0;
    const [low, high] = offset === 1 ? secondByteRange(first) : [0x80, 0xbf];
    if (next < low || next > high) return 0;
  }
  return length;
}

/** Overlong forms, surrogates and what lies beyond Unicode are excluded by the second byte. */
function secondByteRange(first: number): readonly [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  return first === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}
