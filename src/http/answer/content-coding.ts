/**
 * Chooses the content coding of an answer from what the client accepts.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
 */

/** Best first: at equal weights the earlier one is sent. */
const CONTENT_CODINGS = ['br', 'zstd', 'gzip', 'identity'] as const;

export type ContentCoding = (typeof CONTENT_CODINGS)[number];

/** A handful of clients send nearly all requests, so their wishes are kept. */
const MAX_WISHES_KEPT = 200;
const wishes = new Map<string, ContentCoding>();

/** The acceptable coding of the highest weight; `identity` where none is acceptable, as an answer beats none. */
export function chooseCoding(acceptEncoding: string | undefined): ContentCoding {
  if (acceptEncoding === undefined || acceptEncoding === '') return 'identity';
  const known = wishes.get(acceptEncoding);
  if (known !== undefined) return known;
  if (wishes.size >= MAX_WISHES_KEPT) wishes.clear();
  const chosen = heaviest(readWeights(acceptEncoding));
  wishes.set(acceptEncoding, chosen);
  return chosen;
}

function heaviest(weights: ReadonlyMap<string, number>): ContentCoding {
  let best: ContentCoding = 'identity';
  let bestWeight = 0;
  for (const coding of CONTENT_CODINGS) {
    const weight = weights.get(coding) ?? (coding === 'identity' ? 0 : weights.get('*')) ?? 0;
    if (weight > bestWeight) {
      best = coding;
      bestWeight = weight;
    }
  }
  return best;
}

function readWeights(acceptEncoding: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const coding = name === 'x-gzip' ? 'gzip' : name;
    if (coding !== '') weights.set(coding, weight === undefined ? 1 : readWeight(weight));
  }
  return weights;
}

function readWeight(text: string): number {
  const weight = Number(text);
  return weight >= 0 && weight <= 1 ? weight : 0;
}
