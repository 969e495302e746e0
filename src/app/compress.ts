/** Bytes made ready to be sent: hashed and compressed once, however often they are asked for. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import type { EpochMs } from '../model/time.ts';
import type { Rendered } from './app.ts';

const asGzip = promisify(gzip);
const asBrotli = promisify(brotliCompress);
const asZstd = promisify(zstdCompress);

/** Feeds are asked for a thousand times between two changes, pages hardly twice: the better ratio of Brotli 9 costs 10 ms. */
const BROTLI = { feed: 9, page: 5 } as const;

/** Compresses off the event loop. The hash is over the bytes alone: the same content gives the same validator. */
export async function makeReady(
  text: string,
  mediaType: string,
  lastModified: EpochMs,
  use: keyof typeof BROTLI,
): Promise<Rendered> {
  const body = Buffer.from(text);
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI[use],
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  const [gzipped, br, zstd] = await Promise.all([asGzip(body), asBrotli(body, { params }), asZstd(body)]);
  return { mediaType, body, hash, lastModified, encodings: { gzip: gzipped, br, zstd } };
}
