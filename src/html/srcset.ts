/**
 * The `srcset` attribute: pictures of several sizes, in the form that browsers read.
 * @see https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
 */

export interface SrcsetPicture {
  readonly url: string;
  /** Such as `2x` or `640w`; empty where none is given. */
  readonly descriptor: string;
}

/** The pictures of a `srcset`; those whose descriptor nobody understands are left out. */
export function parseSrcset(text: string): SrcsetPicture[] {
  const pictures: SrcsetPicture[] = [];
  const picture = /[\s,]*(\S*[^\s,])(?:,|\s+([^,]*)(?:,|$)|\s*$)/y;
  for (let found = picture.exec(text); found !== null; found = picture.exec(text)) {
    const descriptor = (found[2] ?? '').trim().replaceAll(/\s+/g, ' ');
    if (descriptor === '' || /^\d+(?:\.\d+)?[wx](?: \d+h)?$/.test(descriptor)) {
      pictures.push({ url: found[1] ?? '', descriptor });
    }
  }
  return pictures;
}

/** Writes what `parseSrcset` reads. */
export function formatSrcset(pictures: readonly SrcsetPicture[]): string {
  return pictures
    .map(({ url, descriptor }) => `${url.replaceAll(/^,+|,+$/g, encodeURIComponent)} ${descriptor}`.trim())
    .join(', ');
}
