import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptAnswers } from '../../src/app/kept-answers.ts';

/** Answers are texts that weigh their length; `made` tells what had to be made, in order. */
function keptTexts(maxBytes: number) {
  const made: string[] = [];
  const kept = new KeptAnswers<string>(maxBytes, (text) => text.length);
  const ask = (name: string, text: string | null) =>
    kept.get(name, async () => {
      made.push(name);
      return text;
    });
  return { kept, made, ask };
}

test('an answer is made once, also when it is asked for twice at once', async () => {
  const { made, ask } = keptTexts(10);
  assert.deepEqual(await Promise.all([ask('a', 'one'), ask('a', 'one')]), ['one', 'one']);
  assert.equal(await ask('a', 'one'), 'one');
  assert.deepEqual(made, ['a']);
});

test('what was not asked for the longest goes when all weigh too much', async () => {
  const { made, ask } = keptTexts(10);
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(name, '1234');
  assert.deepEqual(made, ['a', 'b', 'c', 'b']);
});

test('an answer of nothing is not kept and pushes nothing out', async () => {
  const { made, ask } = keptTexts(4);
  await ask('a', '1234');
  for (let number = 0; number < 100; number += 1) await ask(`missing ${number}`, null);
  await ask('missing 1', null);
  made.length = 0;
  await ask('a', '1234');
  assert.deepEqual(made, []);
});

test('an answer heavier than all that may be kept is given, and kept alone', async () => {
  const { made, ask } = keptTexts(4);
  assert.equal(await ask('big', '123456'), '123456');
  await ask('a', '12');
  await ask('big', '123456');
  assert.deepEqual(made, ['big', 'a', 'big']);
});

test('what could not be made is made again', async () => {
  const { kept, ask } = keptTexts(4);
  await assert.rejects(
    kept.get('a', () => Promise.reject(new Error('no'))),
    /no/,
  );
  assert.equal(await ask('a', 'yes'), 'yes');
});

test('what is forgotten while it is being made is made again', async () => {
  const { kept, made, ask } = keptTexts(10);
  const first = ask('1.atom', 'old');
  kept.forget((name) => name.startsWith('1.'));
  assert.equal(await first, 'old');
  assert.equal(await ask('1.atom', 'new'), 'new');
  assert.deepEqual(made, ['1.atom', '1.atom']);
});
