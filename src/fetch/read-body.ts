/**
 * The body of an answer, unpacked, within limits: what comes over the wire is counted, and what comes out of the
 * unpacking is counted again and ended at the limit, so that no bomb unfolds.
 *
 * @see RFC 9110 section 8.4, RFC 8878 section 7.2
 */
import { promisify } from 'node:util';
import {
  brotliDecompress,
  constants,
  gunzip,
  inflate,
  inflateRaw,
  zstdDecompress,
  type InputType,
} from 'node:zlib';
import { FeedmillError } from '../model/error.ts';
import { header, type ResponseHeaders } from './response-headers.ts';

/** A zlib function: unpacks, or fails at `maxOutputLength`. */
type Unpack = (packed: InputType, options: { maxOutputLength: number }) => Promise<Buffer>;

/** Windows above 8 MB are not for the web (RFC 8878): they cost memory that no limit on the output holds. */
const ZSTD_WINDOW_LOG = 23;

const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  zstd: (packed, options) =>
    promisify(zstdDecompress)(packed, {
      ...options,
      params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
    }),
  deflate: promisify(inflate),
};

/**
 * Reads to the end, or throws.
 *
 * @throws FeedmillError `too-large`, `bad-encoding`; and what the connection throws
 */
export async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  headers: ResponseHeaders,
  maxBytes: number,
): Promise<Buffer> {
  const coding = codingOf(headers);
  const announced = Number(header(headers, 'content-length') ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const packed = await collect(chunks, maxBytes);
  return coding === null || !looksPacked(coding, packed) ? packed : await unpack(coding, packed, maxBytes);
}

/** At most one is undone: nobody needs two, and each multiplies what a small body can become. */
function codingOf(headers: ResponseHeaders): string | null {
  const codings = Array.of(headers['content-encoding'] ?? [])
    .flat()
    .join(',')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const [coding] = codings;
  if (coding === undefined) return null;
  if (codings.length > 1 || UNPACK[coding] === undefined)
    throw new FeedmillError(
      'bad-encoding',
      `The server packed the document in a way that is not read (Content-Encoding: ${codings.join(', ').slice(0, 80)}). The publisher has to mend that.`,
    );
  return coding;
}

async function collect(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    parts.push(chunk);
  }
  return Buffer.concat(parts, size);
}

/** Some servers say gzip and send plain text; its two magic bytes begin no text. */
function looksPacked(coding: string, packed: Buffer): boolean {
  if (!coding.endsWith('gzip')) return packed.length > 0;
  return packed[0] === 0x1f && packed[1] === 0x8b;
}

async function unpack(coding: string, packed: Buffer, maxOutputLength: number): Promise<Buffer> {
  // "deflate" means zlib's format; some servers never knew, and send what is inside.
  const bare = coding === 'deflate' && !hasZlibHeader(packed);
  const run = bare ? promisify(inflateRaw) : UNPACK[coding];
  if (run === undefined) return packed;
  try {
    return await run(packed, { maxOutputLength });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxOutputLength, { cause });
    const message = `The document's packing (${coding}) is broken or cut short (${code}). It is tried again later; if it stays, the publisher has to mend it.`;
    throw new FeedmillError('bad-encoding', message, { cause });
  }
}

function hasZlibHeader(packed: Buffer): boolean {
  return packed.length > 1 && ((packed[0] ?? 0) & 0x0f) === 8 && packed.readUInt16BE(0) % 31 === 0;
}

function tooLarge(maxBytes: number, options?: ErrorOptions): FeedmillError {
  return new FeedmillError(
    'too-large',
    `The document is larger than ${Math.round(maxBytes / 1024)} KB. If it is meant, raise fetch.max_body in the configuration.`,
    options,
  );
}
