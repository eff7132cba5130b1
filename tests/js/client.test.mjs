// The document client, by the habits of both versions of the SDK, and the operations as methods. The engine is a fake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import * as sdk from '@aws-sdk/client-dynamodb';
import * as lib from '@aws-sdk/lib-dynamodb';
import { load } from './support/compiled.mjs';
import { get, open, put } from './support/fake-database.mjs';

const { paginateListTables, paginateQuery, paginateScan } = await load('client/paginators.js');
const errors = await load('errors.js');

test('version 3 habits: promises, metadata, callbacks, options', async () => {
  const { doc } = await open();
  const written = await put(doc, 'a', { n: 1, list: [1, { x: null }] });
  assert.deepEqual(Object.keys(written), ['$metadata']);
  const { Item, $metadata } = await get(doc, 'a');
  assert.deepEqual(Item, { pk: 'a', n: 1, list: [1, { x: null }] });
  assert.equal($metadata.httpStatusCode, 200);
  assert.equal($metadata.attempts, 1);
  assert.match($metadata.requestId, /^[A-Z0-9]{52}$/);
  assert.ok(inspect($metadata).includes($metadata.requestId), 'printed');
  assert.notEqual((await get(doc, 'a')).$metadata.requestId, $metadata.requestId);
  assert.equal((await get(doc, 'missing')).Item, undefined);
  const called = await new Promise((resolve) =>
    doc.get({ TableName: 't', Key: { pk: 'a' } }, (error, data) => resolve([error, data.Item.n])),
  );
  assert.deepEqual(called, [null, 1]);
  const failed = await new Promise((resolve) =>
    doc.get({ TableName: 'none', Key: { pk: 'a' } }, {}, (error, data) => resolve([error.name, data])),
  );
  assert.deepEqual(failed, ['ResourceNotFoundException', undefined]);
});

test('version 2 habits: promise(), send(), on(), eachPage(), createSet()', async () => {
  const { db, doc, engine } = await open();
  const request = put(doc, 'a', { s: doc.createSet(['x', 'y']) });
  await request.promise();
  assert.equal(engine.log.length, 1, 'asking for the promise sends nothing again');
  assert.deepEqual((await get(doc, 'a').promise()).Item.s, new Set(['x', 'y']));
  const legacy = db.documentClient({ convertEmptyValues: true, wrapNumbers: true, unmarshallOptions: { wrapSets: true } });
  await put(legacy, 'b', { empty: '', n: 5 });
  const { Item } = await get(legacy, 'b');
  assert.equal(Item.empty, null);
  assert.equal(Item.n.toNumber(), 5);
  assert.throws(() => doc.createSet([]), { name: 'InvalidSetType' });
  assert.throws(() => doc.createSet([{}]), { name: 'InvalidSetType' });
  assert.throws(() => doc.createSet(['a', 1], { validate: true }), { name: 'InvalidType', code: 'InvalidType' });
  assert.deepEqual(await new Promise((resolve) => get(doc, 'a').send((error, data) => resolve([error, data.Item.pk]))), [
    null,
    'a',
  ]);
  const events = [];
  await new Promise((resolve) =>
    get(doc, 'a')
      .on('success', ({ data }) => events.push(data.Item.pk))
      .on('error', () => events.push('error'))
      .on('complete', ({ error }) => resolve(events.push(error))),
  );
  await new Promise((resolve) =>
    doc.get({ TableName: 'none', Key: {} }).on('error', (error) => resolve(events.push(error.code))),
  );
  assert.deepEqual(events, ['a', null, 'ResourceNotFoundException']);
  const pages = [];
  await new Promise((resolve) =>
    doc.scan({ TableName: 't', Limit: 1 }).eachPage((_error, page) => {
      pages.push(page?.Items.length ?? null);
      if (page === null) resolve();
      return true;
    }),
  );
  assert.deepEqual(pages, [1, 1, null]);
  const some = [];
  await new Promise((resolve) =>
    doc.scan({ TableName: 't', Limit: 1 }).eachPage((_error, page, done) => {
      some.push(page.Items.length);
      done(false);
      resolve();
    }),
  );
  assert.deepEqual(some, [1]);
});

