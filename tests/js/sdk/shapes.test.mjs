// What answers have and what they lack, as clients hand them out: the cases of tests/conformance/cases/shapes.txt, which Rust and
// Python read too, one after another through every way into a region.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { everyWay } from '../../support/region.mjs';

const file = new URL('../../conformance/cases/shapes.txt', import.meta.url);
const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
assert.equal(lines.length % 2, 0, 'a line for each request, a line for its answer');

/** Cases as `[operation, input, answer]`. */
const cases = [];
for (let at = 0; at < lines.length; at += 2) {
  const [, operation, body] = /^(\w+) (\{.*)$/.exec(lines[at]);
  cases.push([operation, JSON.parse(body), lines[at + 1].trim()]);
}

/** An answer without what the SDK adds, and without members that it sets to undefined. */
const plain = ({ $metadata: _, ...answer }) => JSON.parse(JSON.stringify(answer));

everyWay('shapes of answers', (region) => {
  const ask = (operation, input) =>
    region.dynamo ? region.dynamo[operation[0].toLowerCase() + operation.slice(1)](input) : region.call(operation, input);

  test('have what they should, and nothing else', async () => {
    for (const [operation, input, answer] of cases) {
      const about = `${operation} ${JSON.stringify(input)}`;
      if (answer.startsWith('ok')) {
        const seen = await ask(operation, input);
        if (answer !== 'ok') assert.deepEqual(plain(seen), JSON.parse(answer.slice(3)), about);
        continue;
      }
      const [sentence, members] = answer.split(' with {');
      const [, name, message] = /^(\w+): (.*)$/.exec(sentence);
      await assert.rejects(
        ask(operation, input),
        (error) => {
          assert.deepEqual([error.name, error.message], [name, message], about);
          const { Item, CancellationReasons } = error;
          assert.deepEqual(plain({ Item, CancellationReasons }), members ? JSON.parse(`{${members}`) : {}, about);
          return true;
        },
        about,
      );
    }
  });
});
