// The package's own document client and methods on the real engine: the habits of both SDK versions, commands, sets, paginators, and the
// lives of a database: fork, snapshot, close.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as low from '@aws-sdk/client-dynamodb';
import * as lib from '@aws-sdk/lib-dynamodb';
import * as snowglobe from 'snowglobe';
import { movieTable } from '../../support/movies.mjs';

const { Snowglobe } = snowglobe;

const { TableName } = movieTable;

async function opened(options) {
  const db = await Snowglobe.open({ storage: 'memory', seed: 7, ...options });
  await db.createTable(movieTable);
  return { db, doc: db.documentClient() };
}

test('version 3 habits: promises and native values', async (t) => {
  const { db, doc } = await opened();
  t.after(() => db.close());
  const Item = {
    year: 2013,
    title: 'Rush',
    tags: new Set(['f1', 'biopic']),
    numbers: new Set([1, 2.5]),
    bytes: new Uint8Array([1, 2, 3]),
    nested: { list: [1, 'two', null, true, { deep: [] }] },
    big: 2n ** 70n,
    rating: 8.1,
  };
  await doc.put({ TableName, Item });
  const answer = await doc.get({ TableName, Key: { year: 2013, title: 'Rush' } });
  assert.deepEqual(answer.Item, Item);
  assert.equal(answer.$metadata.httpStatusCode, 200);
  const { Attributes } = await doc.update({
    TableName,
    Key: { year: 2013, title: 'Rush' },
    UpdateExpression: 'SET nested.#list[1] = :v ADD tags :more',
    ExpressionAttributeNames: { '#list': 'list' },
    ExpressionAttributeValues: { ':v': 2, ':more': new Set(['drama']) },
    ReturnValues: 'ALL_NEW',
  });
  assert.equal(Attributes.nested.list[1], 2);
  assert.deepEqual(Attributes.tags, new Set(['f1', 'biopic', 'drama']));
  assert.deepEqual(
    (await doc.delete({ TableName, Key: { year: 2013, title: 'Rush' }, ReturnValues: 'ALL_OLD' })).Attributes.year,
    2013,
  );
});

test('version 2 habits: promise(), callbacks, createSet()', async (t) => {
  const { db } = await opened();
  t.after(() => db.close());
  const doc = db.documentClient({ unmarshallOptions: { wrapSets: true } });
  await doc.put({ TableName, Item: { year: 1, title: 'a', s: doc.createSet(['x']) } }).promise();
  const { Item } = await doc.get({ TableName, Key: { year: 1, title: 'a' } }).promise();
  assert.deepEqual([Item.s.wrapperName, Item.s.type, Item.s.values], ['Set', 'String', ['x']]);
  const called = await new Promise((resolve) => {
    doc.get({ TableName, Key: { year: 1, title: 'a' } }, (error, data) => resolve([error, data.Item.title]));
  });
  assert.deepEqual(called, [null, 'a']);
  const refused = await new Promise((resolve) => {
    doc.put({ TableName, Item: { year: 1 } }, (error, data) => resolve([error.name, error.message, data]));
  });
  assert.deepEqual(refused, [
    'ValidationException',
    'One or more parameter values were invalid: Missing the key title in the item',
    undefined,
  ]);
});

test('commands of both SDK packages', async (t) => {
  const { db, doc } = await opened();
  t.after(() => db.close());
  await doc.send(new lib.PutCommand({ TableName, Item: { year: 1, title: 'a', n: 1 } }));
  assert.deepEqual((await doc.send(new lib.GetCommand({ TableName, Key: { year: 1, title: 'a' } }))).Item, {
    year: 1,
    title: 'a',
    n: 1,
  });
  const { Items } = await doc.send(
    new lib.QueryCommand({
      TableName,
      KeyConditionExpression: '#y = :y',
      ExpressionAttributeNames: { '#y': 'year' },
      ExpressionAttributeValues: { ':y': 1 },
    }),
  );
  assert.equal(Items.length, 1);
  const described = await doc.send(new low.DescribeTableCommand({ TableName }));
  assert.equal(described.Table.ItemCount, 1);
  assert.deepEqual(
    (await doc.send(new low.GetItemCommand({ TableName, Key: { year: { N: '1' }, title: { S: 'a' } } }))).Item.n,
    { N: '1' },
  );
});

