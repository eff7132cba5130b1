// The surface around the engine: clients of both SDK versions' habits, errors, clocks, lives of a database. The engine is a fake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import * as sdk from '@aws-sdk/client-dynamodb';
import * as lib from '@aws-sdk/lib-dynamodb';
import { load } from './support/compiled.mjs';
import { fakeModule } from './support/fake-engine.mjs';

const { Snowglobe } = await load('snowglobe.js');
const { installEngine } = await load('engine.js');
const { paginateListTables, paginateQuery, paginateScan } = await load('client/paginators.js');
const errors = await load('errors.js');
const { virtualEpochMs } = await load('clock.js');

const module = fakeModule();
installEngine(() => module);
const open = async (options) => {
  const db = await Snowglobe.open({ storage: 'memory', seed: 1, ...options });
  return { db, engine: module.engines.at(-1), doc: db.documentClient() };
};
const slow = (ms) => ({ cluster: { network: { latencyMs: [ms, ms] } } });
const put = (doc, pk, more = {}) => doc.put({ TableName: 't', Item: { pk, ...more } });
const get = (doc, pk) => doc.get({ TableName: 't', Key: { pk } });

test('an error in the process has the type that a body has', () => {
  const metadata = { httpStatusCode: 500, requestId: '', attempts: 1, totalRetryDelay: 0 };
  const typeOf = (name) => errors.serviceException({ name, status: 500, metadata }).__type;
  // UpdateTable answers a structure without members with the first.
  assert.equal(typeOf('InternalFailure'), 'com.amazon.coral.service#InternalFailure');
  assert.equal(typeOf('SerializationException'), 'com.amazon.coral.service#SerializationException');
  assert.equal(typeOf('ValidationException'), 'com.amazon.coral.validate#ValidationException');
  assert.equal(typeOf('InternalServerError'), 'com.amazonaws.dynamodb.v20120810#InternalServerError');
});

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

