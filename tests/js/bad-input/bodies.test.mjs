// Bodies that are no requests, to every operation: the service's error each time, never a trap, and the database answers afterwards.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { withExchanges } from '../../support/region.mjs';

const key = { id: { S: 'a' } };
const TableName = 'Bad';
/** A request of each operation that is right; the faults are made of it. */
const RIGHT = {
  CreateTable: {
    TableName: 'Fresh',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  },
  UpdateTable: { TableName, DeletionProtectionEnabled: false },
  DescribeTable: { TableName },
  ListTables: { Limit: 5 },
  DeleteTable: { TableName: 'Fresh' },
  PutItem: { TableName, Item: { ...key, n: { N: '1' } } },
  GetItem: { TableName, Key: key },
  UpdateItem: { TableName, Key: key, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: { ':v': { S: 'x' } } },
  DeleteItem: { TableName, Key: key },
  Query: { TableName, KeyConditionExpression: 'id = :v', ExpressionAttributeValues: { ':v': { S: 'a' } } },
  Scan: { TableName },
  BatchGetItem: { RequestItems: { [TableName]: { Keys: [key] } } },
  BatchWriteItem: { RequestItems: { [TableName]: [{ PutRequest: { Item: key } }] } },
  DescribeLimits: {},
  DescribeEndpoints: {},
};

const utf8 = (text) => new TextEncoder().encode(text);
const WELL_KNOWN = new Set([
  'SerializationException',
  'ValidationException',
  'ResourceNotFoundException',
  'ResourceInUseException',
  'UnknownOperationException',
  'LimitExceededException',
]);

/** An answer is the service's error: its status, its shape, its headers. */
function assertRefusal({ status, json, headers, text }, what) {
  assert.equal(status, 400, `${what}: ${text}`);
  assert.match(headers.get('x-amzn-requestid') ?? '', /^[A-Z0-9]{52}$/, what);
  const name = String(json?.__type).replace(/^.*#/, '');
  assert.ok(WELL_KNOWN.has(name), `${what}: ${text}`);
  return name;
}

/** Every way to replace one place in a value by something of another kind; places are found to a depth of four. */
function* mutations(value, path = [], depth = 0) {
  const wrong = [
    null,
    5,
    1.5,
    true,
    false,
    'text',
    '',
    [],
    {},
    [[]],
    [null],
    { a: null },
    { S: 'a', N: '1' },
    { X: 'y' },
    -1,
    1e300,
  ];
  if (path.length > 0) for (const one of wrong) yield { path, value: one };
  if (depth < 4 && value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) yield* mutations(inner, [...path, name], depth + 1);
  }
}

function replaced(value, [name, ...rest], replacement) {
  if (name === undefined) return replacement;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[name] = replaced(copy[name], rest, replacement);
  return copy;
}

