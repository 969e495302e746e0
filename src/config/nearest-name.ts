/** The name that was probably meant by one that nobody knows. */
import { distance } from 'fastest-levenshtein';

/** The nearest of the names, if any is near enough to be worth a question. Case, - and _ make no difference. */
export function nearestName(name: string, names: readonly string[]): string | null {
  const wanted = folded(name);
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  let best: { name: string; distance: number } | null = null;
  for (const candidate of names) {
    // Of a very long text every distance is large, and slow to compute.
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const found = distance(wanted, folded(candidate));
    if (found <= limit && found < wanted.length && (best === null || found < best.distance)) {
      best = { name: candidate, distance: found };
    }
  }
  return best?.name ?? null;
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}
