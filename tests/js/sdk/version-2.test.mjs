// The AWS SDK's version 2 over HTTP: its document client and its low-level client, with the check of `x-amz-crc32` on.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startServer } from '../../support/server.mjs';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const { default: AWS } = await import('aws-sdk');

describe('the version 2 SDK over HTTP', () => {
  let server;
  let low;
  let client;
  const TableName = 'Two';
  before(async () => {
    server = await startServer('--memory');
    const options = {
      endpoint: server.endpoint,
      region: 'local-1',
      accessKeyId: 'two',
      secretAccessKey: 'two',
      dynamoDbCrc32: true,
      maxRetries: 0,
    };
    low = new AWS.DynamoDB(options);
    client = new AWS.DynamoDB.DocumentClient(options);
    await low
      .createTable({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'p', AttributeType: 'S' },
          { AttributeName: 's', AttributeType: 'N' },
        ],
        KeySchema: [
          { AttributeName: 'p', KeyType: 'HASH' },
          { AttributeName: 's', KeyType: 'RANGE' },
        ],
      })
      .promise();
    await low.waitFor('tableExists', { TableName }).promise();
  });
  after(() => server.stop());

  test('items go in and come out', async () => {
    const Item = {
      p: 'a',
      s: 1,
      text: 'é',
      list: [1, { x: null }],
      set: client.createSet(['x', 'y']),
      bytes: Buffer.from([1, 2]),
      empty: '',
    };
    await client.put({ TableName, Item }).promise();
    const answer = await client.get({ TableName, Key: { p: 'a', s: 1 } }).promise();
    const { set, bytes, ...rest } = answer.Item;
    assert.deepEqual(rest, { p: 'a', s: 1, text: 'é', list: [1, { x: null }], empty: '' });
    assert.equal(set.type, 'String');
    assert.deepEqual([...set.values].sort(), ['x', 'y']);
    assert.deepEqual([...bytes], [1, 2]);
    assert.equal(answer.$response.httpResponse.statusCode, 200);
  });

  test('the checksum of an answer is checked, and is right', async () => {
    let stated;
    const request = client.get({ TableName, Key: { p: 'a', s: 1 } });
    request.on('httpHeaders', (_status, headers) => {
      stated = headers['x-amz-crc32'];
    });
    await request.promise();
    assert.match(stated, /^\d+$/);
  });

  test('update, query, scan, delete and batches', async () => {
    for (let s = 10; s < 15; s += 1) {
      await client
        .update({ TableName, Key: { p: 'q', s }, UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': s * 2 } })
        .promise();
    }
    const query = {
      TableName,
      KeyConditionExpression: 'p = :p AND s > :s',
      ExpressionAttributeValues: { ':p': 'q', ':s': 11 },
    };
    const { Items } = await client.query(query).promise();
    assert.deepEqual(
      Items.map(({ n }) => n),
      [24, 26, 28],
    );
    const pages = [];
    await new Promise((resolve, reject) => {
      client.query({ ...query, Limit: 2 }).eachPage((error, page) => {
        if (error) reject(error);
        else if (page === null) resolve();
        else pages.push(page.Items.length);
      });
    });
    assert.deepEqual(pages, [2, 1]);
    const written = await client
      .batchWrite({
        RequestItems: {
          [TableName]: [{ PutRequest: { Item: { p: 'b', s: 1 } } }, { DeleteRequest: { Key: { p: 'q', s: 10 } } }],
        },
      })
      .promise();
    assert.deepEqual(written.UnprocessedItems, {});
    const { Responses } = await client
      .batchGet({
        RequestItems: {
          [TableName]: {
            Keys: [
              { p: 'b', s: 1 },
              { p: 'q', s: 10 },
            ],
          },
        },
      })
      .promise();
    assert.deepEqual(Responses[TableName], [{ p: 'b', s: 1 }]);
    const { Count } = await client
      .scan({ TableName, FilterExpression: 'p = :p', ExpressionAttributeValues: { ':p': 'q' } })
      .promise();
    assert.equal(Count, 4);
    const { Attributes } = await client.delete({ TableName, Key: { p: 'b', s: 1 }, ReturnValues: 'ALL_OLD' }).promise();
    assert.deepEqual(Attributes, { p: 'b', s: 1 });
  });

  test('callbacks and events', async () => {
    const data = await new Promise((resolve, reject) => {
      client.get({ TableName, Key: { p: 'nowhere', s: 1 } }, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
    assert.deepEqual(data, {});
  });

  test('errors have code, statusCode and the service’s sentence', async () => {
    const attempt = client.put({ TableName, Item: { p: 'a', s: 1 }, ConditionExpression: 'attribute_not_exists(p)' }).promise();
    await assert.rejects(attempt, (error) => {
      assert.equal(error.code, 'ConditionalCheckFailedException');
      assert.equal(error.message, 'The conditional request failed');
      assert.equal(error.statusCode, 400);
      assert.equal(error.retryable, false);
      return true;
    });
    await assert.rejects(client.put({ TableName, Item: { p: 'a', s: Number.NaN } }).promise(), {
      code: 'ValidationException',
      message: '1 validation error detected: The parameter cannot be converted to a numeric value: NaN',
    });
  });
});
