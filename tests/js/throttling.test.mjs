// `cluster: { throttling: true }`: what a caller of the package and of the AWS SDK sees of admission control.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import * as low from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { ProvisionedThroughputExceededException, Snowglobe } from 'snowglobe';

const TableName = 'Counter';
const KEYS = {
  TableName,
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
const provisioned = (ReadCapacityUnits, WriteCapacityUnits) => ({
  ...KEYS,
  ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
});
const resource = 'arn:aws:dynamodb:eu-west-2:123456789012:table/Counter';

async function opened(t, options, table) {
  const db = await Snowglobe.open({
    storage: 'memory',
    seed: 3,
    region: 'eu-west-2',
    account: '123456789012',
    cluster: { throttling: true },
    ...options,
  });
  t.after(() => db.close());
  await db.createTable(table);
  return db;
}

const item = (number) => ({ TableName, Item: { id: `n${number}` } });

test('a provisioned table refuses what is too much, and time brings it back', async (t) => {
  const db = await opened(t, { clock: 'virtual' }, provisioned(2, 3));
  const doc = db.documentClient();
  const told = [];
  db.cluster.on('throttled', (event) => told.push(event));
  await db.updateContributorInsights({ TableName, ContributorInsightsAction: 'ENABLE' });
  for (let number = 0; number < 3; number += 1) await doc.put(item(number));
  const error = await doc.put(item(3)).catch((thrown) => thrown);
  assert.ok(error instanceof ProvisionedThroughputExceededException);
  assert.deepEqual(error.ThrottlingReasons, [{ reason: 'TableWriteProvisionedThroughputExceeded', resource }]);
  assert.deepEqual(error.$retryable, { throttling: true });
  await turn();
  assert.deepEqual(
    told.map(({ at, ...event }) => event),
    [{ event: 'throttled', actor: 'router', table: TableName, reason: 'TableWriteProvisionedThroughputExceeded' }],
  );
  const { throttledPartitions } = db.cluster.contributors(TableName);
  assert.deepEqual(throttledPartitions, [{ key: { id: { S: 'n3' } }, count: 1, excess: 0 }]);

  const fork = await db.fork();
  t.after(() => fork.close());
  fork.cluster.advance(1_000);
  const branch = fork.documentClient();
  for (let number = 3; number < 6; number += 1) await branch.put(item(number));
  await assert.rejects(doc.put(item(3)), ProvisionedThroughputExceededException);

  db.cluster.advance(2_000);
  const Requests = [...Array(8).keys()].map((number) => ({ PutRequest: { Item: item(number).Item } }));
  const { UnprocessedItems } = await doc.batchWrite({ RequestItems: { [TableName]: Requests } });
  assert.deepEqual(UnprocessedItems, { [TableName]: Requests.slice(6) });
});

test('the AWS SDK sees its own exceptions, and tries again', async (t) => {
  let now = 1_893_456_000_000;
  const db = await opened(t, { clock: () => now }, provisioned(5, 4));
  const once = new low.DynamoDBClient({ ...db.clientConfig(), maxAttempts: 1 });
  const again = DynamoDBDocument.from(new low.DynamoDBClient({ ...db.clientConfig(), maxAttempts: 3 }));
  const put = new low.PutItemCommand({ TableName, Item: { id: { S: 'a' }, text: { S: 'x'.repeat(30_000) } } });
  await once.send(put);
  const error = await once.send(put).catch((thrown) => thrown);
  assert.ok(error instanceof low.ProvisionedThroughputExceededException);
  assert.equal(
    error.message,
    'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
  );
  assert.deepEqual(error.ThrottlingReasons, [{ reason: 'TableWriteProvisionedThroughputExceeded', resource }]);
  // Time goes on while the SDK waits.
  const throttled = new Promise((told) => db.cluster.on('throttled', told));
  const waited = again.put(item(0));
  await throttled;
  now += 60_000;
  const { $metadata } = await waited;
  assert.equal($metadata.attempts, 2);
});

test('capacity on demand is throttled as the SDK knows it', async (t) => {
  const ceiling = { BillingMode: 'PAY_PER_REQUEST', OnDemandThroughput: { MaxReadRequestUnits: 1, MaxWriteRequestUnits: 1 } };
  const db = await opened(t, { clock: 'virtual' }, { ...KEYS, ...ceiling });
  const client = new low.DynamoDBClient({ ...db.clientConfig(), maxAttempts: 1 });
  const get = new low.GetItemCommand({ TableName, Key: { id: { S: 'a' } }, ConsistentRead: true });
  await client.send(get);
  const error = await client.send(get).catch((thrown) => thrown);
  assert.ok(error instanceof low.ThrottlingException);
  assert.equal(error.message, 'Throughput exceeds the maximum OnDemandThroughput configured on table or index');
  assert.deepEqual(error.throttlingReasons, [{ reason: 'TableReadMaxOnDemandThroughputExceeded', resource }]);
});

test('the option is a yes or a no', async () => {
  await assert.rejects(Snowglobe.open({ storage: 'memory', cluster: { throttling: 'yes' } }), {
    name: 'TypeError',
    message: "cluster.throttling is 'yes'; it must be true or false",
  });
});
