// Transactions through the AWS SDK, lib-dynamodb's commands, and this package's document client with the habits of both versions.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  ConditionalCheckFailedException,
  DynamoDB,
  IdempotentParameterMismatchException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument, TransactGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { TransactionCanceledException as OwnTransactionCanceledException, Snowglobe } from 'snowglobe';

const definition = (TableName) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});
const cancelled = 'Transaction cancelled, please refer cancellation reasons for specific reasons';

describe('transactions', () => {
  let db;
  let sdk;

  before(async () => {
    db = await Snowglobe.open({ storage: 'memory', clock: 'virtual' });
    sdk = new DynamoDB(db.clientConfig());
    await sdk.createTable(definition('Order'));
    await sdk.createTable(definition('Stock'));
  });

  after(() => db.close());

  test('the SDK writes, reads and is told why not', async () => {
    await sdk.putItem({ TableName: 'Stock', Item: { id: { S: 'tea' }, left: { N: '3' } } });
    const buy = (id, count) => ({
      TransactItems: [
        { Put: { TableName: 'Order', Item: { id: { S: id } }, ConditionExpression: 'attribute_not_exists(id)' } },
        {
          Update: {
            TableName: 'Stock',
            Key: { id: { S: 'tea' } },
            UpdateExpression: 'SET #l = #l - :n',
            ConditionExpression: '#l >= :n',
            ExpressionAttributeNames: { '#l': 'left' },
            ExpressionAttributeValues: { ':n': { N: String(count) } },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    });
    const bought = await sdk.transactWriteItems({ ...buy('one', 2), ReturnConsumedCapacity: 'TOTAL' });
    assert.deepEqual(bought.ConsumedCapacity, [
      { TableName: 'Order', CapacityUnits: 2, WriteCapacityUnits: 2 },
      { TableName: 'Stock', CapacityUnits: 2, WriteCapacityUnits: 2 },
    ]);
    await assert.rejects(sdk.transactWriteItems(buy('two', 2)), (error) => {
      assert.ok(error instanceof TransactionCanceledException);
      assert.equal(error.message, `${cancelled} [None, ConditionalCheckFailed]`);
      assert.deepEqual(error.CancellationReasons, [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: { id: { S: 'tea' }, left: { N: '1' } },
        },
      ]);
      return true;
    });
    const get = (TableName, id) => ({ Get: { TableName, Key: { id: { S: id } } } });
    const { Responses } = await sdk.transactGetItems({
      TransactItems: [get('Order', 'one'), get('Order', 'two'), get('Stock', 'tea')],
    });
    assert.deepEqual(Responses, [{ Item: { id: { S: 'one' } } }, {}, { Item: { id: { S: 'tea' }, left: { N: '1' } } }]);
  });

  test('a token makes a transaction happen once, for ten minutes', async () => {
    const add = (count, more) =>
      sdk.transactWriteItems({
        ClientRequestToken: 'once',
        TransactItems: [
          {
            Update: {
              TableName: 'Stock',
              Key: { id: { S: 'counter' } },
              UpdateExpression: 'ADD n :n',
              ExpressionAttributeValues: { ':n': { N: String(count) } },
            },
          },
        ],
        ...more,
      });
    const read = async () => {
      const { Item } = await sdk.getItem({ TableName: 'Stock', Key: { id: { S: 'counter' } } });
      return Item.n.N;
    };
    await add(1);
    const again = await add(1, { ReturnConsumedCapacity: 'TOTAL' });
    assert.deepEqual(again.ConsumedCapacity, [{ TableName: 'Stock', CapacityUnits: 2, ReadCapacityUnits: 2 }]);
    assert.equal(await read(), '1');
    await assert.rejects(add(2), IdempotentParameterMismatchException);
    const copy = await db.fork();
    const elsewhere = new DynamoDB(copy.clientConfig());
    await assert.rejects(
      elsewhere.transactWriteItems({
        ClientRequestToken: 'once',
        TransactItems: [{ Put: { TableName: 'Stock', Item: { id: { S: 'other' } } } }],
      }),
      IdempotentParameterMismatchException,
    );
    await copy.close();
    await db.cluster.advance(600_000);
    await add(2);
    assert.equal(await read(), '3');
  });

  test("lib-dynamodb's client and commands, and the same commands on our own client", async () => {
    const theirs = DynamoDBDocument.from(sdk);
    const ours = db.documentClient();
    for (const [number, client] of [theirs, ours].entries()) {
      const id = `lib-${number}`;
      const puts = {
        TransactItems: [{ Put: { TableName: 'Order', Item: { id, lines: [{ tea: 2 }], tags: new Set(['new']) } } }],
      };
      await client.send(new TransactWriteCommand(puts));
      await client.transactWrite({
        TransactItems: [{ ConditionCheck: { TableName: 'Order', Key: { id }, ConditionExpression: 'attribute_exists(id)' } }],
      });
      const gets = {
        TransactItems: [{ Get: { TableName: 'Order', Key: { id } } }, { Get: { TableName: 'Stock', Key: { id } } }],
      };
      const { Responses } = await client.send(new TransactGetCommand(gets));
      assert.deepEqual(Responses, [{ Item: { id, lines: [{ tea: 2 }], tags: new Set(['new']) } }, {}]);
      assert.deepEqual((await client.transactGet(gets)).Responses, Responses);
      await assert.rejects(
        client.transactWrite({
          TransactItems: [
            { Put: { TableName: 'Order', Item: { id }, ConditionExpression: 'attribute_not_exists(id)' } },
            { Delete: { TableName: 'Order', Key: { id: 5 } } },
          ],
        }),
        (error) => {
          assert.equal(error.name, 'TransactionCanceledException');
          assert.ok(error instanceof TransactionCanceledException);
          assert.equal(error.message, `${cancelled} [ConditionalCheckFailed, ValidationError]`);
          assert.deepEqual(error.CancellationReasons, [
            { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
            { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
          ]);
          return true;
        },
      );
    }
  });

  test('the habits of version 2', async () => {
    const doc = db.documentClient();
    await doc.transactWrite({ TransactItems: [{ Put: { TableName: 'Order', Item: { id: 'v2', n: 1 } } }] }).promise();
    const read = doc.transactGet({ TransactItems: [{ Get: { TableName: 'Order', Key: { id: 'v2' } } }] });
    assert.deepEqual((await read.promise()).Responses, [{ Item: { id: 'v2', n: 1 } }]);
    const refused = doc.transactWrite({
      TransactItems: [
        {
          Delete: {
            TableName: 'Order',
            Key: { id: 'v2' },
            ConditionExpression: 'n = :n',
            ExpressionAttributeValues: { ':n': 2 },
          },
        },
      ],
    });
    const error = await new Promise((resolve) => refused.on('error', resolve).send());
    assert.ok(error instanceof OwnTransactionCanceledException);
    assert.equal(error.code, 'TransactionCanceledException');
    assert.equal(error.statusCode, 400);
    assert.equal(error.message, `${cancelled} [ConditionalCheckFailed]`);
    assert.deepEqual(error.CancellationReasons, [
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ]);
  });

  test('what meets a transaction on a slow network is refused', async () => {
    const slow = await Snowglobe.open({
      storage: 'memory',
      clock: 'virtual',
      seed: 3,
      cluster: { network: { latencyMs: [5, 5] } },
    });
    const client = new DynamoDB({ ...slow.clientConfig(), maxAttempts: 1 });
    await client.createTable(definition('Order'));
    const put = (id) => ({ Put: { TableName: 'Order', Item: { id: { S: id } } } });
    await client.transactWriteItems({ TransactItems: [put('first')] });
    const write = (token, ...ids) => client.transactWriteItems({ ClientRequestToken: token, TransactItems: ids.map(put) });
    const settled = await Promise.allSettled([write('a', 'x', 'y'), write('a', 'x', 'y'), write('b', 'y', 'z')]);
    assert.equal(settled[0].status, 'fulfilled');
    assert.ok(settled[1].reason instanceof TransactionInProgressException);
    assert.deepEqual(
      settled[2].reason.CancellationReasons.map(({ Code }) => Code),
      ['TransactionConflict', 'None'],
    );
    const transaction = write('c', 'x', 'y');
    const refused = [];
    for (let attempt = 0; attempt < 12 && refused.length === 0; attempt += 1) {
      await client
        .putItem({ TableName: 'Order', Item: { id: { S: 'x' } }, ConditionExpression: 'attribute_exists(id)' })
        .catch((error) => refused.push(error));
    }
    await transaction;
    for (const error of refused) {
      assert.ok(error instanceof TransactionConflictException);
      assert.equal(error.message, 'Transaction is ongoing for the item');
      assert.ok(!(error instanceof ConditionalCheckFailedException));
    }
    await slow.close();
  });
});
