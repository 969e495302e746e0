/**
 * What we say about ourselves and send along: little, the same to everybody, and nothing of a source to anybody but the
 * source's own origin. Cookies are never sent, and never taken.
 */
import type { FetchRequest } from '../model/fetch.ts';
import type { Warning } from '../model/warning.ts';

/** Headers of a request, names in lower case. */
export type Headers = Readonly<Record<string, string>>;

/**
 * Headers that a source may set. What is not here belongs to the connection (Host, Range, Forwarded), to caching, which is
 * ours to do, or carries secrets, which `auth` is for. `X-Forwarded-*` and the like would say that we are somebody else's proxy.
 */
const MAY_SET =
  /^(accept|accept-language|referer|user-agent|dnt|from|x-(?!forwarded|real-ip|original|rewrite|http-method).*)$/;

const ACCEPT = {
  feed: 'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.3',
  page: 'text/html, application/xhtml+xml;q=0.9, application/xml;q=0.7, */*;q=0.5',
};

/** Sent with every request, whoever asks for what. */
export function ownHeaders(userAgent: string, accept: string): Headers {
  return { 'user-agent': userAgent, accept, 'accept-encoding': 'gzip, br, zstd, deflate' };
}

/** What `Accept` says for this kind of document. */
export function acceptFor(expects: FetchRequest['expects']): string {
  return ACCEPT[expects];
}

/** What the source sets, for its own origin. Its `auth` outranks a user and password in the address. */
export function sourceHeaders(
  request: Pick<FetchRequest, 'headers' | 'auth'>,
  inAddress: { readonly user: string; readonly password: string },
): Headers {
  const set = Object.entries(request.headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => MAY_SET.test(name));
  return { ...Object.fromEntries(set), ...authorization(request.auth ?? inAddress) };
}

function authorization(auth: NonNullable<FetchRequest['auth']>): Headers {
  if ('bearer' in auth) return { authorization: `Bearer ${auth.bearer}` };
  if (auth.user === '' && auth.password === '') return {};
  return { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}` };
}

/** Names the headers of a source that are not sent. */
export function warnOfHeaders(headers: FetchRequest['headers'], where: string): Warning[] {
  return Object.keys(headers)
    .filter((name) => !MAY_SET.test(name.toLowerCase()))
    .map((name) => ({
      code: 'header-not-sent',
      message: `the header ${name} may not be set by a source, and was not sent`,
      where,
    }));
}

/** Asks only for what is newer than what was brought last. */
export function conditionalHeaders(validators: FetchRequest['validators']): Headers {
  const { etag = null, lastModified = null } = validators ?? {};
  return {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  };
}