withExchanges('bodies', (region) => {
  before(async () => {
    await region.table({ TableName });
    await region.call('PutItem', { TableName, Item: key });
  });

  for (const [operation, right] of Object.entries(RIGHT)) {
    test(`${operation}: no JSON`, async () => {
      const text = JSON.stringify(right);
      const bodies = [
        '{',
        '[',
        '"',
        'nonsense',
        '{"TableName"',
        '{"a":1,}',
        "{'a':1}",
        '{"a":01}',
        '{"a":+1}',
        '{"a":.5}',
        '{a:1}',
        '\ufeff{}',
        '{}{}',
        '{} x',
        'nul',
        '{"a":"\u0001"}',
        '{"a":"\\x"}',
        '{"a":"\\u12"}',
        '//x\n{}',
        '{"a":NaN}',
      ];
      for (let cut = 1; cut < text.length; cut += Math.max(1, Math.floor(text.length / 12))) bodies.push(text.slice(0, cut));
      for (const body of bodies) {
        const name = assertRefusal(await region.exchange({ operation, body }), `${operation} ${body}`);
        assert.equal(name, 'SerializationException', `${operation} ${body}`);
      }
    });

    test(`${operation}: not an object`, async () => {
      for (const body of ['[]', '5', '"text"', 'true', '[{}]', '-1e5']) {
        assert.equal(
          assertRefusal(await region.exchange({ operation, body }), `${operation} ${body}`),
          'SerializationException',
        );
      }
    });

    test(`${operation}: no body, null and blanks`, async () => {
      for (const body of [undefined, '', ' ', 'null', '\n\n']) {
        const answer = await region.exchange({ operation, body });
        assert.ok(answer.status === 200 || assertRefusal(answer, `${operation} ${body}`), answer.text);
      }
    });

    test(`${operation}: every member of another type`, async () => {
      for (const { path, value } of mutations(right)) {
        const body = replaced(right, path, value);
        const answer = await region.exchange({ operation, body });
        const what = `${operation} ${JSON.stringify(body)}`;
        if (answer.status !== 200) assertRefusal(answer, what);
        else assert.equal(typeof answer.json, 'object', what);
      }
      await region.call('DeleteTable', { TableName: 'Fresh' }).catch(() => {});
    });

    test(`${operation}: invalid UTF-8`, async () => {
      for (const bytes of [[0xff], [0xc3], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xc0, 0x80]]) {
        const body = new Uint8Array([...utf8('{"TableName":"'), ...bytes, ...utf8('"}')]);
        const answer = await region.exchange({ operation, body });
        if (answer.status !== 200) assertRefusal(answer, `${operation} ${bytes}`);
        assert.notEqual(answer.json, undefined, answer.text);
      }
    });

    test(`${operation}: deep and long`, async () => {
      const nested = (depth, open, close) => `{"TableName":"${TableName}","Item":${open.repeat(depth)}${close.repeat(depth)}}`;
      const bodies = [
        nested(100_000, '[', ']'),
        nested(100_000, '{"M":', '}').replace('}}', '1}}'),
        nested(5_000, '{"a":{"M":', '}}').replace('"M":}', '"M":{}}'),
        `${'['.repeat(200_000)}`,
        `{"TableName":"${'x'.repeat(1_000_000)}"}`,
        `{${Array.from({ length: 20_000 }, (_, n) => `"k${n}":${n}`).join(',')}}`,
        `{"Limit":${'9'.repeat(5_000)}}`,
        `{"Limit":1e${'9'.repeat(50)}}`,
      ];
      for (const body of bodies) {
        const answer = await region.exchange({ operation, body });
        if (answer.status !== 200) assertRefusal(answer, `${operation} ${body.slice(0, 60)}`);
      }
    });
  }

  test('a member twice', async () => {
    const put = (item) => region.exchange({ operation: 'PutItem', body: `{"TableName":"${TableName}","Item":${item}}` });
    for (const item of [
      '{"id":{"S":"twice"},"id":{"S":"again"}}',
      '{"id":{"S":"twice","S":"again"}}',
      '{"id":{"S":"twice"},"m":{"M":{"x":{"S":"1"},"x":{"S":"2"}}}}',
    ]) {
      const answer = await put(item);
      if (answer.status !== 200) assertRefusal(answer, item);
    }
    const answer = await region.exchange({
      operation: 'GetItem',
      body: `{"TableName":"${TableName}","TableName":"${TableName}","Key":{"id":{"S":"a"}}}`,
    });
    if (answer.status !== 200) assertRefusal(answer, 'TableName twice');
  });

  test('values that are huge', async () => {
    const big = 'x'.repeat(500_000);
    const refused = async (body, message) => {
      const { status, json } = await region.exchange({ operation: 'PutItem', body });
      assert.equal(status, 400);
      assert.match(json.message, message);
    };
    await refused({ TableName, Item: { ...key, big: { S: big } } }, /Item size has exceeded the maximum allowed size/);
    await refused({ TableName, Item: { ...key, [big]: { S: 'x' } } }, /./);
    await refused({ TableName, Item: { ...key, n: { N: '1'.repeat(100_000) } } }, /./);
    await refused(
      { TableName, Item: { ...key, set: { NS: Array.from({ length: 100_000 }, (_, n) => String(n * 1_000_003)) } } },
      /Item size/,
    );
  });

  test('a body above 16 MB', async () => {
    const body = `{"TableName":"${TableName}","Item":{"id":{"S":"${'x'.repeat(17 * 1024 * 1024)}"}}}`;
    const answer = await region.exchange({ operation: 'PutItem', body }).catch((error) => error);
    // The server may close the connection before it has read everything: then there is no answer to read.
    if (answer instanceof Error) assert.match(String(answer.cause ?? answer), /ECONNRESET|EPIPE|socket|other side closed/i);
    else assert.equal(answer.status, 413);
  });

  test('after all of this the database still answers, as before', async () => {
    await region.call('PutItem', { TableName, Item: key });
    assert.deepEqual((await region.call('GetItem', { TableName, Key: key })).Item, key);
    assert.deepEqual((await region.call('ListTables', {})).TableNames, [TableName]);
  });
});

