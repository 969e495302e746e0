/** Language tags in the form of BCP 47 (RFC 5646 section 2.1.1): `zh_tw` is `zh-TW`. What is no tag is null. */

/** The tag, its parts in their usual case; extensions and private use stay as they are. */
export function languageTag(written: string | null): string | null {
  const tag = (written ?? '').trim().replaceAll('_', '-');
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(tag)) return null;
  const [language = '', ...rest] = tag.split('-');
  let isExtension = false;
  const parts = rest.map((part) => {
    isExtension ||= part.length === 1;
    return isExtension ? part.toLowerCase() : casedAs(part);
  });
  return [language.toLowerCase(), ...parts].join('-');
}

/** Scripts have four letters, regions two. */
function casedAs(part: string): string {
  if (/^[a-z]{4}$/i.test(part)) return `${part.slice(0, 1).toUpperCase()}${part.slice(1).toLowerCase()}`;
  return part.length === 2 ? part.toUpperCase() : part.toLowerCase();
}