test('batches of reads are followed to their end', async (t) => {
  const { db, doc } = await opened();
  t.after(() => db.close());
  const text = 'x'.repeat(390_000);
  const keys = Array.from({ length: 45 }, (_, n) => ({ year: 1, title: `t${n}` }));
  for (const key of keys) await doc.put({ TableName, Item: { ...key, text } });
  const input = { RequestItems: { [TableName]: { Keys: keys, ProjectionExpression: 'title' } } };
  const theirs = db.documentClient({ instanceOf: lib.DynamoDBDocumentClient });
  for (const answers of [
    snowglobe.paginatedBatchGet({ client: doc }, input),
    lib.paginatedBatchGet({ client: theirs }, input),
  ]) {
    const titles = [];
    for await (const { Responses } of answers) titles.push(Responses[TableName].map(({ title }) => title));
    assert.ok(titles.length > 1, 'more than 16 MB is not read at once');
    assert.deepEqual(titles.flat().sort(), keys.map(({ title }) => title).sort());
  }
});

test('paginators of this package and of the SDK', async (t) => {
  const { db, doc } = await opened();
  t.after(() => db.close());
  for (let n = 0; n < 10; n += 1) await doc.put({ TableName, Item: { year: 1, title: `t${n}` } });
  const input = {
    TableName,
    KeyConditionExpression: '#y = :y',
    ExpressionAttributeNames: { '#y': 'year' },
    ExpressionAttributeValues: { ':y': 1 },
  };
  const titles = [];
  for await (const page of snowglobe.paginateQuery({ client: doc, pageSize: 4 }, input)) titles.push(page.Items.length);
  assert.deepEqual(titles, [4, 4, 2]);
  let scanned = 0;
  for await (const page of snowglobe.paginateScan({ client: doc, pageSize: 3 }, { TableName })) scanned += page.Items.length;
  assert.equal(scanned, 10);
  const theirs = db.documentClient({ instanceOf: lib.DynamoDBDocumentClient });
  const pages = [];
  for await (const page of lib.paginateQuery({ client: theirs, pageSize: 4 }, input)) pages.push(page.Items.length);
  assert.deepEqual(pages, [4, 4, 2]);
  const names = [];
  for await (const page of snowglobe.paginateListTables({ client: db }, {})) names.push(...page.TableNames);
  assert.deepEqual(names, ['Movie']);
});

test('every operation is a method, in DynamoDB JSON', async (t) => {
  const { db } = await opened();
  t.after(() => db.close());
  const Key = { year: { N: '1' }, title: { S: 'a' } };
  await db.putItem({ TableName, Item: { ...Key, genre: { S: 'g' }, b: { B: new Uint8Array([7]) } } });
  assert.deepEqual((await db.getItem({ TableName, Key })).Item, { ...Key, genre: { S: 'g' }, b: { B: new Uint8Array([7]) } });
  await db.updateItem({ TableName, Key, UpdateExpression: 'REMOVE b' });
  assert.equal(
    (
      await db.query({
        TableName,
        IndexName: 'by-genre',
        KeyConditionExpression: 'genre = :g',
        ExpressionAttributeValues: { ':g': { S: 'g' } },
      })
    ).Count,
    1,
  );
  assert.equal((await db.scan({ TableName })).Count, 1);
  assert.deepEqual((await db.batchGetItem({ RequestItems: { [TableName]: { Keys: [Key] } } })).Responses[TableName], [
    { ...Key, genre: { S: 'g' } },
  ]);
  await db.batchWriteItem({ RequestItems: { [TableName]: [{ DeleteRequest: { Key } }] } });
  await db.deleteItem({ TableName, Key });
  assert.deepEqual((await db.listTables({})).TableNames, ['Movie']);
  assert.equal((await db.describeTable({ TableName })).Table.ItemCount, 0);
  await db.updateTable({ TableName, DeletionProtectionEnabled: true });
  await assert.rejects(db.deleteTable({ TableName }), { name: 'ValidationException' });
  await db.updateTable({ TableName, DeletionProtectionEnabled: false });
  assert.equal((await db.deleteTable({ TableName })).TableDescription.TableStatus, 'DELETING');
  assert.equal((await db.describeLimits({})).TableMaxReadCapacityUnits, 40_000);
  assert.equal((await db.describeEndpoints({})).Endpoints.length, 1);
});

