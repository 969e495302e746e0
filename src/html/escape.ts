/** Characters that may not stand bare in HTML, escaped. Everything else stays the character it is. */

/** Text as the content of an element. */
export function escapeHtml(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text as the value of an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return /[&<>"]/.test(text) ? escapeHtml(text).replaceAll('"', '&quot;') : text;
}
