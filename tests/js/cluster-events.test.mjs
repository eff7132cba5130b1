// What happens inside the cluster, told to who asks: `db.cluster.on()` and `db.cluster.trace()`.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Snowglobe } from 'snowglobe';

const TableName = 'Counter';
const TABLE = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
const INDEX = { IndexName: 'again', KeySchema: TABLE.KeySchema, Projection: { ProjectionType: 'ALL' } };
const slow = { storage: 'memory', seed: 5, clock: 'virtual', cluster: { network: { latencyMs: [5, 50] } } };

const only = (events, name) => events.filter(({ event }) => event === name);

test('tables and indexes that come and go', async () => {
  const db = await Snowglobe.open({ storage: 'memory', seed: 1, clock: () => 1_700_000_000_000 });
  const told = [];
  for (const name of ['tableCreated', 'indexFilled', 'tableDeleted']) db.cluster.on(name, (event) => told.push(event));
  await db.createTable(TABLE);
  await db.updateTable({
    TableName,
    AttributeDefinitions: TABLE.AttributeDefinitions,
    GlobalSecondaryIndexUpdates: [{ Create: INDEX }],
  });
  await db.deleteTable({ TableName });
  await db.close();
  const common = { actor: 'admin', at: 1_700_000_000_000, table: TableName };
  assert.deepEqual(told, [
    { event: 'tableCreated', ...common },
    { event: 'indexFilled', ...common, index: 'again' },
    { event: 'tableDeleted', ...common },
  ]);
});

test('every read that was stale is told, and none that is consistent', async (t) => {
  const db = await Snowglobe.open(slow);
  t.after(() => db.close());
  await db.createTable(TABLE);
  const doc = db.documentClient();
  const read = async (ConsistentRead) => (await doc.get({ TableName, Key: { id: 'a' }, ConsistentRead })).Item?.version ?? 0;
  const told = [];
  db.cluster.on('staleRead', (event) => told.push(event));
  let stale = 0;
  for (let version = 1; version <= 40; version += 1) {
    await doc.put({ TableName, Item: { id: 'a', version } });
    const before = told.length;
    const seen = await read(false);
    await turn();
    if (seen < version) {
      stale += 1;
      assert.equal(told.length, before + 1, `version ${seen} was read after ${version} had been written`);
    }
    const between = told.length;
    assert.equal(await read(true), version);
    await turn();
    assert.equal(told.length, between);
  }
  assert.ok(stale > 0);
  const { partitions } = db.cluster.describe();
  for (const { table, partition, id, applied, committed, actor } of told) {
    assert.equal(table, TableName);
    assert.equal(actor, 'replica');
    assert.ok(applied < committed);
    const { leader, replicas } = partitions.find((own) => own.id === partition);
    assert.notEqual(id, leader);
    assert.ok(replicas.some((own) => own.id === id));
  }
  assert.deepEqual(only(db.cluster.trace(), 'staleRead'), told);
});

test('on a network that takes no time nothing is stale', async (t) => {
  const db = await Snowglobe.open({ storage: 'memory', seed: 5 });
  t.after(() => db.close());
  await db.createTable(TABLE);
  const doc = db.documentClient();
  for (let version = 0; version < 30; version += 1) {
    await doc.put({ TableName, Item: { id: 'a', version } });
    assert.equal((await doc.get({ TableName, Key: { id: 'a' } })).Item.version, version);
  }
  assert.deepEqual(
    db.cluster.trace().map(({ event }) => event),
    ['tableCreated'],
  );
});

test('messages that are lost are told, and nothing is lost by it', async (t) => {
  const db = await Snowglobe.open({ ...slow, cluster: { network: { latencyMs: [1, 5], loss: 0.3 } } });
  t.after(() => db.close());
  const lost = [];
  db.cluster.on('messageLost', ({ message }) => lost.push(message));
  await db.createTable(TABLE);
  const doc = db.documentClient();
  for (let version = 0; version < 30; version += 1) await doc.put({ TableName, Item: { id: 'a', version } });
  assert.equal((await doc.get({ TableName, Key: { id: 'a' }, ConsistentRead: true })).Item.version, 29);
  await turn();
  assert.ok(lost.length > 0);
  assert.ok(lost.every((message) => typeof message === 'string'));
});

test('who takes a handler back hears no more; a fork and a restored copy tell of themselves only', async () => {
  const db = await Snowglobe.open({ storage: 'memory', seed: 1 });
  const told = [];
  const off = db.cluster.on('tableCreated', ({ table }) => told.push(table));
  const stays = [];
  db.cluster.on('tableCreated', ({ table }) => stays.push(table));
  await db.createTable(TABLE);
  await turn();
  off();
  off();
  const fork = await db.fork();
  await fork.createTable({ ...TABLE, TableName: 'InFork' });
  await db.createTable({ ...TABLE, TableName: 'Second' });
  await turn();
  assert.deepEqual(told, [TableName]);
  assert.deepEqual(stays, [TableName, 'Second']);
  await Promise.all([db.close(), fork.close()]);
  assert.throws(() => db.cluster.on('tableCreated', () => {}), { name: 'DatabaseClosedError' });
  assert.throws(() => db.cluster.trace(), { name: 'DatabaseClosedError' });
});

test('a handler may use the database, and what it throws is nobody else’s', async (t) => {
  const db = await Snowglobe.open({ storage: 'memory', seed: 1 });
  t.after(() => db.close());
  const thrown = new Error('of the handler');
  db.cluster.on('tableCreated', () => {
    throw thrown;
  });
  const described = new Promise((resolve) => {
    db.cluster.on('tableCreated', ({ table }) => resolve(db.describeTable({ TableName: table })));
  });
  // The runner's own listener would take it for a failure of the test.
  const runners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  t.after(() => {
    for (const listener of runners) process.on('uncaughtException', listener);
  });
  const uncaught = once(process, 'uncaughtException');
  await db.createTable(TABLE);
  assert.equal((await described).Table.TableName, TableName);
  assert.equal((await uncaught)[0], thrown);
});

test('there are the events that can happen, and no others', async (t) => {
  const db = await Snowglobe.open({ storage: 'memory' });
  t.after(() => db.close());
  assert.throws(() => db.cluster.on('election', () => {}), {
    name: 'TypeError',
    message: /^There is no event 'election'; there are /,
  });
  assert.throws(() => db.cluster.on('staleRead'), TypeError);
});
