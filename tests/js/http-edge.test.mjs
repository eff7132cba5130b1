// The HTTP edge of `snowglobe serve`, byte by byte: what AWS's front end answers to requests that its clients would not send, and what
// a server owes to clients that are slow, gone, or in a hurry.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Snowglobe } from 'snowglobe';
import { load } from './support/compiled.mjs';

const { serve } = await load('server.js');
const { crc32 } = await load('checksum.js');

const TableName = 'Edge';
const json = 'application/x-amz-json-1.0';
const xml = '<UnknownOperationException/>\n';
const unknown = '{"__type":"com.amazon.coral.service#UnknownOperationException"}';
const headersOf = (operation, more = {}) => ({
  'content-type': json,
  'x-amz-target': `DynamoDB_20120810.${operation}`,
  ...more,
});

/** Sends bytes as they are, and resolves to everything that comes back until the server closes the connection. */
async function raw(url, ...parts) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks = [];
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
  await once(socket, 'connect');
  for (const part of parts) {
    if (typeof part === 'number') await new Promise((resolve) => setTimeout(resolve, part));
    else socket.write(part);
  }
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

const message = (operation, body, more = '', version = 'HTTP/1.1') =>
  `POST / ${version}\r\nHost: x\r\nContent-Type: ${json}\r\nX-Amz-Target: DynamoDB_20120810.${operation}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

describe('the HTTP edge', () => {
  let db;
  let server;

  before(async () => {
    db = await Snowglobe.open({ storage: 'memory' });
    await db.createTable({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
    await db.putItem({ TableName, Item: { id: { S: 'long' }, text: { S: 'x'.repeat(100_000) } } });
    server = await serve(db.httpEndpoint(), { port: 0 });
  });

  after(async () => {
    await server.stop();
    await db.close();
  });

  const ask = async (options = {}) => {
    const answer = await fetch(new URL(options.path ?? '/', server.url), { method: 'POST', ...options });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  /** Every answer has an id and a checksum. */
  const assertDressed = ({ headers, text }) => {
    assert.match(headers.get('x-amzn-requestid'), /^[A-Z0-9]{52}$/);
    assert.equal(headers.get('x-amz-crc32'), String(crc32(Buffer.from(text))));
  };

  test('targets that are missing, unknown, or of operations that are not there', async () => {
    const targets = [undefined, '', 'ListTables', 'DynamoDB_20120810.Nope', 'DynamoDB_20111205.ListTables'];
    const absent = ['CreateBackup', 'ExportTableToPointInTime', 'ImportTable', 'StartBulkPutItems', 'CreateGlobalTable'];
    for (const target of [...targets, ...absent.map((name) => `DynamoDB_20120810.${name}`)]) {
      const headers = { 'content-type': json, ...(target === undefined ? {} : { 'x-amz-target': target }) };
      const answer = await ask({ headers, body: '{}' });
      assert.deepEqual([answer.status, answer.text], [400, unknown], target);
      assert.equal(answer.headers.get('content-type'), json);
      assertDressed(answer);
    }
  });

  test('content types: JSON alone is read', async () => {
    for (const type of [json, 'application/json', 'APPLICATION/JSON; charset=utf-8']) {
      const answer = await ask({ headers: headersOf('ListTables', { 'content-type': type }), body: '{}' });
      assert.equal(answer.status, 200, type);
    }
    for (const type of ['application/x-amz-cbor-1.1', 'application/cbor', 'application/x-amz-json-1.1', 'text/plain']) {
      const answer = await ask({ headers: headersOf('ListTables', { 'content-type': type }), body: '{}' });
      assert.deepEqual([answer.status, answer.text], [404, xml], type);
      assertDressed(answer);
    }
  });

  test('the RPC protocol in CBOR is not spoken', async () => {
    const answer = await ask({
      path: '/service/DynamoDB_20120810/operation/ListTables',
      headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor', accept: 'application/cbor' },
      body: Buffer.from([0xa0]),
    });
    assert.deepEqual([answer.status, answer.text], [404, xml]);
  });

  test('other methods, and other paths', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await ask({ method, headers: headersOf('ListTables'), ...(method === 'OPTIONS' ? {} : { body: '{}' }) });
      assert.deepEqual([answer.status, answer.text], [404, xml], method);
    }
    const health = await ask({ method: 'GET' });
    assert.deepEqual([health.status, health.text], [200, 'healthy: dynamodb.local-1.amazonaws.com ']);
    assertDressed(health);
    const head = await ask({ method: 'HEAD' });
    assert.deepEqual([head.status, head.text, head.headers.get('content-length')], [200, '', '0']);
    for (const path of ['/shell', '/shards/1', '/health']) {
      assert.deepEqual([(await ask({ method: 'GET', path })).status], [404], path);
    }
    // An endpoint with a path keeps it in its requests.
    assert.equal((await ask({ path: '/base/', headers: headersOf('ListTables'), body: '{}' })).status, 200);
  });

  test('bodies that are missing, blank, or no JSON', async () => {
    for (const body of [undefined, '', '   ', 'nope', '{']) {
      const answer = await ask({ headers: headersOf('ListTables'), body });
      assert.deepEqual(
        [answer.status, answer.text],
        [400, '{"__type":"com.amazon.coral.service#SerializationException"}'],
        String(body),
      );
    }
  });

  test('of a member that comes twice the last counts, null is absent, and strangers are ignored', async () => {
    const body = `{"TableName":"Nowhere","TableName":"${TableName}","Stranger":{"a":[1,null]},"ConsistentRead":null,"Key":{"id":{"S":"absent"}}}`;
    const answer = await ask({ headers: headersOf('GetItem'), body });
    assert.deepEqual([answer.status, answer.text], [200, '{}']);
  });

  test('the streams API shares the port under its own prefix', async () => {
    const headers = { 'content-type': json, 'x-amz-target': 'DynamoDBStreams_20120810.PutItem' };
    const answer = await ask({ headers, body: '{}' });
    assert.deepEqual([answer.status, answer.text], [400, unknown]);
  });

  test('operations without an answer have an empty one', async () => {
    const ResourceArn = `arn:aws:dynamodb:local-1:000000000000:table/${TableName}`;
    const answer = await ask({
      headers: headersOf('TagResource'),
      body: JSON.stringify({ ResourceArn, Tags: [{ Key: 'a', Value: 'b' }] }),
    });
    assert.deepEqual([answer.status, answer.text, answer.headers.get('x-amz-crc32')], [200, '', '0']);
  });

  test('requests may be packed, and so are long answers for those who take them', async () => {
    const body = JSON.stringify({ TableName, Key: { id: { S: 'long' } } });
    const sent = await ask({ headers: headersOf('GetItem', { 'content-encoding': 'gzip' }), body: gzipSync(body) });
    assert.equal(sent.status, 200);
    const alias = await ask({ headers: headersOf('GetItem', { 'content-encoding': 'x-gzip' }), body: gzipSync(body) });
    assert.equal(alias.status, 200);
    const answer = await raw(server.url, message('GetItem', body, 'Accept-Encoding: br, gzip;q=0.5\r\nConnection: close\r\n'));
    const [head, ...rest] = answer.split('\r\n\r\n');
    const packed = Buffer.from(rest.join('\r\n\r\n'), 'latin1');
    assert.match(head, /content-encoding: gzip/i);
    assert.equal(head.match(/x-amz-crc32: (\d+)/i)[1], String(crc32(packed)));
    assert.equal(JSON.parse(gunzipSync(packed)).Item.text.S.length, 100_000);
    for (const more of ['Accept-Encoding: identity\r\n', 'Accept-Encoding: gzip;q=0\r\n', '']) {
      const plain = await raw(server.url, message('GetItem', body, `${more}Connection: close\r\n`));
      assert.doesNotMatch(plain, /content-encoding/i, more);
    }
    const short = await raw(server.url, message('ListTables', '{}', 'Accept-Encoding: gzip\r\nConnection: close\r\n'));
    assert.doesNotMatch(short, /content-encoding/i);
    const broken = await ask({ headers: headersOf('GetItem', { 'content-encoding': 'gzip' }), body: 'no gzip' });
    assert.deepEqual([broken.status, JSON.parse(broken.text).__type], [400, 'com.amazon.coral.service#SerializationException']);
  });

  test('a body that cannot be unpacked is refused although the rest of it has not come', async () => {
    const head = message('ListTables', '', 'Content-Encoding: gzip\r\n').replace('Content-Length: 0', 'Content-Length: 2000');
    const answer = await raw(server.url, head, 'x'.repeat(1000));
    assert.match(answer, /^HTTP\/1\.1 400 .*connection: close.*SerializationException/is);
  });

  test('bodies above 16 MB are refused, and the client gets to read it', async () => {
    const answer = await ask({ headers: headersOf('ListTables'), body: ' '.repeat(20 * 1024 * 1024) });
    assert.equal(answer.status, 413);
    assert.equal(answer.text, '{"__type":"com.amazon.coral.service#RequestEntityTooLargeException"}');
    assertDressed(answer);
    const packed = gzipSync(Buffer.alloc(20 * 1024 * 1024, 32));
    const bomb = await ask({ headers: headersOf('ListTables', { 'content-encoding': 'gzip' }), body: packed });
    assert.equal(bomb.status, 413);
  });

  test('chunked bodies', async () => {
    const head = `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${json}\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
    const answer = await raw(server.url, head, '1\r\n{\r\n', 5, '1\r\n}\r\n0\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 200 .*\{"TableNames":\["Edge"\]\}$/s);
  });

  test('HTTP/1.0, which ends with its answer', async () => {
    const answer = await raw(server.url, message('ListTables', '{}', '', 'HTTP/1.0'));
    assert.match(answer, /^HTTP\/1\.1 200 .*connection: close.*\{"TableNames":\["Edge"\]\}$/is);
  });

  test('requests behind each other on one connection are answered in their order', async () => {
    const three = message('ListTables', '{}') + message('Nope', '{}') + message('ListTables', '{}', 'Connection: close\r\n');
    const answer = await raw(server.url, three);
    assert.deepEqual(answer.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 200', 'HTTP/1.1 400', 'HTTP/1.1 200']);
  });

  test('a client that dribbles is cut off, and one that goes away does no harm', async () => {
    const begun = Date.now();
    const impatient = await serve(db.httpEndpoint(), { port: 0, requestTimeoutMs: 400 });
    const slow = await raw(impatient.url, message('ListTables', '{}').slice(0, -1));
    await impatient.stop();
    assert.match(slow, /^HTTP\/1\.1 408 /);
    assert.ok(Date.now() - begun < 5_000);
    const { hostname, port } = new URL(server.url);
    const gone = connect(Number(port), hostname);
    await once(gone, 'connect');
    gone.write(`${message('ListTables', '{}').slice(0, -2)}`);
    gone.destroy();
    assert.equal((await ask({ headers: headersOf('ListTables'), body: '{}' })).status, 200);
  });

  test('a header that is very long is refused by itself', async () => {
    const answer = await raw(
      server.url,
      message('ListTables', '{}', `X-Long: ${'x'.repeat(100_000)}\r\nConnection: close\r\n`),
    );
    assert.match(answer, /^HTTP\/1\.1 431 /);
    assert.equal((await ask({ headers: headersOf('ListTables'), body: '{}' })).status, 200);
  });

  test('a preflight allows every header that AWS’s clients send', async () => {
    const origin = 'http://page.example';
    const answer = await ask({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    assert.equal(answer.status, 200);
    const allowed = answer.headers.get('access-control-allow-headers').split(',');
    for (const name of [
      'content-length',
      'host',
      'x-amz-date',
      'x-amz-content-sha256',
      'authorization',
      'x-amz-security-token',
      'amz-sdk-invocation-id',
      'amz-sdk-request',
      'x-amz-user-agent',
      'user-agent',
      'x-amz-target',
      'content-type',
    ]) {
      assert.ok(allowed.includes(name), name);
    }
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    const exposed = await ask({ headers: headersOf('ListTables', { origin }), body: '{}' });
    assert.match(exposed.headers.get('access-control-expose-headers'), /x-amzn-requestid.*x-amz-crc32/);
  });

  test('a stop lets answers finish and takes no more', async () => {
    const slow = await Snowglobe.open({ storage: 'memory', cluster: { network: { latencyMs: [80, 80] } } });
    const own = await serve(slow.httpEndpoint(), { port: 0 });
    const body = JSON.stringify({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
    const under = fetch(own.url, { method: 'POST', headers: headersOf('CreateTable'), body });
    await new Promise((resolve) => setTimeout(resolve, 40));
    const begun = Date.now();
    const stopped = own.stop();
    assert.equal((await under).status, 200);
    await stopped;
    assert.ok(Date.now() - begun < 3_000, 'a kept-alive connection does not hold the stop up');
    await assert.rejects(fetch(own.url));
    await slow.close();
  });
});
