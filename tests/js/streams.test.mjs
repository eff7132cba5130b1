// Functions that are handed changes: db.streams.subscribe() and db.streams.kinesis().
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, beforeEach, describe, test } from 'node:test';
import { Snowglobe } from 'snowglobe';

const definition = (TableName, StreamViewType = 'NEW_AND_OLD_IMAGES') => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  StreamSpecification: { StreamEnabled: true, StreamViewType },
});
const arn = 'arn:aws:kinesis:us-east-1:000000000000:stream/changes';

/** A database with the table `Things`, and its document client. */
async function open(options = {}) {
  const db = await Snowglobe.open({ storage: 'memory', clock: 'virtual', seed: 3, ...options });
  await db.createTable(definition('Things'));
  return { db, doc: db.documentClient() };
}

const put = (doc, id, more = {}) => doc.put({ TableName: 'Things', Item: { id, ...more } });
const ids = (event) => event.Records.map((record) => record.dynamodb.Keys.id.S);

describe('subscriptions', () => {
  let db;
  let doc;
  beforeEach(async () => {
    await db?.close();
    ({ db, doc } = await open());
  });
  after(() => db.close());

  test('a function is handed changes as Lambda hands them', async () => {
    const events = [];
    const subscription = db.streams.subscribe('Things', (event) => void events.push(event));
    await put(doc, 'a', { n: 1, bytes: new Uint8Array([1, 2, 3]), tags: new Set(['x']) });
    await doc.update({
      TableName: 'Things',
      Key: { id: 'a' },
      UpdateExpression: 'SET n = :two',
      ExpressionAttributeValues: { ':two': 2 },
    });
    await doc.delete({ TableName: 'Things', Key: { id: 'a' } });
    await subscription.drained();
    const records = events.flatMap((event) => event.Records);
    assert.deepEqual(
      records.map((record) => record.eventName),
      ['INSERT', 'MODIFY', 'REMOVE'],
    );
    const { LatestStreamArn } = (await db.describeTable({ TableName: 'Things' })).Table;
    const [inserted] = records;
    assert.deepEqual(inserted, {
      eventID: inserted.eventID,
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'local-1',
      dynamodb: {
        ApproximateCreationDateTime: 1_893_456_000,
        Keys: { id: { S: 'a' } },
        NewImage: { id: { S: 'a' }, n: { N: '1' }, bytes: { B: 'AQID' }, tags: { SS: ['x'] } },
        SequenceNumber: inserted.dynamodb.SequenceNumber,
        SizeBytes: inserted.dynamodb.SizeBytes,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: LatestStreamArn,
    });
    assert.deepEqual(JSON.parse(JSON.stringify(records)), records, 'an event is JSON');
  });

  test('it is handed them without anybody waiting', async () => {
    const handed = new Promise((resolve) => {
      db.streams.subscribe('Things', resolve);
    });
    put(doc, 'a');
    assert.deepEqual(ids(await handed), ['a']);
  });

  test('it starts behind the newest change, or at the oldest', async () => {
    await put(doc, 'before');
    const [newest, oldest] = [[], []];
    const one = db.streams.subscribe('Things', (event) => void newest.push(...ids(event)));
    const two = db.streams.subscribe('Things', (event) => void oldest.push(...ids(event)), {
      startingPosition: 'TRIM_HORIZON',
    });
    await put(doc, 'after');
    await Promise.all([one.drained(), two.drained()]);
    assert.deepEqual(newest, ['after']);
    assert.deepEqual(oldest, ['before', 'after']);
  });

  test('batches are no larger than asked for, and one follows on another', async () => {
    const sizes = [];
    let running = 0;
    for (let number = 0; number < 25; number += 1) await put(doc, `i${number}`);
    const subscription = db.streams.subscribe(
      'Things',
      async (event) => {
        running += 1;
        assert.equal(running, 1);
        await new Promise((resolve) => setTimeout(resolve, 1));
        sizes.push(event.Records.length);
        running -= 1;
      },
      { batchSize: 10, startingPosition: 'TRIM_HORIZON' },
    );
    await subscription.drained();
    assert.deepEqual(sizes, [10, 10, 5]);
  });

  test('a closed subscription is handed nothing more', async () => {
    let calls = 0;
    const subscription = db.streams.subscribe('Things', () => {
      calls += 1;
    });
    await put(doc, 'a');
    await subscription.drained();
    subscription.close();
    await put(doc, 'b');
    await subscription.drained();
    assert.equal(calls, 1);
    assert.equal(subscription.isClosed, true);
  });

  test('closing the database ends subscriptions', async () => {
    const subscription = db.streams.subscribe('Things', () => {});
    await db.close();
    assert.equal(subscription.isClosed, true);
  });

  test('it reads on through quiet hours, new shards and the end of the stream', async () => {
    const found = [];
    const subscription = db.streams.subscribe('Things', (event) => void found.push(...ids(event)));
    for (const id of ['a', 'b', 'c']) {
      db.cluster.advance(5 * 60 * 60 * 1000);
      await put(doc, id);
      await subscription.drained();
    }
    const { LatestStreamArn } = (await db.describeTable({ TableName: 'Things' })).Table;
    const { StreamDescription } = await db.describeStream({ StreamArn: LatestStreamArn });
    assert.ok(StreamDescription.Shards.length > 1);
    await put(doc, 'd');
    await db.updateTable({ TableName: 'Things', StreamSpecification: { StreamEnabled: false } });
    await put(doc, 'e');
    await subscription.drained();
    assert.deepEqual(found, ['a', 'b', 'c', 'd']);
  });

  test('what fails is tried again', async () => {
    let attempts = 0;
    const handled = [];
    const subscription = db.streams.subscribe('Things', (event) => {
      attempts += 1;
      if (attempts < 3) throw new Error('not yet');
      handled.push(...ids(event));
    });
    await put(doc, 'a');
    await subscription.drained();
    assert.equal(attempts, 3);
    assert.deepEqual(handled, ['a']);
  });

  test('what fails too often is given up and told', async () => {
    const failures = [];
    const subscription = db.streams.subscribe(
      'Things',
      () => {
        throw new Error('never');
      },
      { maximumRetryAttempts: 2, onFailure: (failure) => failures.push(failure), startingPosition: 'TRIM_HORIZON' },
    );
    await put(doc, 'a');
    await put(doc, 'b');
    await subscription.drained();
    const given = failures.flatMap((failure) => failure.records.map((record) => record.dynamodb.Keys.id.S));
    assert.deepEqual(given, ['a', 'b']);
    const [{ requestContext, DDBStreamBatchInfo, error }] = failures;
    assert.equal(requestContext.approximateInvokeCount, 3);
    assert.equal(error.message, 'never');
    assert.match(DDBStreamBatchInfo.shardId, /^shardId-/);
    assert.equal(DDBStreamBatchInfo.approximateArrivalOfFirstRecord, '2030-01-01T00:00:00.000Z');
  });

  test('a batch is cut in two until what fails stands alone', async () => {
    const handled = [];
    const failed = [];
    const counts = [];
    for (let number = 0; number < 8; number += 1) await put(doc, `i${number}`);
    const subscription = db.streams.subscribe(
      'Things',
      (event) => {
        if (ids(event).includes('i5')) throw new Error('poison');
        handled.push(...ids(event));
      },
      {
        startingPosition: 'TRIM_HORIZON',
        // To cut a batch is no retry: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
        maximumRetryAttempts: 1,
        bisectBatchOnFunctionError: true,
        onFailure: ({ records, requestContext }) => {
          failed.push(...ids({ Records: records }));
          counts.push(requestContext.approximateInvokeCount);
        },
      },
    );
    await subscription.drained();
    assert.deepEqual(failed, ['i5']);
    // All eight, four, two, the one, and the one again.
    assert.deepEqual(counts, [5]);
    assert.deepEqual(handled, ['i0', 'i1', 'i2', 'i3', 'i4', 'i6', 'i7']);
  });

  test('what a function reports is tried again from there on', async () => {
    const calls = [];
    let refused = false;
    for (let number = 0; number < 4; number += 1) await put(doc, `i${number}`);
    const subscription = db.streams.subscribe(
      'Things',
      (event) => {
        calls.push(ids(event));
        if (refused) return { batchItemFailures: [] };
        refused = true;
        return { batchItemFailures: [{ itemIdentifier: event.Records[2].dynamodb.SequenceNumber }] };
      },
      { startingPosition: 'TRIM_HORIZON', reportBatchItemFailures: true },
    );
    await subscription.drained();
    assert.deepEqual(calls, [
      ['i0', 'i1', 'i2', 'i3'],
      ['i2', 'i3'],
    ]);
  });

  test('a report cuts a batch where it says, and is no retry then', async () => {
    const calls = [];
    const failed = [];
    for (let number = 0; number < 4; number += 1) await put(doc, `i${number}`);
    const subscription = db.streams.subscribe(
      'Things',
      (event) => {
        calls.push(ids(event).join());
        const poison = event.Records.find((record) => record.dynamodb.Keys.id.S === 'i2');
        return { batchItemFailures: poison ? [{ itemIdentifier: poison.dynamodb.SequenceNumber }] : [] };
      },
      {
        startingPosition: 'TRIM_HORIZON',
        maximumRetryAttempts: 1,
        bisectBatchOnFunctionError: true,
        reportBatchItemFailures: true,
        onFailure: ({ records }) => failed.push(...ids({ Records: records })),
      },
    );
    await subscription.drained();
    assert.deepEqual(calls, ['i0,i1,i2,i3', 'i2,i3', 'i2,i3']);
    assert.deepEqual(failed, ['i2', 'i3']);
  });

  test('patterns see through lists, and hold within one entry of them', async () => {
    await put(doc, 'a', {
      cast: [
        { name: 'Anna', age: 1 },
        { name: 'Peter', age: 2 },
      ],
      tags: ['x', 'y'],
    });
    const matches = async (image) => {
      const found = [];
      const options = { startingPosition: 'TRIM_HORIZON', filters: [{ dynamodb: { NewImage: image } }] };
      const subscription = db.streams.subscribe('Things', (event) => void found.push(...ids(event)), options);
      await subscription.drained();
      subscription.close();
      return found.length === 1;
    };
    const cast = (members) => ({ cast: { L: { M: members } } });
    assert.ok(await matches({ tags: { L: { S: ['y'] } } }));
    assert.ok(!(await matches({ tags: { L: { S: ['z'] } } })));
    assert.ok(await matches(cast({ name: { S: ['Anna'] } })));
    assert.ok(await matches(cast({ name: { S: ['Anna'] }, age: { N: ['1'] } })));
    assert.ok(!(await matches(cast({ name: { S: ['Anna'] }, age: { N: ['2'] } }))));
    assert.ok(await matches(cast({ role: { S: [{ exists: false }] } })));
    assert.ok(!(await matches(cast({ name: { S: [{ exists: false }] } }))));
  });

  test('only what matches a pattern is handed over', async () => {
    const cases = [
      [{ eventName: ['REMOVE'] }, ['c']],
      [{ dynamodb: { NewImage: { kind: { S: ['film'] } } } }, ['a', 'c']],
      [{ dynamodb: { NewImage: { kind: { S: [{ prefix: 'fi' }] } } } }, ['a', 'c']],
      [{ dynamodb: { NewImage: { kind: { S: [{ suffix: 'ok' }] } } } }, ['b']],
      [{ dynamodb: { NewImage: { kind: { S: [{ 'equals-ignore-case': 'BOOK' }] } } } }, ['b']],
      [{ dynamodb: { NewImage: { kind: { S: [{ 'anything-but': ['film'] }] } } } }, ['b']],
      [{ dynamodb: { NewImage: { kind: { S: [{ 'anything-but': { prefix: 'b' } }] } } } }, ['a', 'c']],
      [{ dynamodb: { NewImage: { price: { N: [{ numeric: ['>', 5, '<=', 10] }] } } } }, ['b']],
      [{ dynamodb: { NewImage: { price: { N: [{ exists: true }] } } } }, ['a', 'b']],
      [{ eventName: ['INSERT'], dynamodb: { NewImage: { price: { N: [{ exists: false }] } } } }, ['c']],
      [{ $or: [{ eventName: ['REMOVE'] }, { dynamodb: { NewImage: { kind: { S: ['book'] } } } }] }, ['b', 'c']],
      [{ eventName: ['INSERT'], dynamodb: { Keys: { id: { S: ['a', 'b'] } } } }, ['a', 'b']],
    ];
    await put(doc, 'a', { kind: 'film', price: 5 });
    await put(doc, 'b', { kind: 'book', price: 10 });
    await put(doc, 'c', { kind: 'film' });
    await doc.delete({ TableName: 'Things', Key: { id: 'c' } });
    for (const [pattern, expected] of cases) {
      const filterings = [{ filters: [pattern] }, { filterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } }];
      for (const filtering of filterings) {
        const found = [];
        const handler = (event) => void found.push(...ids(event));
        const subscription = db.streams.subscribe('Things', handler, { startingPosition: 'TRIM_HORIZON', ...filtering });
        await subscription.drained();
        subscription.close();
        assert.deepEqual(found, expected, JSON.stringify(pattern));
      }
    }
  });

  test('what makes no sense is refused with a word on it', () => {
    const handler = () => {};
    const refusals = [
      [() => db.streams.subscribe('Absent', handler), /The table Absent has no stream/],
      [() => db.streams.subscribe('Things'), /takes a function/],
      [() => db.streams.subscribe('Things', handler, { batchSize: 0 }), /batchSize must be 1 to 10000/],
      [() => db.streams.subscribe('Things', handler, { startingPosition: 'FIRST' }), /startingPosition must be/],
      [() => db.streams.subscribe('Things', handler, { window: 1 }), /Unknown option 'window'/],
      [() => db.streams.subscribe('Things', handler, 5), /options of a subscription must be an object/],
      [() => db.streams.subscribe('Things', handler, null), /options of a subscription must be an object/],
      [() => db.streams.subscribe('Things', handler, { bisectBatchOnFunctionError: 1 }), /bisect.* must be true or false/],
      [() => db.streams.subscribe('Things', handler, { filters: { a: ['b'] } }), /filters must be a list of patterns/],
      [() => db.streams.subscribe('Things', handler, { filterCriteria: [] }), /filterCriteria must be an object with a list/],
      [
        () => db.streams.subscribe('Things', handler, { filterCriteria: { Filters: [{ Pattern: '{' }] } }),
        /filterCriteria\.Filters\[0\]\.Pattern must be a JSON text/,
      ],
      [() => db.streams.subscribe('Things', handler, { filters: [{}] }), /the pattern must not be empty/],
      [
        () => db.streams.subscribe('Things', handler, { filters: [{ a: [{ near: 1 }] }] }),
        /the pattern\.a\[0\] has the rule 'near'/,
      ],
      [() => db.streams.subscribe('Things', handler, { filters: [{ a: [{ numeric: ['>'] }] }] }), /list of comparisons/],
    ];
    for (const [call, message] of refusals) assert.throws(call, { message });
    for (const [call] of refusals.slice(1)) assert.throws(call, TypeError);
  });

  test('a Kinesis data stream is written to from every table that names it', async () => {
    const changes = [];
    const subscription = db.streams.kinesis(arn, (batch) => void changes.push(...batch));
    await db.enableKinesisStreamingDestination({ TableName: 'Things', StreamArn: arn });
    await put(doc, 'a', { n: 1 });
    await put(doc, 'a', { n: 2 });
    await db.createTable(definition('Others'));
    await db.enableKinesisStreamingDestination({
      TableName: 'Others',
      StreamArn: arn,
      EnableKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision: 'MICROSECOND' },
    });
    await doc.put({ TableName: 'Others', Item: { id: 'b' } });
    await subscription.drained();
    assert.deepEqual(
      changes.map(({ tableName, eventName }) => `${tableName} ${eventName}`),
      ['Things INSERT', 'Things MODIFY', 'Others INSERT'],
    );
    assert.deepEqual(changes[1], {
      awsRegion: 'local-1',
      eventID: changes[1].eventID,
      eventName: 'MODIFY',
      userIdentity: null,
      recordFormat: 'application/json',
      tableName: 'Things',
      dynamodb: {
        ApproximateCreationDateTime: 1_893_456_000_000,
        ApproximateCreationDateTimePrecision: 'MILLISECOND',
        Keys: { id: { S: 'a' } },
        NewImage: { id: { S: 'a' }, n: { N: '2' } },
        OldImage: { id: { S: 'a' }, n: { N: '1' } },
        SizeBytes: changes[1].dynamodb.SizeBytes,
      },
      eventSource: 'aws:dynamodb',
    });
    assert.equal(changes[2].dynamodb.ApproximateCreationDateTime, 1_893_456_000_000_000);
    await db.disableKinesisStreamingDestination({ TableName: 'Things', StreamArn: arn });
    await put(doc, 'c');
    await subscription.drained();
    assert.equal(changes.length, 3);
  });
});

