/**
 * Feeds, pages and lists as bytes: rendered and compressed once per change, then kept.
 */
import type { Config } from '../model/config.ts';
import { parseItemId } from '../model/item-key.ts';
import type { FeedFormat, Publication } from '../model/publication.ts';
import type { EpochMs } from '../model/time.ts';
import { renderAtom } from '../publish/atom.ts';
import { renderFeedPage } from '../publish/html/feed-page.ts';
import { renderErrorPage, renderFrontPage } from '../publish/html/front-page.ts';
import { renderItemPage } from '../publish/html/item-page.ts';
import { STYLESHEET, STYLESHEET_PATH } from '../publish/html/stylesheet.ts';
import { renderJsonFeed } from '../publish/json-feed.ts';
import { renderFeedsOpml, renderSourcesOpml } from '../publish/opml.ts';
import { publicationUrls } from '../publish/publication-view.ts';
import { renderRss } from '../publish/rss.ts';
import type { StoredPublication } from '../store/store.ts';
import type { App, FeedPageNumber, Rendered } from './app.ts';
import { makeReady } from './compress.ts';
import { bytesOf, KeptAnswers } from './kept-answers.ts';
import type { Parts } from './parts.ts';
import { viewOf } from './views.ts';

/** Feeds are asked for all the time; archive pages and items come and go, and must not push the feeds out. */
const MAX_FEED_BYTES = 64_000_000;
const MAX_PAGE_BYTES = 16_000_000;

const FORMATS = {
  atom: { render: renderAtom, mediaType: 'application/atom+xml; charset=utf-8' },
  rss: { render: renderRss, mediaType: 'application/rss+xml; charset=utf-8' },
  json: { render: renderJsonFeed, mediaType: 'application/feed+json; charset=utf-8' },
} as const;
const HTML = { render: renderFeedPage, mediaType: 'text/html; charset=utf-8' };
const OPML_TYPE = 'text/x-opml; charset=utf-8';

type RenderedItem = NonNullable<Awaited<ReturnType<App['itemHtml']>>>;

/** The rendering part of the application (feedmill.ts): what the configuration in force offers, as bytes. */
export class Renderer {
  protected readonly parts: Parts;
  protected inForce: Config;
  readonly #feeds = new KeptAnswers<Rendered>(MAX_FEED_BYTES, bytesOf);
  readonly #pages = new KeptAnswers<Rendered>(MAX_PAGE_BYTES, bytesOf);
  readonly #items = new KeptAnswers<RenderedItem>(MAX_PAGE_BYTES, ({ rendered }) => bytesOf(rendered));
  readonly #sheet: Promise<Rendered>;
  #generation = 0;
  #changed: EpochMs;
  #listenedOn = 'http://127.0.0.1:3000';

  constructor(parts: Parts, config: Config) {
    this.parts = parts;
    this.inForce = config;
    this.#changed = parts.clock();
    this.#sheet = makeReady(STYLESHEET, 'text/css; charset=utf-8', this.#changed, 'page');
  }

  feed(name: string, format: FeedFormat, page: FeedPageNumber): Promise<Rendered | null> {
    return this.#document(name, format, page);
  }

  feedHtml(name: string): Promise<Rendered | null> {
    return this.#document(name, 'html', 'current');
  }

  itemHtml(id: string): Promise<RenderedItem | null> {
    return this.#items.get(id, () => this.#item(id));
  }

