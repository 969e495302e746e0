/**
 * Turns whatever ends a fetch early into words: errors of undici, of the resolver, of TLS and of our own. Nothing of what
 * a server sent is repeated, so that nobody reads the banner of an inner service here.
 */
import { FeedmillError, REFRESH_ERROR_CODES, type RefreshErrorCode } from '../model/error.ts';
import type { FetchOutcome } from '../model/fetch.ts';

/** What did not work, and what to do about it. */
export type Failed = Extract<FetchOutcome, { kind: 'failed' }>;
type Meaning = readonly [code: RefreshErrorCode, meaning: string];

const LATER = 'It is tried again later.';
const CERTIFICATE =
  'The publisher has to mend that; until then nothing is read, since it might be somebody else.';

const MEANINGS: Readonly<Record<string, Meaning>> = {
  UND_ERR_CONNECT_TIMEOUT: ['timed-out', `did not accept the connection in time. ${LATER}`],
  UND_ERR_HEADERS_TIMEOUT: ['timed-out', `did not answer in time. ${LATER}`],
  UND_ERR_BODY_TIMEOUT: ['timed-out', `fell silent in the middle of the document. ${LATER}`],
  UND_ERR_HEADERS_OVERFLOW: [
    'limit-exceeded',
    'sent headers that are too large. The publisher has to mend that.',
  ],
  HPE_HEADER_OVERFLOW: ['limit-exceeded', 'sent headers that are too large. The publisher has to mend that.'],
  UND_ERR_SOCKET: ['unreachable', `closed the connection before its answer was complete. ${LATER}`],
  ECONNRESET: ['unreachable', `broke off the connection. ${LATER}`],
  EPIPE: ['unreachable', `broke off the connection. ${LATER}`],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['unreachable', `sent an answer that was cut short. ${LATER}`],
  ECONNREFUSED: [
    'unreachable',
    'refused the connection: no web server listens there. Check the address and its port.',
  ],
  EHOSTUNREACH: ['unreachable', `cannot be reached over this network. ${LATER}`],
  ENETUNREACH: ['unreachable', 'cannot be reached over this network. Check the connection of this machine.'],
  EADDRNOTAVAIL: [
    'unreachable',
    'cannot be reached over this network. Check the connection of this machine.',
  ],
  ETIMEDOUT: ['timed-out', `did not accept the connection in time. ${LATER}`],
  ENOTFOUND: ['unreachable', 'has no address in the DNS: no such name. Check how it is written.'],
  ENODATA: ['unreachable', 'has no address in the DNS. Check how it is written.'],
  EAI_AGAIN: ['unreachable', `could not be looked up: the DNS did not answer. ${LATER}`],
  EAI_FAIL: ['unreachable', `could not be looked up: the DNS failed. ${LATER}`],
  ESERVFAIL: ['unreachable', `could not be looked up: the DNS failed. ${LATER}`],
  ETIMEOUT: ['unreachable', `could not be looked up: the DNS did not answer. ${LATER}`],
  UND_ERR_PRX_TLS: ['tls', 'could not be reached through the proxy (TLS). Check fetch.proxy.'],
  CERT_HAS_EXPIRED: ['tls', `has a certificate that has expired. ${CERTIFICATE}`],
  CERT_NOT_YET_VALID: [
    'tls',
    `has a certificate that is not valid yet. Check the clock of this machine. ${CERTIFICATE}`,
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', `has a certificate that it signed itself. ${CERTIFICATE}`],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'tls',
    `has a certificate from an issuer that nobody here trusts. ${CERTIFICATE}`,
  ],
  UNABLE_TO_GET_ISSUER_CERT: [
    'tls',
    `has a certificate from an issuer that nobody here trusts. ${CERTIFICATE}`,
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'tls',
    `has a certificate from an issuer that nobody here trusts. ${CERTIFICATE}`,
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'tls',
    `has a certificate whose issuer cannot be checked. ${CERTIFICATE}`,
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', `has a certificate for another name. ${CERTIFICATE}`],
};

/** @param host for the message */
export function describeFailure(error: unknown, host: string): Failed {
  const [code, message] = error instanceof FeedmillError ? ourOwn(error) : theirs(error, host);
  return { kind: 'failed', code, message, status: null, retryAfterMs: null };
}

function ourOwn({ code, message }: FeedmillError): Meaning {
  return [REFRESH_ERROR_CODES.find((known) => known === code) ?? 'unexpected', message];
}

function theirs(error: unknown, host: string): Meaning {
  const codes = codesOf(error, 3);
  const known = codes.map((code) => MEANINGS[code]).find((meaning) => meaning !== undefined);
  const [code, meaning] = known ?? byFamily(codes);
  return [code, `${host} ${meaning}`];
}

/** Of the error, of what it was made of (several addresses that failed), and of its causes. */
function codesOf(error: unknown, depth: number): string[] {
  if (!(error instanceof Error) || depth === 0) return [];
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  // Where undici expected a status line and read something else, its error has no code.
  const unnamed = error.name === 'HTTPParserError' ? ['HPE_'] : [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : unnamed;
  return [...own, ...inner.flatMap((each) => codesOf(each, depth - 1))];
}

function byFamily(codes: readonly string[]): Meaning {
  const code = codes[0] ?? '';
  if (code.startsWith('HPE_'))
    return [
      'unreachable',
      'answered with something that is not HTTP, or is broken. Check the address and its port.',
    ];
  if (/^(ERR_SSL_|ERR_TLS_|EPROTO|CERT_|CRL_)/.test(code))
    return ['tls', `could not agree on an encrypted connection (${code}). The publisher has to mend that.`];
  return ['unexpected', `could not be read${code === '' ? '' : ` (${code})`}. ${LATER}`];
}
