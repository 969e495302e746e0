/** Recognises pages that are shown instead of what was asked for: checks for robots, logins. */

/** What the page asks for and what to do about it; null where it is the page itself. */
export function blockedBy(text: string): string | null {
  const head = text.slice(0, SAMPLE);
  return BLOCKERS.find(({ mark }) => mark.test(head))?.message ?? null;
}

/** Such pages are short, and say so at their beginning. */
const SAMPLE = 20_000;

/** What stands on a page that is shown instead of a feed. */
const BLOCKERS: readonly { readonly mark: RegExp; readonly message: string }[] = [
  {
    mark: /cf-challenge|cf_chl_|challenge-platform|<title>\s*(?:just a moment|attention required|access denied|robot check|are you (?:a )?(?:human|robot)|security check|请稍候)|captcha|ddos-guard|sgcaptcha|_incapsula_/i,
    message:
      'the site answers with a check for robots instead of the feed. Ask its publisher to let feed readers in, or try another address of the feed',
  },
  {
    mark: /<input\b[^>]{0,500}type\s{0,9}=\s{0,9}["']?password/i,
    message:
      'the site asks for a login instead of giving the feed. Give the source "auth" or a "headers" line',
  },
];
