/**
 * Conditions and steps, as a user writes them (product.md section 2). Their output is the `Condition` and `Rule` of model/rule.ts.
 */
import { z } from 'zod';
import type { Condition, Rule } from '../../model/rule.ts';
import type { Surroundings } from './checked-values.ts';
import { pattern, selector, wholeNumber } from './checked-values.ts';
import { readHost } from './networks.ts';
import { readDuration, readLanguage } from './readings.ts';
import { anyText, keyed, listOf, oneOf, someText, textAs } from './values.ts';

const CENTURY_MS = 36_525 * 86_400_000;

/** Conditions: every part that is given must hold. */
export function condition(around: Surroundings) {
  const needle = z.union([someText(), keyed({ pattern: pattern(around).describe('A pattern (RE2).') })], {
    error: 'must be a word, in quotes where it looks like a number, or {pattern: …}',
  });
  const needles = (description: string) =>
    listOf(needle, 'words or {pattern: …}')
      .min(1, { error: 'must name at least one word' })
      .describe(description);
  return keyed(
    {
      any: needles('Any of these words stands in title or text.').optional(),
      all: needles('All of these words stand in title or text.').optional(),
      none: needles('None of these words stands in title or text.').optional(),
      title: needles('Any of these words stands in the title.').optional(),
      text: needles('Any of these words stands in the text.').optional(),
      author: needles("Any of these words stands in an author's name.").optional(),
      category: needles('Any of these words stands in a category.').optional(),
      link: needles('Any of these words stands in the link.').optional(),
      language: listOf(textAs(readLanguage), 'language tags')
        .min(1, { error: 'must name at least one language' })
        .describe('The item is in one of these languages, such as zh or zh-Hant.')
        .optional(),
      older_than: textAs((text) => readDuration(text, CENTURY_MS))
        .describe('The item was published longer ago than this, such as 30d.')
        .optional(),
      shorter_than: wholeNumber(1, 1_000_000, around)
        .describe('The text has fewer characters than this.')
        .optional(),
    },
    'must be a condition, such as {any: [word, word]} or {title: [word]}',
  )
    .refine((parts) => Object.keys(parts).length > 0, {
      error: 'must not be empty: it would hold for every item',
    })
    .transform(({ older_than: olderThanMs, shorter_than: shorterThan, ...parts }): Condition => ({
      ...withoutUndefined(parts),
      ...(olderThanMs === undefined ? {} : { olderThanMs }),
      ...(shorterThan === undefined ? {} : { shorterThan }),
    }));
}

/** A pipeline: a list of steps, each a map with one key. */
export function pipeline(around: Surroundings) {
  const step = keyed(
    stepShape(around),
    'must be a step, such as {strip_params: [ref]}; a pipeline cannot name another one',
  )
    .meta({ minProperties: 1, maxProperties: 1 })
    .refine((steps) => rulesOf(steps).length <= 1, {
      error: 'must have one key, the name of a step. Begin each step with a "- " of its own',
    })
    .transform((steps, context): Rule => {
      const [rule] = rulesOf(steps);
      return rule ?? (context.addIssue({ code: 'custom', message: 'must name a step' }), z.NEVER);
    });
  return listOf(step, 'steps, such as {strip_params: [ref]}');
}

function rulesOf(steps: Readonly<Record<string, Rule | undefined>>): Rule[] {
  return Object.values(steps).filter((rule) => rule !== undefined);
}

/** The names of the steps, for those who mistake one for a pipeline. */
export const STEP_NAMES = [
  'strip_footer',
  'unproxy_images',
  'rewrite_links',
  'strip_params',
  'remove',
  'replace',
  'drop',
  'tag',
  'boilerplate',
  'full_text',
  'near_duplicates',
  'tests',
] as const;

type StepShape = Record<(typeof STEP_NAMES)[number], z.ZodType<Rule | undefined>>;

function stepShape(around: Surroundings): StepShape {
  return { ...standardSteps(around), ...laterSteps(around) };
}

