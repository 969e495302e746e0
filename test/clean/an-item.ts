/** An item for tests of steps: everything absent but what the test names. */
import type { Item } from '../../src/model/item.ts';
import type { EpochMs } from '../../src/model/time.ts';
import type { StepContext } from '../../src/clean/step.ts';

const NOW = Date.UTC(2024, 5, 1) as EpochMs;

export const ARCHIVE: StepContext = { sourceType: 'archive', url: null, now: NOW };
export const FEED: StepContext = { sourceType: 'feed', url: 'https://news.example/feed.xml', now: NOW };

export function anItem(given: Partial<Item> = {}): Item {
  return {
    locator: '000_0123456789abcdef.txt',
    guid: null,
    url: null,
    title: '',
    contentHtml: '',
    summary: null,
    authors: [],
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    rights: null,
    published: null,
    updated: null,
    archived: null,
    commentsUrl: null,
    exported: null,
    ...given,
  };
}
