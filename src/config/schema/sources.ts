/**
 * Sources, as a user writes them: an archive, a feed or a page (product.md section 2).
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { STEP_NAMES } from './pipelines.ts';
import { readSourceUrl } from './addresses.ts';
import type { Surroundings } from './checked-values.ts';
import { selector, selectorOrAttribute, timezone, wholeNumber } from './checked-values.ts';
import { readCron, readDuration, readHeaderValue } from './readings.ts';
import { keyed, listOf, oneOf, someText, textAs } from './values.ts';

/** A hundred years: whoever wants more writes `forever`. */
const LONGEST_KEEP_MS = 36_525 * 86_400_000;

/** Headers that carry secrets or belong to the connection. Which others may be set is for fetch/ to say. */
const REFUSED_HEADERS =
  /^(authorization|proxy-authorization|cookie|host|content-length|transfer-encoding|connection)$/i;

/** What may stand as `type`. */
export const SOURCE_TYPES = ['archive', 'feed', 'page'] as const;

/** A source. */
export function source(around: Surroundings) {
  return z.discriminatedUnion('type', [archive(around), feed(around), page(around)], {
    error: ({ code }) =>
      code === 'invalid_union'
        ? 'must be archive, feed or page'
        : 'must be a source, such as {type: feed, url: https://example.org/feed.xml}',
  });
}

/** `forever` or a duration; in milliseconds, null for ever. */
export function keep() {
  return textAs<number | null>((text) => {
    if (text === 'forever') return { value: null };
    const read = readDuration(text, LONGEST_KEEP_MS);
    return 'value' in read ? read : { wrong: 'must be forever or a duration such as 90d' };
  });
}

/** When a source is looked at. */
export function schedule() {
  return textAs(readCron);
}

function common(around: Surroundings) {
  return {
    folder: someText().nullable().prefault(null).describe('The folder in the reader.'),
    schedule: schedule()
      .optional()
      .describe('Cron line with five fields, in the time zone of the server. Default: defaults.schedule.'),
    keep: keep().optional().describe('forever, or a duration from arrival. Default: defaults.keep.'),
    timezone: timezone()
      .nullable()
      .prefault(null)
      .describe('For dates that name no zone, such as Europe/Berlin.'),
    pipeline: listOf(pipelineName(around), 'names of pipelines')
      .prefault([])
      .describe('Names of pipelines, in order. The standard steps always run.'),
  };
}

function pipelineName({ pipelines }: Surroundings) {
  const steps: readonly string[] = STEP_NAMES;
  return textAs(
    (text) => {
      if (pipelines.has(text)) return { value: text };
      const isStep = steps.includes(text);
      return {
        wrong: isStep
          ? 'names a step: put it into a pipeline, and name that here'
          : 'names an unknown pipeline',
      };
    },
    { names: [...pipelines] },
  );
}

function archive(around: Surroundings) {
  return keyed({
    type: z.literal('archive').describe('A directory of article files, watched.'),
    path: textAs((text) => {
      const path = resolve(around.directory, text);
      return text !== '' && around.isDirectory(path)
        ? { value: path }
        : { wrong: 'must be the path of a directory, relative to this file' };
    }).describe('The directory, relative to this file. Files in it are never written to.'),
    match: someText()
      .prefault('**/*.txt')
      .describe('Which files: a glob over the path inside the directory.'),
    ...common(around),
  });
}

function feed(around: Surroundings) {
  return keyed({
    type: z.literal('feed').describe('RSS, RDF, Atom or JSON Feed.'),
    ...remote(around),
    full_text: oneOf(['never', 'when_summary', 'always'])
      .prefault('never')
      .describe('Whether the whole text is fetched from the page of each item.'),
  });
}

function page(around: Surroundings) {
  const part = (description: string) =>
    selectorOrAttribute(around).nullable().prefault(null).describe(description);
  return keyed({
    type: z.literal('page').describe('A web page read with CSS selectors.'),
    ...remote(around),
    select: keyed({
      item: selector(around)
        .nullable()
        .prefault(null)
        .describe('The elements that are items. Default: what the page describes as JSON-LD or microdata.'),
      title: part('The title, inside of the item.'),
      link: part('The link, such as a@href.'),
      date: part('The date, such as time@datetime.'),
      content: part('The text.'),
      next: part('The link to the next page.'),
      pages: wholeNumber(1, 100, around).prefault(1).describe('How many pages are read.'),
    }).describe(
      'CSS selectors, each with @attribute behind it where an attribute is meant. {} reads what the page describes as JSON-LD or microdata.',
    ),
  });
}

function remote(around: Surroundings) {
  return {
    url: textAs(readSourceUrl).describe('The address.'),
    headers: z
      .record(headerName(), textAs(readHeaderValue), {
        error: 'must be a map of headers, such as {Referer: …}',
      })
      .prefault({})
      .describe('HTTP headers to send. Passwords and tokens belong under auth.'),
    auth: auth().nullable().prefault(null).describe('{user, password} or {bearer}.'),
    ...common(around),
  };
}

function headerName() {
  return z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: 'is no name of an HTTP header' })
    .refine((name) => !REFUSED_HEADERS.test(name), {
      error:
        'is a header that may not be set here. For passwords and tokens, use auth: {user: …, password: …} or {bearer: …}',
    });
}

function auth() {
  return keyed({
    user: someText().optional().describe('Name for HTTP Basic.'),
    password: someText().optional().describe('Its password. Use ${NAME}.'),
    bearer: textAs(readHeaderValue).optional().describe('A token. Use ${NAME}.'),
  }).transform(({ user, password, bearer }, context) => {
    if (bearer !== undefined && user === undefined && password === undefined) return { bearer };
    if (bearer === undefined && user !== undefined && password !== undefined) return { user, password };
    context.addIssue({ code: 'custom', message: 'must be {user: …, password: …} or {bearer: …}' });
    return z.NEVER;
  });
}