  async #item(id: string): Promise<RenderedItem | null> {
    const { store } = this.parts;
    const parsed = parseItemId(id);
    const item = parsed === null ? null : await store.getItem(parsed);
    if (item === null) return null;
    const [numbers, known] = await Promise.all([store.publicationsOf(item.seq), store.listPublications()]);
    const feeds = known.filter(({ number }) => numbers.includes(number)).map(({ name }) => name);
    const open = this.#openFeeds().find(({ name }) => feeds.includes(name));
    const html = renderItemPage({
      item,
      base: this.#baseUrl(),
      timezone: this.inForce.server.timezone,
      publication:
        open === undefined ? null : { title: open.title, url: publicationUrls(open, this.#baseUrl()).page },
    });
    return { rendered: await this.#page(html, item.changed), public: open !== undefined, feeds };
  }

  indexHtml(): Promise<Rendered> {
    const base = this.#baseUrl();
    const feeds = this.#openFeeds().map((publication) => ({
      publication,
      urls: publicationUrls(publication, base),
    }));
    return this.#page(renderFrontPage({ base, feeds }));
  }

  sourcesOpml(): Promise<Rendered> {
    return this.#opml(renderSourcesOpml('Feedmill: sources', this.inForce.sources.map(describeSource)));
  }

  feedsOpml(): Promise<Rendered> {
    const feeds = this.#openFeeds().map((feed) => describeFeed(feed, this.#baseUrl()));
    return this.#opml(renderFeedsOpml('Feedmill: feeds', feeds));
  }

  async stylesheet(): Promise<{ path: string; rendered: Rendered }> {
    return { path: STYLESHEET_PATH, rendered: await this.#sheet };
  }

  errorHtml(title: string, message: string): string {
    return renderErrorPage(title, message, this.inForce.server.baseUrl);
  }

  generation(): number {
    return this.#generation;
  }

  setBaseUrl(url: string): void {
    this.#listenedOn = url;
    this.everythingChanged();
  }

  /** Forgets what was rendered of these publications, and every item. */
  publicationsChanged(publications: readonly number[]): void {
    const isOfThese = (name: string): boolean => publications.includes(Number.parseInt(name, 10));
    this.#feeds.forget(isOfThese);
    this.#pages.forget(isOfThese);
    this.#items.forget();
    this.#generation += 1;
  }

  /** Forgets all that was rendered. */
  everythingChanged(): void {
    for (const kept of [this.#feeds, this.#pages, this.#items]) kept.forget();
    this.#changed = this.parts.clock();
    this.#generation += 1;
  }

  async #document(name: string, format: FeedFormat | 'html', page: FeedPageNumber): Promise<Rendered | null> {
    const publication = this.inForce.publications.find((offered) => offered.name === name);
    const stored = (await this.parts.store.listPublications()).find((known) => known.name === name);
    if (publication === undefined || stored === undefined) return null;
    const kept = page === 'current' ? this.#feeds : this.#pages;
    return kept.get(`${stored.number}.${format}.${page}`, () =>
      this.#render(publication, stored, format === 'html' ? HTML : FORMATS[format], page),
    );
  }

  async #render(
    publication: Publication,
    stored: StoredPublication,
    { render, mediaType }: { render: typeof renderAtom; mediaType: string },
    page: FeedPageNumber,
  ): Promise<Rendered | null> {
    const { timezone } = this.inForce.server;
    const view = await viewOf(
      this.parts.store,
      { publication, stored, baseUrl: this.#baseUrl(), timezone },
      page,
    );
    return view === null ? null : makeReady(render(view), mediaType, stored.changed, 'feed');
  }

  #page(text: string, at: EpochMs = this.#changed): Promise<Rendered> {
    return makeReady(text, HTML.mediaType, at, 'page');
  }

  #opml(text: string): Promise<Rendered> {
    return makeReady(text, OPML_TYPE, this.#changed, 'page');
  }

  #openFeeds(): Publication[] {
    return this.inForce.publications.filter(({ token }) => token === null);
  }

  #baseUrl(): string {
    return this.inForce.server.baseUrl ?? this.#listenedOn;
  }
}

function describeSource(source: Config['sources'][number]) {
  const isFeed = source.type === 'feed';
  const isPage = source.type === 'page';
  return {
    title: source.key,
    folder: source.folder,
    feedUrl: isFeed ? source.url : null,
    pageUrl: isPage ? source.url : null,
  };
}

function describeFeed(publication: Publication, base: string) {
  const urls = publicationUrls(publication, base);
  return { ...publication, feedUrl: urls.formats[publication.format], pageUrl: urls.page };
}
