// Eventual consistency on a clock of its own: with latency between the replicas eventually consistent reads and global indexes may be behind,
// the same way for the same seed; consistent reads never are.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Snowglobe, virtualEpochMs } from 'snowglobe';

const TABLE = {
  TableName: 'Counter',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'version', AttributeType: 'N' },
    { AttributeName: 'kind', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-kind',
      KeySchema: [
        { AttributeName: 'kind', KeyType: 'HASH' },
        { AttributeName: 'version', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
const TableName = 'Counter';
const WRITES = 100;

async function opened(seed, cluster = { network: { latencyMs: [5, 50] } }) {
  const db = await Snowglobe.open({ storage: 'memory', seed, clock: 'virtual', cluster });
  await db.createTable(TABLE);
  return db;
}

/** Writes versions 1 to 100 of one item and looks after each in all ways; gives what was seen. */
async function observe(db) {
  const doc = db.documentClient();
  const seen = { eventual: [], consistent: [], index: [], times: [] };
  for (let version = 1; version <= WRITES; version += 1) {
    await doc.put({ TableName, Item: { id: 'a', version, kind: 'k' } });
    const read = (ConsistentRead) => doc.get({ TableName, Key: { id: 'a' }, ConsistentRead });
    seen.eventual.push((await read(false)).Item?.version ?? 0);
    const { Items } = await doc.query({
      TableName,
      IndexName: 'by-kind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': 'k' },
    });
    seen.index.push(Items.map((item) => item.version));
    seen.consistent.push((await read(true)).Item.version);
    seen.times.push(db.cluster.describe().now);
  }
  return seen;
}

test('consistent reads are never stale; eventually consistent ones and indexes are, and say only what was true', async (t) => {
  const db = await opened(3);
  t.after(() => db.close());
  const { eventual, consistent, index } = await observe(db);
  const versions = Array.from({ length: WRITES }, (_, n) => n + 1);
  assert.deepEqual(consistent, versions);
  const stale = eventual.filter((version, n) => version < versions[n]).length;
  assert.ok(stale > 0 && stale < WRITES, `${stale} of ${WRITES} eventually consistent reads were stale`);
  assert.ok(eventual.every((version, n) => version <= versions[n]));
  const behind = index.filter((rows, n) => rows.at(-1) !== versions[n]).length;
  assert.ok(behind > 0, 'the index was behind at least once');
  for (const [n, rows] of index.entries())
    assert.ok(
      rows.every((version) => version <= versions[n]),
      `after write ${n + 1}: ${rows}`,
    );
});

test('the same seed sees the same, another one something else', async (t) => {
  const databases = [await opened(3), await opened(3), await opened(4)];
  t.after(() => Promise.all(databases.map((db) => db.close())));
  const [one, same, other] = await Promise.all(databases.map(observe));
  assert.deepEqual(one, same);
  assert.notDeepEqual(one, other);
});

test('time heals: replicas and indexes catch up', async (t) => {
  const db = await opened(5);
  t.after(() => db.close());
  await observe(db);
  const before = db.cluster.describe().now;
  await db.cluster.advance(10_000);
  assert.ok(db.cluster.describe().now >= before + 10_000);
  const doc = db.documentClient();
  for (let n = 0; n < 20; n += 1) {
    assert.equal((await doc.get({ TableName, Key: { id: 'a' } })).Item.version, WRITES);
    const { Items } = await doc.scan({ TableName, IndexName: 'by-kind' });
    assert.deepEqual(Items, [{ id: 'a', version: WRITES, kind: 'k' }]);
  }
  for (const { replicas } of db.cluster.describe().partitions) {
    const positions = new Set(replicas.map(({ applied }) => applied));
    assert.equal(positions.size, 1, 'all replicas have applied the same');
  }
});

test('many writers at once: no update is lost', async (t) => {
  const db = await opened(6);
  t.after(() => db.close());
  const doc = db.documentClient();
  const add = () =>
    doc.update({
      TableName,
      Key: { id: 'sum' },
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    });
  const answers = await Promise.all(Array.from({ length: 40 }, add));
  assert.deepEqual(
    answers.map(({ Attributes }) => Attributes.n).sort((a, b) => a - b),
    Array.from({ length: 40 }, (_, n) => n + 1),
  );
  const locks = await Promise.allSettled(
    Array.from({ length: 10 }, (_, owner) =>
      doc.put({ TableName, Item: { id: 'lock', owner }, ConditionExpression: 'attribute_not_exists(id)' }),
    ),
  );
  const won = locks.filter(({ status }) => status === 'fulfilled');
  assert.equal(won.length, 1);
  for (const { reason } of locks.filter(({ status }) => status === 'rejected'))
    assert.equal(reason.name, 'ConditionalCheckFailedException');
});

test('without latency nothing is ever behind', async (t) => {
  const db = await opened(7, {});
  t.after(() => db.close());
  const { eventual, index } = await observe(db);
  assert.deepEqual(
    eventual,
    Array.from({ length: WRITES }, (_, n) => n + 1),
  );
  assert.deepEqual(
    index,
    eventual.map((version) => [version]),
  );
});

test('a virtual clock starts at its instant and moves when told', async (t) => {
  const db = await Snowglobe.open({ storage: 'memory', seed: 1, clock: 'virtual' });
  t.after(() => db.close());
  assert.equal(db.cluster.describe().now, virtualEpochMs);
  await db.cluster.advance(90_000);
  assert.equal(db.cluster.describe().now, virtualEpochMs + 90_000);
  await db.createTable(TABLE);
  const { Table } = await db.describeTable({ TableName });
  assert.equal(new Date(Table.CreationDateTime).getTime(), virtualEpochMs + 90_000);
});

test('states in passing are shown where they are asked for, and pass with time', async (t) => {
  const db = await Snowglobe.open({ storage: 'memory', seed: 1, clock: 'virtual', cluster: { transientStates: true } });
  t.after(() => db.close());
  const status = async () => (await db.describeTable({ TableName })).Table.TableStatus;
  assert.equal((await db.createTable(TABLE)).TableDescription.TableStatus, 'CREATING');
  assert.equal(await status(), 'CREATING');
  await assert.rejects(db.updateTable({ TableName, DeletionProtectionEnabled: true }), {
    name: 'ResourceInUseException',
    message: /Attempt to change a resource which is still in use: Table is being created: Counter/,
  });
  await db.cluster.advance(3_600_000);
  assert.equal(await status(), 'ACTIVE');
  assert.equal((await db.deleteTable({ TableName })).TableDescription.TableStatus, 'DELETING');
  assert.equal(await status(), 'DELETING');
  await db.cluster.advance(3_600_000);
  await assert.rejects(status(), { name: 'ResourceNotFoundException' });
});