test('on a network that takes time, drained() waits for what is on its way', async () => {
  const { db, doc } = await open({ cluster: { network: { latencyMs: [5, 40] } } });
  const found = [];
  const subscription = db.streams.subscribe('Things', (event) => void found.push(...ids(event)));
  for (let number = 0; number < 20; number += 1) await put(doc, `i${number}`);
  await subscription.drained();
  assert.equal(found.length, 20);
  await db.close();
});

test('a subscription works on the clock of the host and keeps no process alive', () => {
  const program = `
    import { Snowglobe } from 'snowglobe';
    const db = await Snowglobe.open({ storage: 'memory' });
    await db.createTable(${JSON.stringify(definition('Things'))});
    await db.updateTimeToLive({ TableName: 'Things', TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' } });
    const subscription = db.streams.subscribe('Things', (event) => console.log(event.Records.length));
    const ttl = String(Math.floor(Date.now() / 1000) + 3600);
    await db.putItem({ TableName: 'Things', Item: { id: { S: 'a' }, ttl: { N: ttl } } });
    await subscription.drained();
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: new URL('../..', import.meta.url),
    encoding: 'utf8',
    timeout: 20_000,
  });
  assert.equal(stderr, '');
  assert.deepEqual([status, stdout], [0, '1\n']);
});

test('streams and expiry outlive a restart', async () => {
  const { db, doc } = await open();
  await db.updateTimeToLive({ TableName: 'Things', TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' } });
  const now = Math.floor(db.cluster.describe().now / 1000);
  await put(doc, 'a', { ttl: now + 60 });
  const bytes = await db.snapshot();
  await db.close();
  const again = await Snowglobe.restore(bytes, { clock: 'virtual' });
  const found = [];
  const handler = (event) =>
    void found.push(...event.Records.map((one) => `${one.eventName} ${one.userIdentity?.type ?? '-'}`));
  const subscription = again.streams.subscribe('Things', handler, { startingPosition: 'TRIM_HORIZON' });
  again.cluster.advance(70_000);
  await subscription.drained();
  assert.deepEqual(found, ['INSERT -', 'REMOVE Service']);
  await again.close();
});
