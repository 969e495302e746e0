/** A view to render in tests: one item that says everything, and a way to say something else. */
import type { ItemId, SafeHtml, Seq, StoredItem } from '../../src/model/item.ts';
import type { Publication } from '../../src/model/publication.ts';
import { type EpochMs, epochMs } from '../../src/model/time.ts';
import { type HttpUrl, parseHttpUrl } from '../../src/model/url.ts';
import { NO_ARCHIVE, type PublicationView, publicationUrls } from '../../src/publish/publication-view.ts';

export function at(text: string): EpochMs {
  const moment = epochMs(Date.parse(text));
  if (moment === null) throw new Error(`no moment: ${text}`);
  return moment;
}

export function url(text: string): HttpUrl {
  const parsed = parseHttpUrl(text);
  if (parsed === null) throw new Error(`no address: ${text}`);
  return parsed;
}

export function samplePublication(changes: Partial<Publication> = {}): Publication {
  return {
    name: 'main',
    path: '/feed.xml',
    title: 'Harbour News & Views',
    description: 'What happens <at> the harbour',
    language: null,
    sources: null,
    where: null,
    exclude: null,
    script: null,
    token: null,
    content: 'full',
    order: 'newest',
    images: 'direct',
    icon: null,
    format: 'atom',
    limit: 50,
    ...changes,
  };
}

export function sampleItem(changes: Partial<StoredItem> = {}): StoredItem {
  return {
    seq: 7 as Seq,
    id: '12c9f2044e8975ae' as ItemId,
    source: 'harbour',
    guid: 'h-7',
    url: url('https://www.harbour.example/ferry?a=1&b=2'),
    title: '渡輪 <恢復> 通航 & “新” 時刻表',
    contentHtml:
      '<p>第一段。<b>粗</b> &amp; &lt;未標&gt;</p><figure><img src="https://img.example/a.jpg?w=1&amp;h=2" alt="渡輪"><figcaption>圖說</figcaption></figure>' as SafeHtml,
    summary: 'Boats < ferries & more',
    authors: [
      { name: '王小明', url: url('https://www.harbour.example/wang'), email: 'wang@harbour.example' },
      { name: 'Ann "A" <Lee>', url: null, email: null },
    ],
    categories: ['港口 & 船', '<Traffic>'],
    enclosures: [
      {
        url: url('https://media.example/a.mp3?x=1&y=2'),
        mediaType: 'audio/mpeg',
        bytes: 12345,
        seconds: 61,
        title: 'Listen',
      },
      {
        url: url('https://media.example/plan.pdf'),
        mediaType: null,
        bytes: null,
        seconds: null,
        title: null,
      },
    ],
    image: url('https://img.example/a.jpg?w=1&h=2'),
    language: 'zh-Hant',
    rights: '© 2026 Harbour & Co.',
    published: at('2026-03-01T08:30:00.123Z'),
    updated: at('2026-03-02T09:00:00Z'),
    archived: at('2026-03-01T09:00:00Z'),
    crawled: at('2026-03-01T09:05:00Z'),
    changed: at('2026-03-02T09:00:00Z'),
    commentsUrl: url('https://www.harbour.example/ferry/comments'),
    revisions: 0,
    ...changes,
  };
}

export function sampleView(
  items: readonly StoredItem[] = [sampleItem()],
  changes: Partial<PublicationView> = {},
): PublicationView {
  const publication = changes.publication ?? samplePublication();
  return {
    publication,
    urls: publicationUrls(publication, 'https://mill.example'),
    updated: at('2026-03-02T09:00:00Z'),
    items,
    archive: NO_ARCHIVE,
    timezone: 'Asia/Taipei',
    ...changes,
  };
}
