/**
 * Who wrote an item: names, addresses and mail addresses put where they belong. RSS has them in one string
 * (`mail@example.org (Name)`, RSS 2.0 section author), mail programs write `Name <mail@example.org>`.
 */
import type { Author, RawItem } from '../model/item.ts';
import { parseHttpUrl } from '../model/url.ts';
import { plainLine } from './plain-title.ts';

/** Nobody is named twice; who is nobody at all is left out. */
export function normaliseAuthors(raw: RawItem['authors'], base: string | undefined): readonly Author[] {
  const authors = raw.map((author) => normaliseAuthor(author, base)).filter(isSomebody);
  if (authors.length < 2) return authors;
  return [...new Map(authors.map((author) => [JSON.stringify(author), author])).values()];
}

function isSomebody({ name, url, email }: Author): boolean {
  return name !== null || url !== null || email !== null;
}

function normaliseAuthor(raw: RawItem['authors'][number], base: string | undefined): Author {
  const { name, email } = splitName(plainLine(raw.name ?? ''));
  const said = plainLine(raw.email ?? '').replace(/^mailto:/i, '');
  return {
    name: name === '' ? null : name,
    url: raw.url === null ? null : parseHttpUrl(raw.url, base),
    email: said === '' ? email : said,
  };
}

const MAIL = String.raw`(?:mailto:)?([^\s@<>()]+@[^\s@<>()]+)`;
const MAIL_FIRST = new RegExp(`^${MAIL}(?: \\((.*)\\))?$`, 'i');
const MAIL_LAST = new RegExp(`^([^<>()]*?) ?(?:<${MAIL}>|\\(${MAIL}\\))$`, 'i');

function splitName(written: string): { name: string; email: string | null } {
  const first = MAIL_FIRST.exec(written);
  if (first !== null) return { name: first[2]?.trim() ?? '', email: first[1] ?? null };
  const last = MAIL_LAST.exec(written);
  if (last === null) return { name: written, email: null };
  return { name: (last[1] ?? '').replaceAll(/^"|"$/g, ''), email: last[2] ?? last[3] ?? null };
}
