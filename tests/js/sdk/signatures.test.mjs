// Signature Version 4: ignored until credentials are configured; then a right signature passes and each kind of wrong one gets AWS's error.

import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Snowglobe } from 'snowglobe';
import { serveDatabase, startServer } from '../../support/server.mjs';

const hash = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const amzDate = (time) => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** A signed ListTables, as AWS documents it; `change` alters any step of it. */
function signed(
  endpoint,
  {
    accessKeyId = 'AKIDEXAMPLE',
    secret = 'secret',
    token,
    time = Date.now(),
    region = 'us-east-1',
    service = 'dynamodb',
    scopeDate,
    headers: more = {},
    signedNames,
    body = '{}',
    terminator = 'aws4_request',
  } = {},
) {
  const date = amzDate(time);
  const day = scopeDate ?? date.slice(0, 8);
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    host: new URL(endpoint).host,
    'x-amz-date': date,
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    ...(token && { 'x-amz-security-token': token }),
    ...more,
  };
  const names = signedNames ?? Object.keys(headers).sort();
  const canonical = ['POST', '/', '', ...names.map((name) => `${name}:${headers[name]}`), '', names.join(';'), hash(body)].join(
    '\n',
  );
  const scope = `${day}/${region}/${service}/${terminator}`;
  const text = ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\n');
  const key = [day, region, service, terminator].reduce((k, part) => hmac(k, part), `AWS4${secret}`);
  const signature = createHmac('sha256', key).update(text).digest('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { headers, body };
}