test('errors are those of this package and of the SDK', async (t) => {
  const { db, doc } = await opened();
  t.after(() => db.close());
  await assert.rejects(doc.get({ TableName: 'Nowhere', Key: { id: 1 } }), (error) => {
    assert.ok(error instanceof snowglobe.ResourceNotFoundException);
    assert.ok(error instanceof low.ResourceNotFoundException, 'the SDK’s class knows it as its own');
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'ResourceNotFoundException');
    assert.equal(error.message, 'Requested resource not found');
    assert.equal(error.$fault, 'client');
    assert.equal(error.$metadata.httpStatusCode, 400);
    return true;
  });
  await doc.put({ TableName, Item: { year: 1, title: 'a', n: 5 } });
  const attempt = doc.put({
    TableName,
    Item: { year: 1, title: 'a' },
    ConditionExpression: 'n = :n',
    ExpressionAttributeValues: { ':n': 6 },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  await assert.rejects(attempt, (error) => {
    assert.deepEqual(error.Item, { year: { N: '1' }, title: { S: 'a' }, n: { N: '5' } });
    return true;
  });
});

test('a fork goes its own way, both ways', async (t) => {
  const { db, doc } = await opened();
  const put = (client, title) => client.put({ TableName, Item: { year: 1, title, genre: 'g' } });
  const titles = async (client, rest = {}) =>
    (await client.scan({ TableName, ...rest })).Items.map(({ title }) => title).sort();
  await put(doc, 'common');
  const copy = await db.fork();
  const other = copy.documentClient();
  await put(doc, 'mine');
  await put(other, 'theirs');
  await other.delete({ TableName, Key: { year: 1, title: 'common' } });
  assert.deepEqual(await titles(doc), ['common', 'mine']);
  assert.deepEqual(await titles(other), ['theirs']);
  assert.deepEqual(await titles(doc, { IndexName: 'by-genre' }), ['common', 'mine']);
  assert.deepEqual(await titles(other, { IndexName: 'by-genre' }), ['theirs']);
  await copy.deleteTable({ TableName });
  assert.deepEqual((await db.listTables({})).TableNames, ['Movie']);
  const grandchild = await db.fork();
  await db.close();
  // The original is gone; its descendants are not.
  assert.deepEqual(await titles(grandchild.documentClient()), ['common', 'mine']);
  t.after(() => Promise.all([copy.close(), grandchild.close()]));
});

test('forks of one database answer alike', async (t) => {
  const { db } = await opened({ clock: 'virtual' });
  const forks = await Promise.all([db.fork(), db.fork()]);
  t.after(() => Promise.all([db, ...forks].map((one) => one.close())));
  const ids = await Promise.all(
    forks.map(async (fork) => {
      await fork.createTable({ ...movieTable, TableName: 'Second' });
      return (await fork.describeTable({ TableName: 'Second' })).Table;
    }),
  );
  assert.deepEqual(ids[0], ids[1]);
});

test('the same seed makes the same database', async () => {
  const make = async (seed) => {
    const { db, doc } = await opened({ seed, clock: 'virtual' });
    for (let n = 0; n < 50; n += 1) await doc.put({ TableName, Item: { year: n, title: `t${n}`, genre: `g${n % 3}` } });
    const bytes = await db.snapshot();
    const { Table } = await db.describeTable({ TableName });
    await db.close();
    return { bytes: Buffer.from(bytes).toString('base64'), id: Table.TableId };
  };
  const [one, same, other] = [await make(1), await make(1), await make(2)];
  assert.deepEqual(one, same);
  assert.notEqual(one.id, other.id);
});

test('a snapshot is a whole database', async (t) => {
  const { db, doc } = await opened();
  for (let n = 0; n < 200; n += 1) {
    await doc.put({
      TableName,
      Item: { year: n % 7, title: `t${n}`, genre: `g${n % 3}`, s: new Set([n]), b: new Uint8Array([n]) },
    });
  }
  const bytes = await db.snapshot();
  assert.ok(bytes instanceof Uint8Array);
  await doc.put({ TableName, Item: { year: 0, title: 'later' } });
  const again = await Snowglobe.restore(bytes, { seed: 7 });
  t.after(() => Promise.all([db.close(), again.close()]));
  const restored = again.documentClient();
  const all = async (client, rest) => (await client.scan({ TableName, ...rest })).Items;
  const original = (await all(doc)).filter(({ title }) => title !== 'later');
  assert.deepEqual(await all(restored), original);
  const byGenre = (items) => items.map(({ title }) => title).sort();
  assert.deepEqual(byGenre(await all(restored, { IndexName: 'by-genre' })), byGenre(await all(doc, { IndexName: 'by-genre' })));
  assert.deepEqual(
    (await again.describeTable({ TableName })).Table.TableId,
    (await db.describeTable({ TableName })).Table.TableId,
  );
  await restored.put({ TableName, Item: { year: 9, title: 'on' } });
  assert.equal((await all(restored)).length, 201);
});

test('bytes that are no whole snapshot are refused, wherever they end or differ', async () => {
  const { db, doc } = await opened();
  for (let n = 0; n < 20; n += 1) await doc.put({ TableName, Item: { year: n, title: 't' } });
  const bytes = await db.snapshot();
  await db.close();
  for (const wrong of [new Uint8Array(), new TextEncoder().encode('not a snapshot'), new Uint8Array(1000)]) {
    await assert.rejects(Snowglobe.restore(wrong), Error);
  }
  for (let length = 0; length < bytes.length; length += 17) {
    await assert.rejects(Snowglobe.restore(bytes.slice(0, length)), Error, `cut to ${length} bytes`);
  }
  for (let at = 0; at < bytes.length; at += 13) {
    const damaged = bytes.slice();
    damaged[at] ^= 0x40;
    await assert.rejects(Snowglobe.restore(damaged), Error, `byte ${at}`);
  }
  const whole = await Snowglobe.restore(bytes);
  assert.equal((await whole.scan({ TableName })).Count, 20);
  await whole.close();
});

test('a closed database refuses every call', async () => {
  const { db, doc } = await opened();
  const fetched = () => db.fetch(new Request('http://127.0.0.1/'));
  assert.equal((await fetched()).status, 200);
  await db.close();
  await db.close();
  const closed = { name: 'DatabaseClosedError' };
  await assert.rejects(async () => await doc.get({ TableName, Key: { year: 1, title: 'a' } }), closed);
  await assert.rejects(async () => await db.listTables({}), closed);
  await assert.rejects(async () => await fetched(), closed);
  await assert.rejects(async () => await db.fork(), closed);
  await assert.rejects(async () => await db.snapshot(), closed);
  const sdk = new low.DynamoDB(db.clientConfig());
  await assert.rejects(sdk.listTables({}), closed);
});

test('databases beside each other share nothing', async (t) => {
  const [one, two] = [await opened(), await opened()];
  t.after(() => Promise.all([one.db.close(), two.db.close()]));
  await one.doc.put({ TableName, Item: { year: 1, title: 'a' } });
  assert.equal((await two.doc.scan({ TableName })).Count, 0);
});

test('requests of every size through every door of one database', async (t) => {
  const { db, doc } = await opened();
  t.after(() => db.close());
  const second = db.documentClient();
  const sdk = new low.DynamoDB(db.clientConfig());
  const doors = [
    (title, text) => doc.put({ TableName, Item: { year: 1, title, text } }),
    (title, text) => db.putItem({ TableName, Item: { year: { N: '1' }, title: { S: title }, text: { S: text } } }),
    (title, text) => second.put({ TableName, Item: { year: 1, title, text } }),
    (title, text) => sdk.putItem({ TableName, Item: { year: { N: '1' }, title: { S: title }, text: { S: text } } }),
  ];
  // Every order of doors and sizes: each has its own idea of where requests are written until another makes that place grow.
  const sizes = [10, 15_000, 20_000, 300_000, 100, 60_000, 390_000, 16_000];
  let n = 0;
  for (const size of sizes) {
    for (const door of n % 2 === 0 ? doors : [...doors].reverse()) {
      n += 1;
      const text = String.fromCharCode(97 + (n % 26)).repeat(size);
      await door(`t${n}`, text);
      assert.equal(
        (await doc.get({ TableName, Key: { year: 1, title: `t${n}` } })).Item.text,
        text,
        `request ${n}, ${size} bytes`,
      );
    }
  }
  let count = 0;
  for await (const page of snowglobe.paginateScan({ client: doc }, { TableName })) count += page.Items.length;
  assert.equal(count, sizes.length * doors.length);
});
