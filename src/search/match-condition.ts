/**
 * Whether a condition of the configuration holds for an item (product.md section 2; docs/configuration.md says it to users).
 * A condition holds where every part that is given holds. Words are compared folded; patterns see the text as it is, and run
 * on the linear-time engine. What an item does not say (its language, its date) fulfils no part that asks for it.
 */
import type { Author } from '../model/item.ts';
import type { Condition, Needle } from '../model/rule.ts';
import type { EpochMs } from '../model/time.ts';
import { findNeedle, searchedAddress, searchedText, type SearchedText } from './find-needle.ts';

/** What conditions look at. */
export interface Matchable {
  readonly title: string;
  /** Plain text. Read when first needed, so it may be a getter that takes its time. */
  readonly text: string;
  readonly authors: readonly Pick<Author, 'name'>[];
  readonly categories: readonly string[];
  readonly url: string | null;
  /** Read when first needed. */
  readonly language: string | null;
  readonly published: EpochMs | null;
}

/** @param now when the item arrived: `older_than` counts back from there, so that a decision does not change with the calendar */
export function matchesCondition(condition: Condition, item: Matchable, now: EpochMs): boolean {
  return explainMatch(condition, item, now) !== null;
}

/** For people: what in the item fulfils each part of the condition; null where the condition does not hold. */
export function explainMatch(condition: Condition, item: Matchable, now: EpochMs): string | null {
  const texts = textsOf(item);
  const found: string[] = [];
  for (const part of PARTS) {
    const answer = part(condition, texts, now);
    if (answer === null) return null;
    if (answer !== NOT_ASKED) found.push(answer);
  }
  return found.length === 0 ? null : found.join('; ');
}

/** An item and its folded texts, each made when first asked for. */
interface ItemTexts {
  readonly item: Matchable;
  readonly title: SearchedText;
  readonly text: SearchedText;
}

/** Says what fulfils one part of the condition, or that nothing was asked; null where it is not fulfilled. */
type Part = (condition: Condition, texts: ItemTexts, now: EpochMs) => string | null;
const NOT_ASKED = '';

/** Cheap ones first: most items are judged by their titles alone. */
const PARTS: readonly Part[] = [
  ({ title }, texts) => asked(title, (needles) => anyIn('the title', needles, [texts.title])),
  ({ author }, { item }) =>
    asked(author, (needles) => {
      return anyIn('an author', needles, searched(item.authors.map(({ name }) => name ?? '')));
    }),
  ({ category }, { item }) =>
    asked(category, (needles) => anyIn('a category', needles, searched(item.categories))),
  ({ link }, { item }) =>
    asked(link, (needles) => anyIn('the link', needles, item.url === null ? [] : searchedAddress(item.url))),
  ({ olderThanMs }, { item }, now) => asked(olderThanMs, (age) => olderThan(age, item.published, now)),
  ({ language }, { item }) => asked(language, (ranges) => inLanguage(ranges, item.language)),
  ({ shorterThan }, { item }) => asked(shorterThan, (limit) => shorter(limit, item.text)),
  ({ text }, texts) => asked(text, (needles) => anyIn('the text', needles, [texts.text])),
  ({ any }, texts) => asked(any, (needles) => anyIn('title or text', needles, [texts.title, texts.text])),
  ({ all }, texts) => asked(all, (needles) => allIn(needles, texts)),
  ({ none }, texts) => asked(none, (needles) => noneIn(needles, texts)),
];

function asked<Wanted>(wanted: Wanted | undefined, judge: (wanted: Wanted) => string | null): string | null {
  return wanted === undefined ? NOT_ASKED : judge(wanted);
}

function anyIn(where: string, needles: readonly Needle[], texts: readonly SearchedText[]): string | null {
  const found = needles.find((needle) => texts.some((text) => findNeedle(needle, text)));
  return found === undefined ? null : `${where} holds ${written(found)}`;
}

function allIn(needles: readonly Needle[], { title, text }: ItemTexts): string | null {
  const isThere = (needle: Needle): boolean => findNeedle(needle, title) || findNeedle(needle, text);
  return needles.every(isThere) ? `title and text hold ${needles.map(written).join(', ')}` : null;
}

function noneIn(needles: readonly Needle[], texts: ItemTexts): string | null {
  const found = anyIn('title or text', needles, [texts.title, texts.text]);
  return found === null ? `neither title nor text holds ${needles.map(written).join(', ')}` : null;
}

/** `zh` asks for every Chinese, `zh-Hant` for one (RFC 4647, section 3.3.1). */
function inLanguage(ranges: readonly string[], language: string | null): string | null {
  const tag = language?.toLowerCase() ?? '';
  const isIn = ranges.map((range) => range.toLowerCase()).some((r) => tag === r || tag.startsWith(`${r}-`));
  return isIn ? `the language is ${language}` : null;
}

function olderThan(ageMs: number, published: EpochMs | null, now: EpochMs): string | null {
  if (published === null || now - published <= ageMs) return null;
  return `it was published ${Math.floor((now - published) / 86_400_000)} days before it arrived`;
}

/** Characters as people count them, one for each beyond the first plane. */
function shorter(limit: number, text: string): string | null {
  const length = Array.from(text.slice(0, 2 * limit)).length;
  return length < limit ? `the text has ${length} characters` : null;
}

function written(needle: Needle): string {
  return typeof needle === 'string' ? `"${needle}"` : `the pattern ${needle.pattern}`;
}

/** Many publications ask the same item, and folding a long text costs more than looking through it. */
const remembered = new WeakMap<Matchable, ItemTexts>();

function textsOf(item: Matchable): ItemTexts {
  const known = remembered.get(item);
  if (known !== undefined) return known;
  const texts: ItemTexts = {
    item,
    title: searchedText(() => item.title),
    text: searchedText(() => item.text),
  };
  remembered.set(item, texts);
  return texts;
}

function searched(texts: readonly string[]): SearchedText[] {
  return texts.map((text) => searchedText(() => text));
}
