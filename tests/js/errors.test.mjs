// Errors as code written for the AWS SDK looks at them. The engine is a fake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as sdk from '@aws-sdk/client-dynamodb';
import { load } from './support/compiled.mjs';
import { open, put } from './support/fake-database.mjs';

const errors = await load('errors.js');

test('an error in the process has the type that a body has', () => {
  const metadata = { httpStatusCode: 500, requestId: '', attempts: 1, totalRetryDelay: 0 };
  const typeOf = (name) => errors.serviceException({ name, status: 500, metadata }).__type;
  // UpdateTable answers a structure without members with the first.
  assert.equal(typeOf('InternalFailure'), 'com.amazon.coral.service#InternalFailure');
  assert.equal(typeOf('SerializationException'), 'com.amazon.coral.service#SerializationException');
  assert.equal(typeOf('ValidationException'), 'com.amazon.coral.validate#ValidationException');
  assert.equal(typeOf('InternalServerError'), 'com.amazonaws.dynamodb.v20120810#InternalServerError');
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
