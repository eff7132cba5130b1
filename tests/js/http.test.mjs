// HTTP around the engine: the AWS SDK in the process, fetch handlers, the server. The engine is a fake.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { DynamoDBClient, GetItemCommand, ResourceNotFoundException, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { load } from './support/compiled.mjs';
import { fakeModule } from './support/fake-engine.mjs';

const { Snowglobe } = await load('snowglobe.js');
const { installEngine } = await load('engine.js');
const { serve } = await load('server.js');
const { bodyBytesMax } = await load('body.js');

const module = fakeModule();
installEngine(() => module);
const open = async (options) => ({
  db: await Snowglobe.open({ storage: 'memory', ...options }),
  engine: module.engines.at(-1),
});
const target = { 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' };
const body = JSON.stringify({ TableName: 't', Key: { pk: { S: 'é' } } });

test('the unmodified AWS SDK works in the process', async () => {
  const { db, engine } = await open();
  const client = new DynamoDBClient(db.clientConfig());
  assert.deepEqual((await client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'é' } } }))).Item, {
    pk: { S: 'é' },
  });
  const [method, path, headers] = engine.log[0];
  assert.deepEqual(
    [method, path, headers['x-amz-target'], headers.authorization],
    ['POST', '/', 'DynamoDB_20120810.GetItem', undefined],
  );
  await assert.rejects(client.send(new ScanCommand({ TableName: 't' })), ResourceNotFoundException);
  const doc = DynamoDBDocumentClient.from(client);
  assert.deepEqual((await doc.send(new GetCommand({ TableName: 't', Key: { pk: 'x' } }))).Item, { pk: 'x' });
  client.destroy();
  await db.listTables();
});

test('with credentials the SDK signs', async () => {
  const { db, engine } = await open({ credentials: { AKIAX: 'secret' } });
  await new DynamoDBClient(db.clientConfig()).send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'x' } } }));
  assert.match(engine.log[0][2].authorization, /Credential=AKIAX\//);
});

test('a request handler takes bodies of every form and gives bytes', async () => {
  const { db, engine } = await open();
  const handler = db.requestHandler();
  const bytes = new TextEncoder().encode(body);
  const noStrings = Object.assign(new Uint8Array(bytes), {
    toString() {
      throw new Error('bytes are no text');
    },
  });
  for (const given of [body, bytes, Buffer.from(bytes), bytes.buffer, noStrings, new Blob([bytes])]) {
    const { response } = await handler.handle({
      method: 'POST',
      path: '/',
      headers: { 'X-Amz-Target': target['x-amz-target'] },
      body: given,
    });
    assert.equal(response.statusCode, 200);
    assert.ok(response.body instanceof Uint8Array);
    assert.deepEqual(JSON.parse(Buffer.from(response.body)), { Item: { pk: { S: 'é' } } });
  }
  await handler.handle({ method: 'GET', path: '/', headers: {}, query: { a: ['1', '2'], b: null, c: 'ü' } });
  assert.equal(engine.log.at(-1)[1], '/?a=1&a=2&b&c=%C3%BC');
  handler.destroy();
  assert.deepEqual(handler.httpHandlerConfigs(), {});
});

test('an abort rejects with AbortError, before and while waiting', async () => {
  const { db } = await open({ cluster: { network: { latencyMs: [60_000, 60_000] } } });
  const handler = db.requestHandler();
  const request = { method: 'POST', path: '/', headers: target, body };
  await assert.rejects(handler.handle(request, { abortSignal: AbortSignal.abort() }), { name: 'AbortError' });
  const controller = new AbortController();
  const pending = handler.handle(request, { abortSignal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(pending, { name: 'AbortError' });
  const old = { aborted: false, onabort: null };
  const waiting = handler.handle(request, { abortSignal: old });
  setTimeout(() => old.onabort(), 5);
  await assert.rejects(waiting, { name: 'AbortError' });
  await db.close();
});

test('fetch answers requests, compressed ones too', async () => {
  const { db, engine } = await open();
  const answer = await db.fetch(new Request('http://any.host/', { method: 'POST', headers: target, body }));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('x-amzn-requestid'), 'R');
  assert.deepEqual(await answer.json(), { Item: { pk: { S: 'é' } } });
  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ]) {
    const packed = await db.fetch(
      new Request('http://x/', { method: 'POST', headers: { ...target, 'content-encoding': encoding }, body: pack(body) }),
    );
    assert.deepEqual(await packed.json(), { Item: { pk: { S: 'é' } } });
  }
  for (const args of [
    ['http://x/', { method: 'POST', headers: target, body }],
    [new URL('http://x/'), { method: 'POST', headers: target, body }],
  ]) {
    assert.deepEqual(await (await db.fetch(...args)).json(), { Item: { pk: { S: 'é' } } });
  }
  await assert.rejects(db.fetch('nowhere'), TypeError);
  assert.match(await (await db.fetch(new Request('http://x/healthy?x=1'))).text(), /^healthy: /);
  assert.equal(engine.log.at(-1)[1], '/healthy?x=1');
  assert.equal(
    (await db.fetch(new Request('http://x/', { method: 'POST', body: new Uint8Array(bodyBytesMax + 1) }))).status,
    413,
  );
});