test("version 2's response object hangs on what promise() gives, and its handlers get it", async () => {
  const { doc } = await open();
  for (const pk of ['a', 'b', 'c']) await put(doc, pk);
  const page = await doc.scan({ TableName: 't', Limit: 2 }).promise();
  assert.deepEqual(Object.keys(page).includes('$response'), false);
  const { $response } = page;
  assert.deepEqual([$response.data, $response.error, $response.retryCount], [page, null, 0]);
  assert.equal($response.requestId, page.$metadata.requestId);
  assert.equal($response.httpResponse.statusCode, 200);
  assert.equal($response.hasNextPage(), true);
  const { Items, $response: last } = await $response.nextPage().promise();
  assert.deepEqual([Items, last.hasNextPage(), last.nextPage()], [[{ pk: 'c' }], false, null]);
  const called = await new Promise((resolve) => $response.nextPage((error, data) => resolve([error, data.Items.length])));
  assert.deepEqual(called, [null, 1]);
  const failed = await new Promise((resolve) => doc.get({ TableName: 'none', Key: {} }).on('complete', resolve));
  assert.deepEqual([failed.data, failed.error.code, failed.httpResponse.statusCode], [null, 'ResourceNotFoundException', 400]);
  assert.equal(failed.requestId, failed.error.requestId);
  assert.equal(failed.hasNextPage(), false);
});

test('members that every request of a client has', async () => {
  const { db } = await open();
  const doc = db.documentClient({ params: { TableName: 't' } });
  await doc.put({ Item: { pk: 'a' } });
  assert.deepEqual((await doc.get({ TableName: undefined, Key: { pk: 'a' } })).Item, { pk: 'a' });
  await assert.rejects(doc.get({ TableName: 'none', Key: {} }), errors.ResourceNotFoundException);
});

test('nobody has to listen to a request that was given a callback', async () => {
  const { doc } = await open();
  const loud = [];
  const listen = (reason) => loud.push(reason);
  process.on('unhandledRejection', listen);
  doc.get({ TableName: 'none', Key: {} }, () => undefined);
  doc.get({ TableName: 'none', Key: {} }).send();
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', listen);
  assert.deepEqual(loud, []);
});

test("the SDK's commands are sent, native or in DynamoDB JSON, whatever a bundler calls them", async () => {
  const { doc } = await open();
  await doc.send(new lib.PutCommand({ TableName: 't', Item: { pk: 'a', n: 1 } }));
  assert.deepEqual((await doc.send(new lib.GetCommand({ TableName: 't', Key: { pk: 'a' } }))).Item, { pk: 'a', n: 1 });
  assert.deepEqual((await doc.send(new sdk.GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } }))).Item, {
    pk: { S: 'a' },
    n: { N: '1' },
  });
  assert.deepEqual((await doc.send(new lib.QueryCommand({ TableName: 't' }))).Items, [{ pk: 'a', n: 1 }]);
  assert.deepEqual((await doc.send(new sdk.QueryCommand({ TableName: 't' }))).Items, [{ pk: { S: 'a' }, n: { N: '1' } }]);
  class a extends lib.GetCommand {}
  assert.equal((await doc.send(new a({ TableName: 't', Key: { pk: 'a' } }))).Item.n, 1);
  class PutCommand {
    constructor(input) {
      this.input = input;
    }
  }
  await doc.send(new PutCommand({ TableName: 't', Item: { pk: 'old' } }));
  await assert.rejects(doc.send({ constructor: class {}, input: {} }), TypeError);
  await assert.rejects(doc.send('GetItem'), { name: 'TypeError' });
  const viaCallback = await new Promise((resolve) =>
    doc.send(new lib.GetCommand({ TableName: 't', Key: { pk: 'old' } }), (_error, data) => resolve(data.Item)),
  );
  assert.deepEqual(viaCallback, { pk: 'old' });
});

