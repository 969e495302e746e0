/**
 * Renders a publication as JSON Feed 1.1. Written by ourselves: the package `feed` writes version 1.
 * @see https://www.jsonfeed.org/version/1.1/
 */
import { feedLanguage } from './feed-language.ts';
import {
  type PublishableAuthor,
  type PublishableEnclosure,
  type PublishableItem,
  publishableItems,
} from './publishable-item.ts';
import type { PublicationView } from './publication-view.ts';

/** The feed as JSON text. Members without a value are left out. */
export function renderJsonFeed(view: PublicationView): string {
  const { publication, urls } = view;
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: publication.title,
    home_page_url: urls.page,
    feed_url: urls.formats.json,
    description: publication.description === '' ? undefined : publication.description,
    icon: publication.icon ?? undefined,
    authors: [{ name: publication.title, url: urls.page }],
    language: feedLanguage(view) ?? undefined,
    items: publishableItems(view).map(jsonItem),
  });
}

function jsonItem(item: PublishableItem) {
  return {
    id: item.urn,
    url: item.link,
    title: item.title === '' ? undefined : item.title,
    content_html: item.contentHtml ?? undefined,
    content_text: item.contentHtml === null ? (item.summary ?? '') : undefined,
    summary: item.summary ?? undefined,
    image: item.image ?? undefined,
    date_published: item.published?.toISOString(),
    date_modified: item.updated.toISOString(),
    authors: unlessEmpty(item.authors.map(jsonAuthor)),
    tags: unlessEmpty(item.categories),
    language: item.language ?? undefined,
    attachments: unlessEmpty(item.enclosures.map(jsonAttachment)),
    _feedmill: item.rights === null ? undefined : { rights: item.rights },
  };
}

function jsonAuthor(author: PublishableAuthor) {
  const mail = author.email === null ? undefined : `mailto:${author.email}`;
  return { name: author.name, url: author.url ?? mail };
}

function jsonAttachment(enclosure: PublishableEnclosure) {
  return {
    url: enclosure.url,
    mime_type: enclosure.mediaType,
    title: enclosure.title ?? undefined,
    size_in_bytes: enclosure.bytes ?? undefined,
    duration_in_seconds: enclosure.seconds ?? undefined,
  };
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