const started = async (options) => {
  const { db, engine } = await open(options?.open);
  const server = await serve(db.httpEndpoint(), { port: 0, ...options });
  return { db, engine, server };
};
/** A request whose path is sent as it is. */
const raw = (url, path, headers = {}) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    httpRequest({ hostname, port, path, headers, agent: false }, (response) => {
      const chunks = [];
      response
        .on('data', (chunk) => chunks.push(chunk))
        .on('end', () =>
          resolve({
            status: response.statusCode,
            type: response.headers['content-type'],
            text: Buffer.concat(chunks).toString(),
          }),
        );
    })
      .on('error', reject)
      .end();
  });

test('the server answers, unpacks, bounds and stops', async () => {
  const { db, server } = await started();
  const post = (headers, content) => fetch(server.url, { method: 'POST', headers: { ...target, ...headers }, body: content });
  assert.deepEqual(await (await post({}, body)).json(), { Item: { pk: { S: 'é' } } });
  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ]) {
    assert.equal((await post({ 'content-encoding': encoding }, pack(body))).status, 200, encoding);
  }
  assert.equal((await post({ 'content-encoding': 'gzip' }, gzipSync(new Uint8Array(bodyBytesMax + 1)))).status, 413);
  assert.match((await raw(server.url, '/')).text, /^healthy: /);
  const port = Number(new URL(server.url).port);
  await assert.rejects(serve(db.httpEndpoint(), { port }), { message: new RegExp(`^Port ${port} on 127.0.0.1 is in use`) });
  await server.stop();
  await assert.rejects(fetch(server.url));
});

test('a stop waits for the answers under way', async () => {
  const { server } = await started({ open: { cluster: { network: { latencyMs: [60, 60] } } } });
  const answer = fetch(server.url, { method: 'POST', headers: target, body });
  await new Promise((resolve) => setTimeout(resolve, 30));
  const stopped = server.stop();
  assert.equal((await answer).status, 200);
  await stopped;
});

test("the console's files are served to browsers and nothing beside them", async () => {
  const root = await mkdtemp(join(tmpdir(), 'snowglobe-'));
  const folder = join(root, 'console');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<p>console');
  await writeFile(join(folder, 'assets/app.js'), 'app');
  await writeFile(join(root, 'secret.txt'), 'secret');
  await symlink(join(root, 'secret.txt'), join(folder, 'link.txt'));
  const { server } = await started({ console: folder });
  assert.deepEqual(await raw(server.url, '/', { accept: 'text/html,*/*' }), {
    status: 200,
    type: 'text/html; charset=utf-8',
    text: '<p>console',
  });
  assert.match((await raw(server.url, '/', { accept: '*/*' })).text, /^healthy: /);
  assert.deepEqual(await raw(server.url, '/assets/app.js'), {
    status: 200,
    type: 'text/javascript; charset=utf-8',
    text: 'app',
  });
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/link.txt',
    '/%00',
    '/%ff',
    '//secret.txt',
  ]) {
    assert.match((await raw(server.url, path, { accept: 'text/html' })).text, /^healthy: /, path);
  }
  assert.equal((await fetch(server.url, { method: 'POST', headers: target, body })).status, 200);
  await server.stop();
});
