/** `feedmill preview`: what cleaning would do to a source, before anything is stored. */
import type { PreviewedItem } from '../app/app.ts';
import { FeedmillError } from '../model/error.ts';
import type { Environment, Places } from './environment.ts';
import { renderTrail } from './explain.ts';
import type { Terminal } from './terminal.ts';

/** @throws FeedmillError `usage` for a limit that is no positive whole number */
export async function runPreview(
  environment: Environment,
  terminal: Terminal,
  options: Places & { key: string; limit: string; json?: boolean },
): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new FeedmillError('usage', `--limit takes a whole number from 1, not "${options.limit}"`);
  }
  await environment.withApp(options, 'none', async (app) => {
    let shown = 0;
    for await (const item of app.preview(options.key, { limit: limit + 1 })) {
      shown += 1;
      if (shown <= limit) terminal.out(options.json === true ? JSON.stringify(item) : describe(item));
    }
    if (shown > limit) terminal.err(`There are more items; --limit N shows N of them.`);
  });
}

function describe(item: PreviewedItem): string {
  return [
    `${item.locator}: ${item.outcome}${item.reason === null ? '' : ` (${item.reason})`}`,
    ...(item.title === '' ? [] : [`  ${item.title}`]),
    ...(item.url === null ? [] : [`  ${item.url}`]),
    ...item.warnings.map(({ message }) => `  warning: ${message}`),
    ...renderTrail(item.trail, '  '),
    '',
  ].join('\n');
}