withExchanges('targets and headers', (region) => {
  before(() => region.table({ TableName }));
  const unknown = 'com.amazon.coral.service#UnknownOperationException';

  test('targets that are none', async () => {
    for (const target of [
      '',
      'GetItem',
      'DynamoDB_20120810.',
      'DynamoDB_20120810.Nonsense',
      'DynamoDB_20111205.GetItem',
      'Other_20120810.GetItem',
      'DynamoDB_20120810.getItem',
      'DynamoDB_20120810.GetItem.x',
      'é',
      'x'.repeat(5_000),
    ]) {
      const sent = target === 'é' ? 'DynamoDB_20120810.\u00e9' : target;
      const { status, json } = await region.exchange({ target: sent, body: { TableName, Key: key } });
      assert.deepEqual([status, json?.__type], [400, unknown], target);
    }
    const { status } = await region.exchange({ headers: { 'x-amz-target': undefined }, body: {} });
    assert.equal(status, 400);
  });

  test('other content types', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', '', 'nonsense']) {
      const { status } = await region.exchange({ operation: 'ListTables', body: '{}', headers: { 'content-type': type } });
      assert.ok(status >= 400 && status < 500, `${type}: ${status}`);
    }
    for (const type of ['application/x-amz-json-1.0', 'application/json', 'application/x-amz-json-1.0; charset=utf-8']) {
      const { status } = await region.exchange({ operation: 'ListTables', body: '{}', headers: { 'content-type': type } });
      assert.equal(status, 200, type);
    }
  });

  test('other methods', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const { status } = await region.exchange({ operation: 'ListTables', method, body: '{}' });
      assert.ok(status >= 400 && status < 500, `${method}: ${status}`);
    }
    const { status, text } = await region.exchange({ method: 'GET' });
    assert.equal(status, 200);
    assert.match(text, /^healthy: dynamodb\.[a-z0-9-]+\.amazonaws\.com/);
    assert.ok((await region.exchange({ method: 'GET', path: '/nowhere' })).status >= 400);
  });

  test('a preflight allows what AWS’s clients send', async () => {
    const answer = await region.exchange({
      method: 'OPTIONS',
      headers: {
        origin: 'http://example.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers':
          'amz-sdk-invocation-id,amz-sdk-request,authorization,content-type,x-amz-target,x-amz-user-agent',
      },
    });
    assert.ok(answer.status === 200 || answer.status === 204, String(answer.status));
    const allowed = (answer.headers.get('access-control-allow-headers') ?? '').toLowerCase();
    for (const name of [
      'authorization',
      'x-amz-target',
      'amz-sdk-request',
      'amz-sdk-invocation-id',
      'x-amz-user-agent',
      'content-type',
    ]) {
      assert.ok(allowed === '*' || allowed.includes(name), name);
    }
    assert.match(answer.headers.get('access-control-allow-methods'), /POST|\*/);
  });
});
