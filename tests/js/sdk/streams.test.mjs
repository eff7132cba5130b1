// DynamoDB Streams through the AWS SDK's own client, in the process and over HTTP.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreams, ExpiredIteratorException, TrimmedDataAccessException } from '@aws-sdk/client-dynamodb-streams';
import { Snowglobe } from 'snowglobe';
import { startServer } from '../../support/server.mjs';

const region = 'us-east-1';
const definition = (TableName, StreamViewType) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  ...(StreamViewType === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType } }),
});

/** Everything in a stream, as a consumer reads it. */
async function readAll(streams, StreamArn) {
  const records = [];
  const { StreamDescription } = await streams.describeStream({ StreamArn });
  for (const { ShardId } of StreamDescription.Shards) {
    let { ShardIterator } = await streams.getShardIterator({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
    while (ShardIterator !== undefined) {
      const page = await streams.getRecords({ ShardIterator });
      records.push(...page.Records);
      ShardIterator = page.Records.length === 0 ? undefined : page.NextShardIterator;
    }
  }
  return records;
}

const ways = {
  'in process': async () => {
    const db = await Snowglobe.open({ storage: 'memory', region });
    return { config: db.clientConfig(), close: () => db.close() };
  },
  'over HTTP': async () => {
    const server = await startServer('--memory');
    const credentials = { accessKeyId: 'tests', secretAccessKey: 'tests' };
    return { config: { endpoint: server.endpoint, region, credentials }, close: () => server.stop() };
  },
};

for (const [title, open] of Object.entries(ways)) {
  describe(`streams, ${title}`, () => {
    let way;
    let dynamo;
    let streams;

    before(async () => {
      way = await open();
      dynamo = new DynamoDB(way.config);
      streams = new DynamoDBStreams(way.config);
    });

    after(async () => {
      dynamo.destroy();
      streams.destroy();
      await way.close();
    });

    test('records tell what happened to an item', async () => {
      const { TableDescription } = await dynamo.createTable(definition('Films', 'NEW_AND_OLD_IMAGES'));
      const { LatestStreamArn, LatestStreamLabel } = TableDescription;
      assert.ok(LatestStreamArn.endsWith(`table/Films/stream/${LatestStreamLabel}`));
      const item = (n) => ({ id: { S: 'rush' }, n: { N: String(n) }, bytes: { B: new Uint8Array([1, 2]) } });
      await dynamo.putItem({ TableName: 'Films', Item: item(1) });
      await dynamo.putItem({ TableName: 'Films', Item: item(2) });
      await dynamo.deleteItem({ TableName: 'Films', Key: { id: { S: 'rush' } } });
      const records = await readAll(streams, LatestStreamArn);
      assert.deepEqual(
        records.map(({ eventName }) => eventName),
        ['INSERT', 'MODIFY', 'REMOVE'],
      );
      const [, modified] = records;
      assert.equal(modified.eventVersion, '1.1');
      assert.equal(modified.eventSource, 'aws:dynamodb');
      assert.equal(modified.awsRegion, region);
      assert.deepEqual(modified.dynamodb.Keys, { id: { S: 'rush' } });
      assert.deepEqual(modified.dynamodb.OldImage, item(1));
      assert.deepEqual(modified.dynamodb.NewImage, item(2));
      assert.ok(modified.dynamodb.ApproximateCreationDateTime instanceof Date);
      assert.equal(modified.dynamodb.ApproximateCreationDateTime.getTime() % 1000, 0);
      assert.match(modified.dynamodb.SequenceNumber, /^\d{21,40}$/);
    });

    test('streams are listed and described', async () => {
      await dynamo.createTable(definition('Listed', 'KEYS_ONLY'));
      const { Streams } = await streams.listStreams({ TableName: 'Listed' });
      assert.equal(Streams.length, 1);
      const { StreamDescription } = await streams.describeStream({ StreamArn: Streams[0].StreamArn });
      assert.equal(StreamDescription.StreamStatus, 'ENABLED');
      assert.equal(StreamDescription.StreamViewType, 'KEYS_ONLY');
      assert.match(StreamDescription.Shards[0].ShardId, /^shardId-\d{20}-[0-9a-f]{8}$/);
      await dynamo.updateTable({ TableName: 'Listed', StreamSpecification: { StreamEnabled: false } });
      const disabled = await streams.describeStream({ StreamArn: Streams[0].StreamArn });
      assert.equal(disabled.StreamDescription.StreamStatus, 'DISABLED');
      assert.ok(disabled.StreamDescription.Shards[0].SequenceNumberRange.EndingSequenceNumber);
    });

    test('refusals have their names', async () => {
      await assert.rejects(streams.getRecords({ ShardIterator: 'nonsense' }), {
        name: 'ValidationException',
        message: 'Invalid ShardIterator',
      });
      const StreamArn = `arn:aws:dynamodb:${region}:000000000000:table/Absent/stream/2030-01-01T00:00:00.000`;
      await assert.rejects(streams.describeStream({ StreamArn }), {
        name: 'ResourceNotFoundException',
        message: `Requested resource not found: Stream: ${StreamArn} not found`,
      });
    });

    test('time to live is switched on and described', async () => {
      await dynamo.createTable(definition('Expiring'));
      const TimeToLiveSpecification = { Enabled: true, AttributeName: 'ttl' };
      const answer = await dynamo.updateTimeToLive({ TableName: 'Expiring', TimeToLiveSpecification });
      assert.deepEqual(answer.TimeToLiveSpecification, TimeToLiveSpecification);
      const { TimeToLiveDescription } = await dynamo.describeTimeToLive({ TableName: 'Expiring' });
      assert.deepEqual(TimeToLiveDescription, { TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
      await assert.rejects(dynamo.updateTimeToLive({ TableName: 'Expiring', TimeToLiveSpecification }), {
        name: 'ValidationException',
        message: 'TimeToLive is already enabled',
      });
    });
  });
}

describe('streams on a virtual clock', () => {
  let db;
  let dynamo;
  let streams;

  before(async () => {
    db = await Snowglobe.open({ storage: 'memory', region, clock: 'virtual' });
    dynamo = new DynamoDB(db.clientConfig());
    streams = new DynamoDBStreams(db.clientConfig());
  });

  after(() => db.close());

  test('iterators expire after a quarter of an hour, records after a day', async () => {
    const { TableDescription } = await dynamo.createTable(definition('Things', 'NEW_IMAGE'));
    const StreamArn = TableDescription.LatestStreamArn;
    await dynamo.putItem({ TableName: 'Things', Item: { id: { S: 'a' } } });
    const { StreamDescription } = await streams.describeStream({ StreamArn });
    const [{ ShardId }] = StreamDescription.Shards;
    const { ShardIterator } = await streams.getShardIterator({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
    const { Records } = await streams.getRecords({ ShardIterator });
    const { SequenceNumber } = Records[0].dynamodb;
    db.cluster.advance(15 * 60 * 1000 + 1);
    await assert.rejects(streams.getRecords({ ShardIterator }), ExpiredIteratorException);
    const asked = { StreamArn, ShardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber };
    await streams.getShardIterator(asked);
    db.cluster.advance(24 * 60 * 60 * 1000);
    await assert.rejects(streams.getShardIterator(asked), TrimmedDataAccessException);
  });

  test('an iterator starts at a moment', async () => {
    await dynamo.createTable(definition('Timed', 'KEYS_ONLY'));
    await dynamo.putItem({ TableName: 'Timed', Item: { id: { S: 'early' } } });
    db.cluster.advance(90_500);
    const moment = new Date(Math.floor(db.cluster.describe().now / 1000) * 1000);
    await dynamo.putItem({ TableName: 'Timed', Item: { id: { S: 'late' } } });
    const [{ StreamArn }] = (await streams.listStreams({ TableName: 'Timed' })).Streams;
    const [{ ShardId }] = (await streams.describeStream({ StreamArn })).StreamDescription.Shards;
    const asked = { StreamArn, ShardId, ShardIteratorType: 'AT_TIMESTAMP', Timestamp: moment };
    const body = JSON.stringify({ ...asked, Timestamp: moment.getTime() / 1000 });
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDBStreams_20120810.GetShardIterator',
    };
    const iterators = [
      await db.getShardIterator(asked),
      await (await db.fetch('http://localhost/', { method: 'POST', headers, body })).json(),
    ];
    for (const { ShardIterator } of iterators) {
      const { Records } = await streams.getRecords({ ShardIterator });
      assert.deepEqual(
        Records.map((record) => record.dynamodb.Keys.id.S),
        ['late'],
      );
      assert.deepEqual(Records[0].dynamodb.ApproximateCreationDateTime, moment);
    }
    const Timestamp = new Date(moment.getTime() + 60_000);
    await assert.rejects(db.getShardIterator({ ...asked, Timestamp }), {
      name: 'ValidationException',
      message: 'One or more parameter values were invalid: Timestamp should not be in the future',
    });
  });

  test('what expires is deleted by the service', async () => {
    const { TableDescription } = await dynamo.createTable(definition('Sessions', 'OLD_IMAGE'));
    await dynamo.updateTimeToLive({ TableName: 'Sessions', TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' } });
    const now = Math.floor(db.cluster.describe().now / 1000);
    await dynamo.putItem({ TableName: 'Sessions', Item: { id: { S: 'gone' }, ttl: { N: String(now - 1) } } });
    await dynamo.putItem({ TableName: 'Sessions', Item: { id: { S: 'soon' }, ttl: { N: String(now + 60) } } });
    const count = async () => (await dynamo.scan({ TableName: 'Sessions', Select: 'COUNT' })).Count;
    assert.equal(await count(), 2, 'an expired item is there until it is swept');
    db.cluster.advance(10_000);
    assert.equal(await count(), 1);
    db.cluster.advance(60_000);
    assert.equal(await count(), 0);
    const records = await readAll(streams, TableDescription.LatestStreamArn);
    const removed = records.filter(({ eventName }) => eventName === 'REMOVE');
    assert.equal(removed.length, 2);
    assert.deepEqual(removed[0].userIdentity, { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' });
  });
});
