/** A configuration that changes under a running server: what was stored is cleaned anew, and nobody is told of an update. */
import assert from 'node:assert/strict';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { FeedmillError } from '../../src/model/error.ts';
import { archiveYaml, configOf, startFeedmill, tempDirectory } from '../feedmill-under-test.ts';

const WITHOUT_PIPELINE = `version: 1
store: {url: "sqlite:./feedmill.db"}
sources:
  archive: {type: archive, path: archive}
feeds:
  main: {path: /feed.xml, title: Main}
`;

async function archiveOf(t: TestContext, ...bodies: string[]): Promise<string> {
  const directory = await tempDirectory(t);
  await mkdir(join(directory, 'archive'));
  for (const [number, body] of bodies.entries()) {
    const path = join(directory, 'archive', `${number}.txt`);
    const header = `<!--${1_700_000_000_000 + number}-->\n[Title ${number}](https://town.example/${number})\n------\n\n`;
    await writeFile(path, header + body);
    await utimes(path, 1_700_000_000, 1_700_000_000);
  }
  return directory;
}

const FOOTER = '<br><hr><div>獲取更多RSS：<br><a href="https://feedx.net">https://feedx.net</a></div>';

test('a new pipeline cleans stored items anew, without revision and without a later updated', async (t) => {
  const directory = await archiveOf(t, `<p>One.</p>${FOOTER}`, '<p>Two.</p>');
  const { app, url } = await startFeedmill(t, directory, WITHOUT_PIPELINE);
  const before = [await app.explain('0.txt'), await app.explain('1.txt')];
  const etag = (await fetch(`${url}/feed.xml`)).headers.get('etag');
  assert.match(before[0]?.item.contentHtml ?? '', /feedx/);

  await app.reconfigure({
    ...(await configOf(directory, archiveYaml('archive'))),
    server: app.config().server,
  });
  await app.settled();
  const [one, two] = [await app.explain('0.txt'), await app.explain('1.txt')];
  assert.equal(one.item.contentHtml, '<p>One.</p>');
  assert.deepEqual(
    [one.item.updated, one.item.id, one.revisions],
    [before[0]?.item.updated, before[0]?.item.id, []],
  );
  assert.deepEqual(one.origins[0]?.trail.map(({ step }) => step).includes('strip_footer'), true);
  assert.equal(two.item.changed, before[1]?.item.changed, 'what cleaning leaves alone has not changed');
  const after = await fetch(`${url}/feed.xml`);
  assert.notEqual(after.headers.get('etag'), etag);
  assert.doesNotMatch(await after.text(), /feedx/);
});

test('what was cleaned by another configuration is cleaned anew at the next start', async (t) => {
  const directory = await archiveOf(t, `<p>One.</p>${FOOTER}`);
  const first = await startFeedmill(t, directory, WITHOUT_PIPELINE);
  await first.close();
  const second = await startFeedmill(t, directory, archiveYaml('archive'));
  await second.app.settled();
  const { item, revisions } = await second.app.explain('0.txt');
  assert.equal(item.contentHtml, '<p>One.</p>');
  assert.deepEqual(revisions, []);
});

test('store, host and port cannot change while running, and nothing of such a file is applied', async (t) => {
  const directory = await archiveOf(t, '<p>One.</p>');
  const { app, url } = await startFeedmill(t, directory, WITHOUT_PIPELINE);
  const other = await configOf(
    directory,
    WITHOUT_PIPELINE.replace('feedmill.db', 'other.db').replace('title: Main', 'title: Other'),
  );
  await assert.rejects(
    app.reconfigure({ ...other, server: app.config().server }),
    (error) =>
      error instanceof FeedmillError &&
      error.code === 'config-invalid' &&
      /store\.url.*restart/.test(error.message),
  );
  assert.match(await (await fetch(`${url}/feed.xml`)).text(), /<title[^>]*>Main/);
});

test('a source that goes keeps its items; the feed of one that comes holds what it brings', async (t) => {
  const directory = await archiveOf(t, '<p>One.</p>');
  const { app } = await startFeedmill(t, directory, WITHOUT_PIPELINE);
  await mkdir(join(directory, 'more'));
  await writeFile(
    join(directory, 'more', 'x.txt'),
    '<!--1700000000009-->\n[More](https://town.example/more)\n------\n\n<p>M.</p>',
  );
  await utimes(join(directory, 'more', 'x.txt'), 1, 1);
  const yaml = WITHOUT_PIPELINE.replace(
    'archive: {type: archive, path: archive}',
    'more: {type: archive, path: more}',
  );
  await app.reconfigure({ ...(await configOf(directory, yaml)), server: app.config().server });
  await Array.fromAsync(app.refresh(null));
  assert.equal((await app.explain('0.txt')).item.title, 'Title 0');
  const feed = await app.feed('main', 'json', 'current');
  assert.deepEqual(
    JSON.parse(String(feed?.body)).items.map(({ title }: { title: string }) => title),
    ['More'],
  );
});
