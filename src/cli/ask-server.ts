/** Asks the server that holds the database to do what only it may do. Loopback only; nothing else here opens a connection. */
import { request } from 'node:http';
import type { RefreshReport } from '../app/app.ts';
import { FeedmillError } from '../model/error.ts';

/** Where the running server is, as it announced beside its database. */
export interface Holder {
  readonly pid: number;
  readonly address?: string;
  readonly token?: string;
}

/** Refreshes one source through the server that runs. @throws FeedmillError `database-in-use` where it does not answer */
export async function askServer(holder: Holder, key: string, signal?: AbortSignal): Promise<RefreshReport> {
  const { pid, address, token } = holder;
  if (address === undefined || token === undefined) {
    throw new FeedmillError(
      'database-in-use',
      `process ${pid} is at work on the database; try again when it has ended`,
    );
  }
  const { status, body } = await post(
    `${address}/api/v1/sources/${encodeURIComponent(key)}/refresh`,
    token,
    signal,
  );
  const answer: RefreshReport & { detail?: string } = JSON.parse(body);
  if (status === 404) throw new FeedmillError('not-found', answer.detail ?? `no source is called "${key}"`);
  if (status !== 200)
    throw new FeedmillError('unreachable', answer.detail ?? `the server answered ${status}`);
  return answer;
}

function post(url: string, token: string, signal?: AbortSignal): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      ...(signal && { signal }),
    };
    const asking = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    asking.on('error', (cause) => {
      const message = `the server at ${new URL(url).origin} does not answer (${cause.message})`;
      reject(new FeedmillError('unreachable', message, { cause }));
    });
    asking.end();
  });
}
