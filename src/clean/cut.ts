/** Cutting long texts for the trail, between characters. */

/** Characters of a changed place that are kept on each side. */
export const MAX_EDIT_LENGTH = 300;

/** At most MAX_EDIT_LENGTH characters: the beginning and the end. */
export function cut(text: string): string {
  if (text.length <= MAX_EDIT_LENGTH) return text;
  const half = MAX_EDIT_LENGTH / 2;
  return `${whole(text.slice(0, half))} … ${whole(text.slice(-half))}`;
}

/** Without the halves of characters that cutting left at the ends. */
export function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
