import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHttpServer } from '../../src/http/server.ts';
import { SAMPLE_ICON, sampleApp } from './sample-app.ts';

test('an icon is a picture and nothing else, found only by who knows its hash', async (t) => {
  const log = { info: () => undefined, error: () => undefined };
  const http = createHttpServer({ app: sampleApp(), log, controlToken: 'control' });
  t.after(() => http.close(0));
  await new Promise<void>((resolve) => http.server.listen(0, '127.0.0.1', resolve));
  const address = http.server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/icons`;
  const found = await fetch(`${url}/${SAMPLE_ICON}`);
  assert.deepEqual(
    [found.status, found.headers.get('content-type'), await found.text()],
    [200, 'image/gif', 'GIF89a'],
  );
  assert.equal(found.headers.get('x-content-type-options'), 'nosniff');
  assert.match(found.headers.get('content-security-policy') ?? '', /sandbox/);
  assert.equal((await fetch(`${url}/${'b'.repeat(64)}`)).status, 404);
  assert.equal((await fetch(`${url}/${SAMPLE_ICON}`, { method: 'POST' })).status, 405);
});