test("paginators: the package's, and lib-dynamodb's on a client that is an instance of its class", async () => {
  const { db, doc } = await open();
  for (const pk of ['a', 'b', 'c', 'd', 'e']) await put(doc, pk);
  const sizes = async (pages) => {
    const all = [];
    for await (const page of pages) all.push(page.Items.length);
    return all;
  };
  assert.deepEqual(await sizes(paginateQuery({ client: doc, pageSize: 2 }, { TableName: 't' })), [2, 2, 1]);
  assert.deepEqual(await sizes(paginateScan({ client: doc, startingToken: { pk: 'd' } }, { TableName: 't' })), [1]);
  const input = { TableName: 't', Limit: 3 };
  assert.deepEqual(await sizes(paginateScan({ client: doc, pageSize: 1 }, input)), [3, 2]);
  assert.deepEqual(input, { TableName: 't', Limit: 3 });
  const withCommand = (command) => {
    command.input.Limit = 4;
  };
  assert.deepEqual(await sizes(paginateScan({ client: doc, withCommand }, input)), [4, 1]);
  const tables = [];
  for await (const page of paginateListTables({ client: db })) tables.push(...page.TableNames);
  assert.deepEqual(tables, ['a', 'b', 'c']);
  const theirs = db.documentClient({ instanceOf: lib.DynamoDBDocumentClient });
  assert.ok(theirs instanceof lib.DynamoDBDocumentClient);
  assert.ok(!(doc instanceof lib.DynamoDBDocumentClient));
  assert.deepEqual(await sizes(lib.paginateQuery({ client: theirs, pageSize: 2 }, { TableName: 't' })), [2, 2, 1]);
  assert.deepEqual(await sizes(lib.paginateScan({ client: theirs, pageSize: 4 }, { TableName: 't' })), [4, 1]);
});

test('middleware added to a client runs around its calls', async () => {
  const { doc } = await open();
  const seen = [];
  doc.middlewareStack.add(
    (next, context) => async (args) => {
      seen.push(context.commandName);
      const result = await next({ ...args, input: { ...args.input, Item: { pk: 'changed' } } });
      return { ...result, output: { ...result.output, traced: true } };
    },
    { name: 'trace', step: 'initialize' },
  );
  assert.equal((await put(doc, 'a')).traced, true);
  assert.deepEqual(seen, ['PutItemCommand']);
  assert.ok(doc.middlewareStack.remove('trace'));
  assert.deepEqual((await get(doc, 'changed')).Item, { pk: 'changed' });
});

test('every operation is a method in DynamoDB JSON; those the engine lacks answer as unknown operations', async () => {
  const { db } = await open();
  const { TableDescription } = await db.createTable({ TableName: 't', KeySchema: [], AttributeDefinitions: [] });
  assert.deepEqual(TableDescription, { TableName: 't', CreationDateTime: new Date(1700000000500), ItemCount: 0 });
  await db.putItem({ TableName: 't', Item: { pk: { S: 'a' }, b: { B: Uint8Array.of(1, 2) } } });
  assert.deepEqual((await db.getItem({ TableName: 't', Key: { pk: { S: 'a' } } })).Item, {
    pk: { S: 'a' },
    b: { B: Uint8Array.of(1, 2) },
  });
  assert.deepEqual((await db.listTables()).TableNames, ['a', 'b']);
  await assert.rejects(db.createBackup({ TableName: 't', BackupName: 'b' }), { name: 'UnknownOperationException' });
  const their = Object.getOwnPropertyNames(sdk.DynamoDB.prototype).filter(
    (name) => name !== 'constructor' && !/^(waitUntil|paginate)/.test(name),
  );
  for (const name of their) assert.equal(typeof db[name], 'function', name);
});

test('what cannot be marshalled is rejected, not thrown, and sends nothing', async () => {
  const { doc, engine } = await open();
  const request = put(doc, 'a', { bad: { u: undefined } });
  await assert.rejects(request, {
    message: 'Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.',
  });
  assert.equal(engine.log.length, 0);
  await assert.doesNotReject(put(doc, 'a'));
});

test("a caller's code may call the database while its own request is written or read", async () => {
  const { db, doc } = await open();
  let nested;
  await put(doc, 'a', {
    get trap() {
      nested = put(doc, 'b', { n: 2 });
      return 1;
    },
  });
  await nested;
  assert.equal((await get(doc, 'b')).Item.n, 2);
  const inner = [];
  const curious = db.documentClient({
    unmarshallOptions: {
      wrapNumbers: (text) => {
        inner.push(get(doc, 'a'));
        return text;
      },
    },
  });
  assert.deepEqual((await get(curious, 'b')).Item, { pk: 'b', n: '2' });
  assert.equal((await inner[0]).Item.trap, 1);
});
