// What callers in the process hand over by mistake: a clear error each time, never a trap, and the database answers afterwards.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Snowglobe } from 'snowglobe';

const TableName = 'Bad';

async function opened(t) {
  const db = await Snowglobe.open({ storage: 'memory', seed: 1 });
  await db.createTable({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  t.after(async () => {
    await db.putItem({ TableName, Item: { id: { S: 'alive' } } });
    assert.ok((await db.getItem({ TableName, Key: { id: { S: 'alive' } } })).Item, 'the database still answers');
    await db.close();
  });
  return db;
}

const cyclic = {};
cyclic.self = cyclic;
let deep = {};
for (let n = 0; n < 50_000; n += 1) deep = { deep };
const throwing = {
  get trap() {
    throw new Error('a getter of the caller’s');
  },
};
const ODD = [
  undefined,
  null,
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  'text',
  true,
  [],
  {},
  () => {},
  Symbol('s'),
  new Date(0),
  /x/,
  new Map([[{}, 1]]),
  new Set(),
  new Set([{}]),
  new WeakMap(),
  cyclic,
  deep,
  throwing,
  new Proxy({}, {}),
  10n ** 200n,
  '\ud800',
  new Uint16Array(3),
  new ArrayBuffer(8),
];

const fine = (error) => error instanceof Error && error.name !== 'EngineFailedError' && error.name !== 'RuntimeError';

test('odd values as requests', async (t) => {
  const db = await opened(t);
  const doc = db.documentClient();
  for (const odd of ODD) {
    for (const method of ['put', 'get', 'update', 'delete', 'query', 'scan', 'batchGet', 'batchWrite']) {
      await Promise.resolve()
        .then(() => doc[method](odd))
        .catch((error) => assert.ok(fine(error), `${method}: ${error}`));
    }
    for (const method of [
      'putItem',
      'getItem',
      'query',
      'scan',
      'listTables',
      'createTable',
      'describeTable',
      'batchWriteItem',
    ]) {
      await Promise.resolve()
        .then(() => db[method](odd))
        .catch((error) => assert.ok(fine(error), `${method}: ${error}`));
    }
  }
});

test('odd values inside requests', async (t) => {
  const db = await opened(t);
  const doc = db.documentClient();
  for (const odd of ODD) {
    const requests = [
      () => doc.put({ TableName, Item: { id: 'a', odd } }),
      () => doc.put({ TableName, Item: { id: 'a', list: [odd, { odd }] } }),
      () => doc.put({ TableName, Item: odd }),
      () => doc.put({ TableName: odd, Item: { id: 'a' } }),
      () => doc.get({ TableName, Key: { id: odd } }),
      () => doc.update({ TableName, Key: { id: 'a' }, UpdateExpression: odd }),
      () =>
        doc.update({ TableName, Key: { id: 'a' }, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: { ':v': odd } }),
      () => doc.query({ TableName, KeyConditionExpression: 'id = :v', ExpressionAttributeValues: odd }),
      () => doc.scan({ TableName, Limit: odd, Segment: odd, TotalSegments: odd }),
      () => db.putItem({ TableName, Item: { id: { S: odd } } }),
      () => db.putItem({ TableName, Item: { id: { S: 'a' }, n: { N: odd }, b: { B: odd }, l: { L: odd }, m: { M: odd } } }),
      () => db.createTable({ TableName: odd, KeySchema: odd, AttributeDefinitions: odd }),
    ];
    for (const [at, request] of requests.entries()) {
      await Promise.resolve()
        .then(request)
        .catch((error) => assert.ok(fine(error), `request ${at}: ${error.stack}`));
    }
  }
});

test('a request is read once, before the call returns: later changes of the caller’s objects change nothing', async (t) => {
  const db = await opened(t);
  const doc = db.documentClient();
  const Item = { id: 'a', list: [1], bytes: new Uint8Array([1]) };
  const written = doc.put({ TableName, Item });
  Item.list.push(2);
  Item.bytes[0] = 9;
  await written;
  const first = (await doc.get({ TableName, Key: { id: 'a' } })).Item;
  assert.deepEqual(first, { id: 'a', list: [1], bytes: new Uint8Array([1]) });
  first.list.push(3);
  assert.deepEqual((await doc.get({ TableName, Key: { id: 'a' } })).Item.list, [1]);
});

test('a getter that calls the database in the middle of a request', async (t) => {
  const db = await opened(t);
  const doc = db.documentClient();
  let inner;
  const Item = {
    id: 'outer',
    get nested() {
      inner = doc.put({ TableName, Item: { id: 'inner' } });
      return 'n';
    },
  };
  await doc.put({ TableName, Item });
  await inner;
  assert.deepEqual((await doc.scan({ TableName })).Items.map(({ id }) => id).sort(), ['inner', 'outer']);
});

test('options that make no sense are named', async () => {
  const wrong = [
    [{ seed: -1 }, /seed/],
    [{ clock: 'sundial' }, /clock/],
    [{ storage: 'cloud' }, /storage/],
    [{ durability: 'hope' }, /durability/],
    [{ region: 'NOT A REGION' }, /region/],
    [{ colour: 'blue' }, /colour/],
    [{ cluster: { zones: 0 } }, /zones/],
    [{ cluster: { network: { latencyMs: [5, 1] } } }, /latencyMs/],
    [{ cluster: { network: { loss: 2 } } }, /loss/],
    [{ name: '' }, /name/],
  ];
  for (const [options, names] of wrong) await assert.rejects(Snowglobe.open(options), names);
});
