/**
 * The steps of a source in their order: standard ones, the rules of its pipelines, standard ones.
 *
 * Before the rules comes what they should be able to count on: every picture has its address (lazy_images, first, since what it
 * finds may be relative), every address is absolute (absolute_links), the publication time has left the text (dateline).
 * After them comes what they may have made work for: links they rewrote lose their tracking (tracking_params), counters go before
 * anything takes them for a picture (tracking_pixels, before figures and lead_image), captions join their pictures (figures,
 * after unproxied addresses), the notice leaves the text (rights), what all this emptied goes (empty_markup).
 * At the end come the two that read the finished text: lead_image and language.
 */
import type { Rule } from '../model/rule.ts';
import { ruleStep } from './rules/rule-step.ts';
import { absoluteLinksStep } from './standard/absolute-links.ts';
import { datelineStep } from './standard/dateline.ts';
import { emptyMarkupStep } from './standard/empty-markup.ts';
import { figuresStep } from './standard/figures.ts';
import { languageStep } from './standard/language.ts';
import { lazyImagesStep } from './standard/lazy-images.ts';
import { leadImageStep } from './standard/lead-image.ts';
import { rightsStep } from './standard/rights.ts';
import { trackingParamsStep } from './standard/tracking-params.ts';
import { trackingPixelsStep } from './standard/tracking-pixels.ts';
import type { Step } from './step.ts';

/**
 * Raised by whoever changes what any step, or the sanitiser, does to an item: stored items made by a lower version are
 * cleaned anew in the background, from the raw text that is kept. That moves no `updated` and makes no revision.
 */
export const CLEANER_VERSION = 3;

const BEFORE_THE_RULES: readonly Step[] = [lazyImagesStep, absoluteLinksStep, datelineStep];

const AFTER_THE_RULES: readonly Step[] = [
  trackingParamsStep,
  trackingPixelsStep,
  figuresStep,
  rightsStep,
  emptyMarkupStep,
  leadImageStep,
  languageStep,
];

/** Workers clean documents of many sources by turns; compiling patterns costs more than an item. */
const MAX_KEPT = 64;
const kept = new Map<string, readonly Step[]>();

/** The whole pipeline for these rules. Rules that have no effect yet bring no step. */
export function buildPipeline(rules: readonly Rule[]): readonly Step[] {
  const key = JSON.stringify(rules);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const built = [
    ...BEFORE_THE_RULES,
    ...rules.map(ruleStep).filter((step) => step !== null),
    ...AFTER_THE_RULES,
  ];
  const [oldest] = kept.keys();
  if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, built);
  return built;
}
