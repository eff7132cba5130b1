// Errors as applications meet them: the AWS SDK's classes, names and metadata, whatever way they came.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  ResourceInUseException,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { withSdk } from '../../support/region.mjs';

withSdk('errors', (region) => {
  let TableName;
  before(async () => {
    TableName = await region.table();
  });
  const Key = { id: { S: 'a' } };

  const modelled = [
    [ResourceNotFoundException, () => region.dynamo.getItem({ TableName: 'Nowhere', Key })],
    [
      ResourceInUseException,
      () =>
        region.table({ TableName }).catch(() =>
          region.dynamo.createTable({
            TableName,
            BillingMode: 'PAY_PER_REQUEST',
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          }),
        ),
    ],
    [
      ConditionalCheckFailedException,
      () => region.dynamo.deleteItem({ TableName, Key, ConditionExpression: 'attribute_exists(id)' }),
    ],
  ];
  for (const [Class, attempt] of modelled) {
    test(`${Class.name} is an instance of its class`, async () => {
      await assert.rejects(attempt(), (error) => {
        assert.ok(error instanceof Class);
        assert.ok(error instanceof DynamoDBServiceException);
        assert.equal(error.name, Class.name);
        assert.equal(error.$fault, 'client');
        assert.equal(error.$metadata.httpStatusCode, 400);
        assert.equal(error.$metadata.attempts, 1, 'a caller’s mistake is not tried again');
        assert.match(error.$metadata.requestId, /^[A-Z0-9]{52}$/);
        return true;
      });
    });
  }

  test('what the API does not model is a service exception of its name', async () => {
    await assert.rejects(region.dynamo.getItem({ TableName, Key: {} }), (error) => {
      assert.equal(error.name, 'ValidationException');
      assert.equal(error.constructor, DynamoDBServiceException);
      return true;
    });
  });

  test('the body names the error with its prefix', async () => {
    const refused = async (operation, body) => {
      const { json, headers } = await region.exchange({ operation, body });
      assert.equal(headers.get('content-type'), 'application/x-amz-json-1.0');
      assert.match(headers.get('x-amzn-requestid'), /^[A-Z0-9]{52}$/);
      return json;
    };
    assert.deepEqual(await refused('GetItem', { TableName: 'Nowhere', Key }), {
      __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    assert.deepEqual(await refused('GetItem', { TableName, Key: {} }), {
      __type: 'com.amazon.coral.validate#ValidationException',
      message: 'The provided key element does not match the schema',
    });
    assert.deepEqual(await refused('GetItem', { TableName: 5, Key }), {
      __type: 'com.amazon.coral.service#SerializationException',
      Message: 'NUMBER_VALUE cannot be converted to String',
    });
    const unknown = await refused('Nonsense', {});
    assert.equal(unknown.__type, 'com.amazon.coral.service#UnknownOperationException');
  });

  test('an aborted request is an AbortError, and is not tried again', async () => {
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(region.documents.get({ TableName, Key: { id: 'a' } }, { abortSignal: controller.signal }), {
      name: 'AbortError',
    });
  });
});
