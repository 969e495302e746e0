/**
 * The definition of the configuration file (product.md section 2): its keys, their defaults and what is said about them in editors.
 * Its input is what tree.ts made; its output still has the file's shape, with every value read.
 */
import { z } from 'zod';
import { condition, pipeline } from './pipelines.ts';
import { keep, schedule, source } from './sources.ts';
import { readBaseUrl, readFeedPath, readHttpUrl, readProxyUrl, readStoreUrl } from './addresses.ts';
import type { Surroundings } from './checked-values.ts';
import { nameOf, numberFromEnvironment, timezone, wholeNumber } from './checked-values.ts';
import { WRONG_TRUST_PROXY, readListenHost, readNetwork, readTrustedProxies } from './networks.ts';
import { readDuration, readHeaderValue, readLanguage, readSize } from './readings.ts';
import { anyText, keyed, listOf, named, oneOf, someText, textAs } from './values.ts';

const HOUR_MS = 3_600_000;

/** A configuration whose every value is read. */
export type ReadConfig = z.output<ReturnType<typeof configSchema>>;

/** Makes the schema for one file. */
export function configSchema(around: Surroundings) {
  return keyed(
    {
      version: z.literal(1, { error: 'must be the number 1' }).describe('The version of this format: 1.'),
      server: section(server(around)).describe('Where and how the server listens.'),
      store: section(store(around)).describe('Where everything is kept.'),
      auth: oneOf(['required', 'none'])
        .prefault('required')
        .describe('none: everybody who can connect may read and change everything.'),
      fetch: section(fetching(around)).describe('How sources are fetched.'),
      defaults: section(defaults()).describe('What holds for every source that says nothing else.'),
      sources: named(source(around), 'a name for each source')
        .prefault({})
        .describe('Where items come from. The name is the key of the source.'),
      pipelines: named(pipeline(around), 'a name for each pipeline')
        .prefault({})
        .describe('Named, ordered lists of steps that sources use.'),
      identity: section(identity()).describe('How the same story from elsewhere is treated.'),
      feeds: named(feed(around), 'a name for each feed')
        .prefault({})
        .describe('What Feedmill offers. The name is part of the address: /feeds/NAME.atom'),
    },
    'must be a map of keys that begins with version: 1',
  );
}

/** A part of the file that may be absent, or left empty. */
function section<Section extends z.ZodType>(value: Section) {
  return z.preprocess((input) => input ?? {}, value).prefault({});
}

function server(around: Surroundings) {
  const trusted = z.union([z.boolean(), z.int().min(0).max(20), textAs(readTrustedProxies)], {
    error: WRONG_TRUST_PROXY,
  });
  return keyed({
    host: textAs(readListenHost).prefault('127.0.0.1').describe('Name or address to listen on.'),
    port: wholeNumber(0, 65_535, around).prefault(3000).describe('Port to listen on; 0 takes a free one.'),
    base_url: textAs(readBaseUrl)
      .nullable()
      .prefault(null)
      .describe('The address under which people reach the server. Default: the one it listens on.'),
    trust_proxy: z
      .preprocess((input) => numberFromEnvironment(input, around), trusted)
      .prefault(false)
      .describe('Which proxies are believed: true, false, how many, or their networks.'),
    timezone: timezone()
      .optional()
      .describe("Zone of schedules and of dates on pages. Default: the machine's."),
  });
}

function store({ directory }: Surroundings) {
  return keyed({
    url: textAs((text) => readStoreUrl(text, directory))
      .optional()
      .describe('sqlite:PATH, relative to this file, or postgres://user@host/database.'),
  });
}

function fetching(around: Surroundings) {
  return keyed({
    timeout: textAs((text) => readDuration(text, HOUR_MS))
      .prefault('30s')
      .describe('For one fetch as a whole.'),
    max_body: textAs(readSize).prefault('10MB').describe('Largest document, unpacked.'),
    concurrency: wholeNumber(1, 1000, around).prefault(16).describe('Fetches at a time.'),
    per_host: wholeNumber(1, 100, around).prefault(2).describe('Fetches at a time from one host.'),
    allow_private: listOf(textAs(readNetwork), 'networks, such as 192.168.1.0/24')
      .prefault([])
      .describe('Private networks that may be fetched from, as CIDR.'),
    proxy: textAs(readProxyUrl).nullable().prefault(null).describe('HTTP proxy for all fetches.'),
    user_agent: textAs(readHeaderValue).nullable().prefault(null).describe('What we call ourselves.'),
  });
}

function defaults() {
  return keyed({
    schedule: schedule().prefault('*/15 * * * *').describe('Cron line with five fields.'),
    keep: keep()
      .prefault('forever')
      .describe('forever, or a duration from arrival. Starred items are always kept.'),
  });
}

function identity() {
  return keyed({
    near_duplicates: oneOf(['link', 'merge', 'off'])
      .prefault('link')
      .describe('The same story from elsewhere: link both, merge them, or leave them alone.'),
  });
}

function feed(around: Surroundings) {
  return keyed(
    {
      path: textAs(readFeedPath)
        .nullable()
        .prefault(null)
        .describe('An address of its own, such as /feed.xml.'),
      title: someText().nullable().prefault(null).describe('Default: its name.'),
      description: anyText().prefault('').describe('One sentence about it.'),
      language: textAs(readLanguage)
        .nullable()
        .prefault(null)
        .describe('Language tag. Default: what most items are in.'),
      sources: listOf(nameOf('source', around.sources), 'names of sources')
        .nullable()
        .prefault(null)
        .describe('Keys of sources. Default: all.'),
      where: condition(around).nullable().prefault(null).describe('Only items for which this holds.'),
      exclude: condition(around).nullable().prefault(null).describe('No items for which this holds.'),
      script: oneOf(['hans', 'hant'])
        .nullable()
        .prefault(null)
        .describe('Show Chinese in simplified or traditional characters.'),
      limit: wholeNumber(1, 10_000, around)
        .prefault(50)
        .describe('Items in the feed; older ones are on its archive pages.'),
      token: someText()
        .nullable()
        .prefault(null)
        .describe('Where set, the feed answers 404 without it. Use ${NAME}.'),
      content: oneOf(['full', 'summary']).prefault('full').describe('Whole texts, or summaries.'),
      order: oneOf(['newest', 'oldest']).prefault('newest').describe('Which items come first.'),
      images: oneOf(['direct', 'proxied', 'none']).prefault('direct').describe('How images are addressed.'),
      icon: textAs(readHttpUrl).nullable().prefault(null).describe('Address of a picture for the feed.'),
      format: oneOf(['atom', 'rss']).prefault('atom').describe('Format at its own path.'),
    },
    'must be a feed, such as {title: News, sources: [name]}; or {} for a feed of everything',
  );
}
