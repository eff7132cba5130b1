// The README's JavaScript, run as it stands there: each piece with what its reader has before it, and a check of what it leaves.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const readme = fileURLToPath(new URL('../../README.md', import.meta.url));

/** The pieces of JavaScript, by the heading they stand under. */
function pieces(text) {
  const found = new Map();
  let heading;
  for (const [, title, code] of text.matchAll(/^#+ (.+)$|^```js\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    else
      found.set(
        heading,
        [...(found.get(heading) ?? []), code].map((piece) => piece.trim()),
      );
  }
  return found;
}

const open = "import { Snowglobe } from 'snowglobe';\n";
const table = `await db.createTable({
  TableName: 'Movie',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'title', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'title', KeyType: 'HASH' }],
});`;

/** What comes before and after the pieces under a heading. They print what they come to as JSON. */
const READERS = {
  'In Node, Deno, Bun': {
    last: 'console.log(JSON.stringify([Item.year, [...Item.genres]]));',
    prints: [2013, ['Drama', 'Sport']],
  },
  'With the AWS SDK, unmodified': {
    first: `${open}const db = await Snowglobe.open({ storage: 'memory' });\n${table}`,
    last: `await sdk.put({ TableName: 'Movie', Item: { title: 'Rush' } });
      console.log(JSON.stringify((await sdk.scan({ TableName: 'Movie' })).Items));`,
    prints: [{ title: 'Rush' }],
  },
  'With keys and policies': {
    first: open,
    last: `const { DynamoDBClient, ListTablesCommand } = await import('@aws-sdk/client-dynamodb');
      const answer = await new DynamoDBClient(db.clientConfig()).send(new ListTablesCommand({}));
      console.log(JSON.stringify(answer.TableNames));`,
    prints: [],
  },
  'In a test': {
    first: open,
    last: `await loaded.close();
      ${table}
      console.log(JSON.stringify([(await db.listTables()).TableNames, (await slow.listTables()).TableNames]));`,
    prints: [['Movie'], []],
  },
  'Changes, as Lambda gets them': {
    first: `${open}const db = await Snowglobe.open({ storage: 'memory', clock: 'virtual' });
      await db.createTable({
        TableName: 'Movie',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'title', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'title', KeyType: 'HASH' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      });
      const doc = db.documentClient();
      const told = [];
      const { log } = console;
      console.log = (...words) => told.push(words);`,
    last: 'log(JSON.stringify(told));',
    prints: [['INSERT', { year: { N: '2013' }, title: { S: 'Rush' } }]],
  },
  'In a browser': {
    // The call is the browser's; what is looked at here is that the piece runs up to where a browser is needed.
    first: "process.on('uncaughtException', ({ message }) => console.log(JSON.stringify(message)));",
    prints: /IndexedDB/i,
  },
  'In a Worker or a Durable Object': {
    last: `const kept = new Map();
      const storage = {
        get: async (key) => kept.get(key),
        put: async (key, value) => void kept.set(key, value),
        delete: async (key) => kept.delete(key),
        list: async ({ prefix }) => new Map([...kept].filter(([key]) => key.startsWith(prefix))),
        transaction: (work) => work(storage),
      };
      const shop = new Shop({ storage });
      const credential = 'AWS4-HMAC-SHA256 Credential=a/20260101/local-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables', authorization: credential, 'x-amz-date': '20260101T000000Z' };
      const answer = await shop.fetch(new Request('https://shop.example/', { method: 'POST', headers, body: '{}' }));
      console.log(JSON.stringify(await answer.json()));
      await (await shop.db).close();`,
    prints: { TableNames: [] },
  },
};

// Within the checkout, so that the names that the pieces import are found.
let folder;
before(async () => {
  folder = await mkdtemp(join(fileURLToPath(new URL('.', import.meta.url)), '.readme-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const found = pieces(await readFile(readme, 'utf8'));

test('every piece of the README has a reader, and every reader a piece', () => {
  assert.deepEqual([...found.keys()], Object.keys(READERS));
});

for (const [heading, { first = '', last = '', prints }] of Object.entries(READERS)) {
  test(heading, async () => {
    const file = join(folder, `${heading.replaceAll(/\W+/g, '-')}.mjs`);
    // Imports may stand anywhere in a module; what a reader has before a piece comes before it.
    await writeFile(file, [first, ...(found.get(heading) ?? []), last].join('\n'));
    const { stdout } = await run(process.execPath, [file], { cwd: folder, timeout: 60_000 });
    const printed = JSON.parse(stdout.trim().split('\n').at(-1));
    if (prints instanceof RegExp) assert.match(printed, prints);
    else assert.deepEqual(printed, prints);
  });
}