function standardSteps(around: Surroundings) {
  return {
    strip_footer: oneOf(['feedx'])
      .transform((footer): Rule => ({ step: 'strip_footer', footer }))
      .optional()
      .describe('Takes away the footer that an archiving program put under the text.'),
    unproxy_images: listOf(textAs(readHost), 'host names, such as images.weserv.nl')
      .transform((hosts): Rule => ({ step: 'unproxy_images', hosts }))
      .optional()
      .describe('Restores the address of images that go through these image proxies.'),
    rewrite_links: keyed({
      from: pattern(around).describe('A pattern (RE2) that is looked for in each link.'),
      to: anyText().describe('What is put in its place; $1 is the first group.'),
    })
      .superRefine(({ from, to }, context) =>
        checkReplacement(around, context, { pattern: from, key: 'to', text: to }),
      )
      .transform((parts): Rule => ({ step: 'rewrite_links', ...parts }))
      .optional()
      .describe('Rewrites links that match a pattern.'),
    strip_params: listOf(someText(), 'names of parameters')
      .transform((params): Rule => ({ step: 'strip_params', params }))
      .optional()
      .describe('Takes parameters out of links, besides the known tracking parameters.'),
    remove: listOf(selector(around), 'CSS selectors')
      .transform((selectors): Rule => ({ step: 'remove', selectors }))
      .optional()
      .describe('Removes the elements that a CSS selector finds.'),
    replace: keyed({
      in: oneOf(['title', 'content', 'summary']).describe('Where to replace.'),
      pattern: pattern(around).describe('A pattern (RE2); (?i) at its start ignores case.'),
      with: anyText().describe('What is put in its place; $1 is the first group.'),
    })
      .superRefine((parts, context) =>
        checkReplacement(around, context, { pattern: parts.pattern, key: 'with', text: parts.with }),
      )
      .transform((parts): Rule => ({ step: 'replace', ...parts }))
      .optional()
      .describe('Replaces what matches a pattern.'),
  };
}

function laterSteps(around: Surroundings) {
  const inspection = keyed({
    item: someText().describe('An item: part of its address, or its guid.'),
    excludes: someText().optional().describe('A text that may not be in it after the steps.'),
    contains: someText().optional().describe('A text that must be in it after the steps.'),
  }).transform(({ item, excludes = null, contains = null }) => ({ item, excludes, contains }));
  return {
    drop: condition(around)
      .transform((when): Rule => ({ step: 'drop', condition: when }))
      .optional()
      .describe('Leaves out the items for which the condition holds.'),
    tag: keyed({
      as: someText().describe('The tag.'),
      when: condition(around).optional().describe('Which items get it; all where nothing is said.'),
    })
      .transform(({ as, when = null }): Rule => ({ step: 'tag', as, when }))
      .optional()
      .describe('Gives items a category.'),
    boilerplate: oneOf(['learn', 'off'])
      .transform((mode): Rule => ({ step: 'boilerplate', mode }))
      .optional()
      .describe('Learns what a source repeats under every item, and takes it away.'),
    full_text: oneOf(['never', 'when_summary', 'always'])
      .transform((mode): Rule => ({ step: 'full_text', mode }))
      .optional()
      .describe('Fetches the whole text from the page of an item.'),
    near_duplicates: oneOf(['link', 'merge', 'off'])
      .transform((mode): Rule => ({ step: 'near_duplicates', mode }))
      .optional()
      .describe('What becomes of the same story from elsewhere.'),
    tests: listOf(inspection, 'tests, such as {item: …, contains: …}')
      .transform((tests): Rule => ({ step: 'tests', tests }))
      .optional()
      .describe('What must be true of the items after the steps.'),
  };
}

function checkReplacement(
  around: Surroundings,
  context: z.RefinementCtx,
  rule: { pattern: string; key: string; text: string },
): void {
  const message = around.checkPattern(rule.pattern, rule.text);
  if (message !== null) {
    context.addIssue({ code: 'custom', message, path: [rule.key], params: { whole: true } });
  }
}

/** Zod's optional keys may be undefined; ours may only be absent. */
function withoutUndefined<Parts extends object>(
  parts: Parts,
): { [Key in keyof Parts]?: Exclude<Parts[Key], undefined> };
function withoutUndefined(parts: object): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
