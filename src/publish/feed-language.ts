/** The language of a whole publication. */
import { languageTag } from './publishable-item.ts';
import type { PublicationView } from './publication-view.ts';

/** What the configuration says; else what most items are in, the earlier in the feed on a tie; null where none says. */
export function feedLanguage(view: PublicationView): string | null {
  const configured = languageTag(view.publication.language);
  if (configured !== null) return configured;
  const counts = new Map<string, number>();
  for (const item of view.items) {
    const language = languageTag(item.language);
    if (language !== null) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  let most: string | null = null;
  for (const [language, count] of counts) {
    if (most === null || count > (counts.get(most) ?? 0)) most = language;
  }
  return most;
}
