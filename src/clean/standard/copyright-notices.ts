/**
 * What a closing copyright notice looks like, as a rule table. Patterns see the notice in simplified characters, white
 * space folded; they must match from its first character, and a notice longer than `longest` is a text about copyright.
 */

export interface CopyrightNotice {
  readonly pattern: RegExp;
  /** In characters. */
  readonly longest: number;
  readonly source: string;
}

const YEARS = String.raw`(?:19|20)\d\d(?:\s?[-–—至]\s?(?:(?:19|20)?\d\d|今))?(?!\d)`;

export const COPYRIGHT_NOTICES: readonly CopyrightNotice[] = [
  {
    pattern: /^(?:© ?)?(?:\d{4} ?年? ?)?德国之声 ?版权声明[：:]/,
    longest: 400,
    source:
      'Deutsche Welle in Chinese, archive files of 2022 to 2024; traditional also under simplified text',
  },
  {
    pattern: new RegExp(`^(?:copyright:? ?)?©(?: ?copyright)?.{0,80}?${YEARS}`, 'i'),
    longest: 200,
    source: 'the sign with year and owner, in either order: Universal Copyright Convention, article III',
  },
  {
    pattern: new RegExp(
      `^(?:[Cc]opyright|COPYRIGHT)(?: ?\\([Cc]\\))?:? ${YEARS},?(?: (?:by )?[\\p{Lu}\\p{Script=Han}]|\\.?$)`,
      'u',
    ),
    longest: 200,
    source: 'the word in place of the sign: United States Code, title 17, section 401',
  },
  {
    pattern: /^(?:本[文站网报][^。，]{0,20})?版权[均皆]?(?:所有|归[^。，]{1,30}所有)(?![者人权的])/,
    longest: 120,
    source: 'Chinese newspapers and portals: 版权所有，未经授权不得转载; 本文版权归某某所有',
  },
  {
    pattern: /^[^。，.,]{1,40}版权所有(?:[，。.,!！ ]|$)/,
    longest: 80,
    source: 'the same with the owner before it',
  },
  {
    pattern: /^(?:[^.]{1,80}[.,]? )?all rights reserved ?(?:[.。|·–—-]|$)/i,
    longest: 200,
    source: 'the words of the Buenos Aires Convention, article 3, still common under English texts',
  },
];