async function send(endpoint, { headers, body }) {
  const { host, ...rest } = headers;
  const response = await fetch(endpoint, { method: 'POST', headers: rest, body });
  const json = await response.json();
  return {
    status: response.status,
    name: String(json.__type).replace(/^.*#/, ''),
    message: json.message ?? json.Message,
    json,
  };
}

describe('signatures', () => {
  let db;
  let server;
  let endpoint;
  before(async () => {
    db = await Snowglobe.open({
      storage: 'memory',
      region: 'us-east-1',
      credentials: { AKIDEXAMPLE: 'secret' },
    });
    server = await serveDatabase(db);
    endpoint = server.endpoint;
  });
  after(async () => {
    await server.stop();
    await db.close();
  });

  const client = (credentials) => new DynamoDB({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const list = (credentials) => client(credentials).listTables({});

  test('the SDK signs, and is believed', async () => {
    const dynamo = client({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });
    assert.deepEqual((await dynamo.listTables({})).TableNames, []);
    const Item = { id: { S: 'é "quoted" ' }, text: { S: 'x'.repeat(50_000) } };
    await dynamo.createTable({
      TableName: 'Signed',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
    await dynamo.putItem({ TableName: 'Signed', Item });
    assert.deepEqual((await dynamo.getItem({ TableName: 'Signed', Key: { id: Item.id } })).Item, Item);
    await dynamo.deleteTable({ TableName: 'Signed' });
  });

  test('the SDK in the process signs too', async () => {
    assert.ok(await new DynamoDB(db.clientConfig()).listTables({}));
    const wrong = {
      ...db.clientConfig(),
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'other' },
      maxAttempts: 1,
    };
    await assert.rejects(new DynamoDB(wrong).listTables({}), { name: 'InvalidSignatureException' });
  });

  test('a wrong secret', async () => {
    await assert.rejects(list({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'other' }), (error) => {
      assert.equal(error.name, 'InvalidSignatureException');
      assert.ok(
        error.message.startsWith(
          'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
        ),
        error.message,
      );
      return true;
    });
  });

  test('an unknown key', async () => {
    await assert.rejects(list({ accessKeyId: 'AKIDUNKNOWN', secretAccessKey: 'secret' }), {
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  });

  test('a hand-made signature passes, and stops passing when anything that it covers is changed', async () => {
    assert.equal((await send(endpoint, signed(endpoint))).status, 200);
    const altered = [
      ({ headers, body }) => ({ headers, body: `${body} ` }),
      ({ headers, body }) => ({ headers: { ...headers, 'x-amz-target': 'DynamoDB_20120810.DescribeLimits' }, body }),
      ({ headers, body }) => ({ headers: { ...headers, 'x-amz-date': amzDate(Date.now() - 60_000) }, body }),
      ({ headers, body }) => ({
        headers: { ...headers, authorization: headers.authorization.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
        body,
      }),
      ({ headers, body }) => ({
        headers: { ...headers, authorization: headers.authorization.replace('us-east-1', 'us-east-2') },
        body,
      }),
    ];
    for (const [at, alter] of altered.entries()) {
      const { status, name } = await send(endpoint, alter(signed(endpoint)));
      assert.equal(status, 400, `alteration ${at}`);
      assert.equal(name, 'InvalidSignatureException', `alteration ${at}`);
    }
  });

  test('no signature', async () => {
    const { headers, body } = signed(endpoint);
    delete headers.authorization;
    const { status, name, message, json } = await send(endpoint, { headers, body });
    assert.deepEqual(
      [status, name, message],
      [400, 'MissingAuthenticationTokenException', 'Request is missing Authentication Token'],
    );
    assert.equal(json.__type, 'com.amazon.coral.service#MissingAuthenticationTokenException');
  });

  test('a stale and an early signature', async () => {
    const stale = await send(endpoint, signed(endpoint, { time: Date.now() - 16 * 60_000 }));
    assert.equal(stale.name, 'InvalidSignatureException');
    assert.match(
      stale.message,
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
    );
    const early = await send(endpoint, signed(endpoint, { time: Date.now() + 16 * 60_000 }));
    assert.equal(early.name, 'InvalidSignatureException');
    assert.match(
      early.message,
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)$/,
    );
    assert.equal((await send(endpoint, signed(endpoint, { time: Date.now() - 14 * 60_000 }))).status, 200);
  });

  const headerOf = (change) => {
    const { headers, body } = signed(endpoint);
    return { headers: { ...headers, authorization: change(headers.authorization) }, body };
  };
  test('headers that are no signature', async () => {
    const cases = [
      [() => 'Basic dXNlcjpwYXNz', /./],
      [
        () => 'AWS4-HMAC-SHA256',
        /Authorization header requires 'Credential' parameter\. Authorization header requires 'Signature' parameter\. Authorization header requires 'SignedHeaders' parameter\./,
      ],
      [(header) => header.replace(/, Signature=.*/, ''), /^Authorization header requires 'Signature' parameter\./],
      [(header) => header.replace(/SignedHeaders=[^,]*, /, ''), /^Authorization header requires 'SignedHeaders' parameter\./],
      [(header) => header.replace(/\/aws4_request/, ''), /^Credential must have exactly 5 slash-delimited elements/],
      [() => `AWS4-HMAC-SHA256 ${'x'.repeat(6_000)}`, /./],
    ];
    for (const [change, sentence] of cases) {
      const request = headerOf(change);
      const { status, name, message } = await send(endpoint, request);
      assert.equal(status, 400);
      assert.ok(
        ['IncompleteSignatureException', 'InvalidSignatureException', 'MissingAuthenticationTokenException'].includes(name),
        `${name}: ${message}`,
      );
      assert.match(message, sentence);
    }
  });

  test('a scope for something else', async () => {
    for (const options of [{ service: 's3' }, { scopeDate: '20200101' }, { terminator: 'aws5_request' }]) {
      const { status, name } = await send(endpoint, signed(endpoint, options));
      assert.deepEqual([status, name], [400, 'InvalidSignatureException'], JSON.stringify(options));
    }
  });

  test('a target that is not signed', async () => {
    const { status, name } = await send(endpoint, signed(endpoint, { signedNames: ['x-amz-date'] }));
    assert.deepEqual([status, name], [400, 'InvalidSignatureException']);
  });
});

test('without credentials any signature passes, and its scope says region and account', async () => {
  const server = await startServer('--memory');
  const { status } = await send(server.endpoint, signed(server.endpoint, { secret: 'whatever', accessKeyId: 'nobody' }));
  assert.equal(status, 200);
  const definition = {
    TableName: 'Placed',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  };
  const dynamo = new DynamoDB({
    endpoint: server.endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: '123456789012', secretAccessKey: 'x' },
  });
  const { TableDescription } = await dynamo.createTable(definition);
  assert.equal(TableDescription.TableArn, 'arn:aws:dynamodb:eu-west-3:123456789012:table/Placed');
  dynamo.destroy();
  await server.stop();
});

test('snowglobe serve --access-key verifies', async () => {
  const server = await startServer('--memory', '--access-key', 'AKIDEXAMPLE:secret');
  const list = (secretAccessKey) =>
    new DynamoDB({
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey },
      maxAttempts: 1,
    }).listTables({});
  assert.ok(await list('secret'));
  await assert.rejects(list('other'), { name: 'InvalidSignatureException' });
  await server.stop();
});

test('temporary credentials go with their token', async (t) => {
  const db = await Snowglobe.open({
    storage: 'memory',
    region: 'us-east-1',
    credentials: { ASIATEMP: { secretAccessKey: 'temporary', sessionToken: 'token' } },
  });
  t.after(() => db.close());
  const list = (sessionToken) => {
    const credentials = { accessKeyId: 'ASIATEMP', secretAccessKey: 'temporary', sessionToken };
    return new DynamoDB({ ...db.clientConfig(), credentials, maxAttempts: 1 }).listTables({});
  };
  assert.ok(await list('token'));
  for (const wrong of ['other', undefined]) {
    await assert.rejects(list(wrong), {
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  }
});
