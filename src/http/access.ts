/**
 * Who may see what belongs to the owner (product.md section 1), as one choice from plain facts. Feeds without a token,
 * their pages and their items are everybody's and never come here. The reader's addresses are open only on this machine
 * while nobody can log in: a page elsewhere that makes a browser speak to this server (DNS rebinding, a form on another
 * site) or a proxy in front of it is not this machine.
 */
import { isLoopbackHost } from './loopback.ts';

/** All that the choice looks at. */
export interface AccessFacts {
  /** The request carries the control token, which only who can read the data directory knows. */
  readonly control: boolean;
  /** A page of another site made the browser send a request that changes something. */
  readonly crossSite: boolean;
  readonly auth: 'required' | 'none';
  readonly hasUsers: boolean;
  /** Address on which the server listens. */
  readonly listening: string;
  /** The Host header; null without one. */
  readonly host: string | null;
  /** As configured; null: the address that is listened on. */
  readonly baseUrl: string | null;
  /** Some proxy header is there. */
  readonly forwarded: boolean;
}

export type Access =
  | { readonly kind: 'granted' }
  | { readonly kind: 'denied'; readonly status: 401 | 403 | 421; readonly sentence: string };

const GRANTED: Access = { kind: 'granted' };

/** Grants or denies; a denial says what to do. */
export function decideAccess(facts: AccessFacts): Access {
  if (facts.control) return GRANTED;
  if (facts.crossSite) {
    return denied(403, 'This request came from a page of another site. Send it from Feedmill itself.');
  }
  if (facts.auth === 'none') return GRANTED;
  if (facts.hasUsers) return denied(401, 'This address needs a login.');
  const foreign = whatIsForeign(facts);
  if (foreign === null) return GRANTED;
  return denied(
    421,
    `No user exists yet, so this address is open on this machine only, and ${foreign}. ` +
      'Open it at http://localhost with the port of the server, or write "auth: none" in the configuration ' +
      'if everybody who can connect may read and change everything.',
  );
}

function whatIsForeign(facts: AccessFacts): string | null {
  if (!isLoopbackHost(facts.listening)) return 'the server listens on an address that others can reach';
  if (facts.host === null || !isLoopbackHost(facts.host)) return 'the request asks for another host';
  if (facts.baseUrl !== null && !isLoopbackUrl(facts.baseUrl)) return 'base_url names another host';
  return facts.forwarded ? 'the request came through a proxy' : null;
}

function isLoopbackUrl(url: string): boolean {
  const host = URL.parse(url)?.host;
  return host !== undefined && isLoopbackHost(host);
}

function denied(status: 401 | 403 | 421, sentence: string): Access {
  return { kind: 'denied', status, sentence };
}