test("a document client's options that would do nothing are refused by name", async () => {
  const { db } = await open();
  const refused = [
    [5, /The options of a document client are 5; they must be an object/],
    [{ removeUndefinedValues: true }, /removeUndefinedValues is a member of marshallOptions/],
    [{ wrapSets: true }, /wrapSets is a member of unmarshallOptions/],
    [{ marshallOptions: true }, /marshallOptions is true; it must be an object/],
    [
      { marshallOptions: { removeUndefined: true } },
      /Unknown option 'removeUndefined' in marshallOptions; there are convertEmpty/,
    ],
    [{ marshallOptions: { removeUndefinedValues: 'yes' } }, /removeUndefinedValues is 'yes'; it must be true or false/],
    [{ unmarshallOptions: { wrapNumbers: 'yes' } }, /wrapNumbers is 'yes'; it must be true or false, or a function/],
    [{ params: 'Movie' }, /params is 'Movie'; it must be an object/],
    [{ instanceOf: 'Client' }, /instanceOf is 'Client'; it must be a class/],
  ];
  for (const [options, message] of refused) assert.throws(() => db.documentClient(options), { name: 'TypeError', message });
  db.documentClient({ region: 'eu-west-1', maxRetries: 3, httpOptions: {} });
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

test("errors are the SDK's in every respect that code looks at", async () => {
  const { doc } = await open();
  await put(doc, 'a', { n: 1 });
  const error = await doc.put({ TableName: 't', Item: { pk: 'a' }, ConditionExpression: 'x' }).catch((e) => e);
  assert.ok(
    error instanceof Error &&
      error instanceof errors.ConditionalCheckFailedException &&
      error instanceof errors.DynamoDBServiceException,
  );
  assert.ok(error instanceof sdk.ConditionalCheckFailedException && error instanceof sdk.DynamoDBServiceException);
  assert.ok(!(error instanceof errors.ResourceNotFoundException) && !(error instanceof sdk.ResourceNotFoundException));
  assert.equal(error.name, 'ConditionalCheckFailedException');
  assert.equal(error.message, 'The conditional request failed');
  assert.equal(error.$fault, 'client');
  assert.equal(error.$metadata.httpStatusCode, 400);
  assert.match(error.$metadata.requestId, /^[A-Z0-9]{52}$/);
  assert.deepEqual(Object.keys({ ...error.$metadata }), ['httpStatusCode', 'requestId', 'attempts', 'totalRetryDelay']);
  const logged = JSON.parse(JSON.stringify(error));
  assert.deepEqual(
    [logged.name, logged.message, logged.$metadata.requestId],
    [error.name, error.message, error.$metadata.requestId],
  );
  assert.equal(error.$response.statusCode, 400);
  assert.ok(!Object.keys(error).includes('$response'));
  assert.equal(error.__type, 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException');
  assert.deepEqual(error.Item, { pk: { S: 'a' }, n: { N: '1' } }, 'marshalled, as the AWS document client leaves it');
  assert.deepEqual(
    [error.code, error.statusCode, error.requestId, error.retryable],
    [error.name, 400, error.$metadata.requestId, false],
  );
  assert.ok(error.time instanceof Date);
  const canceled = await doc.transactWrite({ TransactItems: [] }).catch((e) => e);
  assert.deepEqual(canceled.CancellationReasons, [
    { Code: 'None' },
    { Code: 'ConditionalCheckFailed', Message: 'm', Item: { pk: { S: 'x' } } },
  ]);
  const throttled = await doc.get({ TableName: 'slow-down', Key: {} }).catch((e) => e);
  assert.deepEqual(
    [throttled.retryable, throttled.$retryable, throttled.ThrottlingReasons.length],
    [true, { throttling: true }, 1],
  );
  const mute = await doc.get({ TableName: 'mute', Key: {} }).catch((e) => e);
  assert.deepEqual(
    [mute.message, mute.$fault, mute.retryable, mute instanceof errors.InternalServerError],
    ['UnknownError', 'server', true, true],
  );
  const theirs = Object.entries(sdk).filter(
    ([, value]) => typeof value === 'function' && value.prototype instanceof sdk.DynamoDBServiceException,
  );
  for (const [name, value] of theirs) assert.equal(errors[name]?.shapeId, value.shapeId, name);
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

test('with latency on a virtual clock, time moves exactly as far as requests need', async () => {
  const { db, doc, engine } = await open({ clock: 'virtual', ...slow(10) });
  const now = () => db.session.clock.now();
  await Promise.all([put(doc, 'a'), put(doc, 'b')]);
  assert.equal(now() - virtualEpochMs, 10);
  assert.equal((await get(doc, 'a')).Item.pk, 'a');
  assert.equal(now() - virtualEpochMs, 20);
  db.cluster.advance(5);
  assert.equal(now() - virtualEpochMs, 25);
  assert.equal(engine.waiting.length, 0);
  await assert.rejects(doc.get({ TableName: 'none', Key: {} }), errors.ResourceNotFoundException);
});

test('with latency on the real clock, answers come later and in order', async () => {
  const { doc } = await open(slow(5));
  const began = Date.now();
  await put(doc, 'a');
  assert.ok(Date.now() - began >= 4);
  const { db: other, doc: still } = await open({ clock: 'real', ...slow(60_000) });
  assert.throws(() => other.cluster.advance(1), /virtual/);
  const aborted = new AbortController();
  const request = still.get({ TableName: 't', Key: { pk: 'a' } }, { abortSignal: aborted.signal });
  aborted.abort();
  await assert.rejects(request, { name: 'AbortError' });
  await assert.rejects(still.get({ TableName: 't', Key: {} }, { abortSignal: aborted.signal }), { name: 'AbortError' });
  const second = get(still, 'a');
  second.abort();
  await assert.rejects(second, { name: 'AbortError' });
  await other.close();
});

test('a function may be the clock', async () => {
  let time = 1000;
  const { doc } = await open({ clock: () => time, ...slow(50) });
  const request = put(doc, 'a');
  const state = await Promise.race([
    request.then(() => 'done'),
    new Promise((resolve) => setTimeout(() => resolve('waiting'), 20)),
  ]);
  assert.equal(state, 'waiting');
  time += 50;
  await request;
  const { db: stopped, doc: still } = await open({ clock: () => 0, ...slow(50) });
  const never = put(still, 'a');
  const closed = stopped.close();
  await assert.rejects(never, errors.DatabaseClosedError);
  await closed;
});

test('a clock that gives no time, or throws, costs its request and nothing else', async () => {
  let clock = () => 1000;
  const { db, doc, engine } = await open({ clock: () => clock(), ...slow(20) });
  for (const [bad, message] of [
    [() => Number.NaN, /The clock says NaN; it must return epoch milliseconds/],
    [() => 5n, /The clock says 5; it must/],
    [() => undefined, /The clock says undefined/],
    [() => new Date(0), /The clock says Thu Jan 01 1970/],
    [() => -1, /The clock says -1/],
  ]) {
    clock = bad;
    await assert.rejects(put(doc, 'a'), { name: 'TypeError', message });
    assert.throws(() => db.cluster.describe(), { name: 'TypeError', message });
  }
  clock = () => {
    throw new Error('no time');
  };
  await assert.rejects(put(doc, 'a'), { message: 'no time' });
  await assert.rejects(db.fetch(new Request('http://x/', { method: 'POST', body: '{}' })), { message: 'no time' });
  clock = () => 1000;
  const pending = put(doc, 'a');
  clock = () => {
    throw new Error('stopped');
  };
  await assert.rejects(pending, { message: 'stopped' });
  clock = () => 2000;
  engine.latency = 0;
  await put(doc, 'b');
  await db.close();
});

test('a fork and a restored snapshot go their own way', async () => {
  const { db, doc } = await open({ clock: 'virtual' });
  await put(doc, 'a');
  db.cluster.advance(1234);
  const fork = await db.fork();
  assert.equal(fork.session.clock.now(), db.session.clock.now());
  const bytes = await db.snapshot();
  await put(doc, 'b');
  assert.equal((await get(fork.documentClient(), 'a')).Item.pk, 'a');
  assert.equal((await get(fork.documentClient(), 'b')).Item, undefined);
  const again = await Snowglobe.restore(bytes, { seed: 2 });
  assert.equal((await get(again.documentClient(), 'a')).Item.pk, 'a');
  await assert.rejects(Snowglobe.restore(Uint8Array.of(1)), /not a snapshot/);
  for (const bytes of [undefined, null, 5, 'text', [1, 2]]) {
    await assert.rejects(Snowglobe.restore(bytes), { name: 'TypeError', message: /takes the bytes that db.snapshot\(\) gave/ });
  }
  const own = await Snowglobe.restore(bytes.slice().buffer);
  assert.equal((await get(own.documentClient(), 'a')).Item.pk, 'a');
});

test('a closed database refuses calls and has answered those before', async () => {
  const { db, doc, engine } = await open({ clock: 'virtual', ...slow(10) });
  const pending = put(doc, 'a');
  const closing = db.close();
  await assert.rejects(get(doc, 'a'), errors.DatabaseClosedError);
  await closing;
  await pending;
  assert.equal(engine.freed, true);
  await db.close();
  await assert.rejects(db.listTables(), { name: 'DatabaseClosedError' });
  await assert.rejects(db.fork(), errors.DatabaseClosedError);
  await assert.rejects(db.fetch(new Request('http://x/', { method: 'POST', body: '{}' })), errors.DatabaseClosedError);
});

test('after a trap the engine is never called again, and its other users are told', async () => {
  const { db, doc, engine } = await open(slow(60_000));
  const waiting = put(doc, 'a');
  engine.latency = 0;
  await assert.rejects(doc.get({ TableName: 'trap', Key: {} }), errors.EngineFailedError);
  await assert.rejects(waiting, errors.EngineFailedError);
  const calls = engine.log.length;
  await assert.rejects(get(doc, 'a'), /has failed and refuses/);
  await assert.rejects(db.snapshot(), errors.EngineFailedError);
  assert.equal(engine.log.length, calls);
  await db.close();
  assert.equal(engine.freed, false);
});

test('options that make no sense are refused by name', async () => {
  const refused = [
    [{ colour: 1 }, /Unknown option 'colour'; there are name, storage/],
    [{ storage: 'disk' }, /storage is 'disk'; it must be 'auto', 'memory'/],
    [{ durability: 'maybe' }, /durability is 'maybe'/],
    [{ clock: 5 }, /clock is 5; it must be 'real', 'virtual', or a function/],
    [{ seed: 1.5 }, /seed is 1.5/],
    [{ region: '' }, /region is ''/],
    [{ account: 123456789012 }, /account is 123456789012; it must be a text of twelve digits/],
    [{ credentials: { AKIA: 5 } }, /a secret in credentials is '\(hidden\)'; it must be a text or an object/],
    [{ credentials: { AKIA: '' } }, /credentials.secretAccessKey/],
    [{ credentials: {} }, /credentials is '\(hidden\)'; it must be a map from access key id/],
    [{ credentials: { accessKeyId: 'AKIA', secretAccessKey: 's' } }, /it must be a map from access key id/],
    [{ credentials: { AKIA: { secretAccessKey: 's', secret: 's' } } }, /Unknown member of a key's secret 'secret'/],
    [{ credentials: { AKIA: { secretAccessKey: 's', sessionToken: 5 } } }, /credentials.sessionToken/],
    [{ credentials: { AKIA: { secretAccessKey: 's', principal: 'me' } } }, /credentials.principal is 'me'; it must be an ARN/],
    [{ cluster: { zone: 3 } }, /Unknown cluster option 'zone'/],
    [{ cluster: { network: { loss: 2 } } }, /cluster.network.loss is 2; it must be a share/],
    [{ cluster: { network: { latencyMs: [5, 1] } } }, /latencyMs is \[5,1\]/],
    [{ cluster: { network: { latencyMs: ['1', '2'] } } }, /latencyMs is \["1","2"\]/],
    [{ cluster: { network: { latencyMs: [0, Number.POSITIVE_INFINITY] } } }, /latencyMs is .*a day at most/],
    [{ cluster: { network: { loss: 1 } } }, /loss is 1; it must be a share from 0 to below 1/],
  ];
  for (const [options, message] of refused) await assert.rejects(Snowglobe.open(options), { name: 'TypeError', message });
  await assert.rejects(Snowglobe.open({ storage: 'indexeddb' }), /no IndexedDB/);
  assert.throws(() => new Snowglobe(), { name: 'TypeError', message: /is opened with `await Snowglobe.open\(\)`/ });
  const { db } = await open();
  for (const [network, message] of [
    [undefined, /cluster.network is undefined; it must be an object/],
    [{ latency: [1, 2] }, /Unknown cluster.network option 'latency'/],
    [{ latencyMs: [2, 1] }, /latencyMs is \[2,1\]/],
  ]) {
    assert.throws(() => db.cluster.setNetwork(network), { name: 'TypeError', message });
  }
});
