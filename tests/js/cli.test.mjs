// The command `snowglobe`: what it says, how it ends, and that it does what its options ask for.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Snowglobe } from 'snowglobe';
import { cli, packageRoot } from '../support/package.mjs';
import { startServer } from '../support/server.mjs';

/** Runs the command to its end. */
const run = (...args) =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });

const client = ({ endpoint }) =>
  new DynamoDB({ endpoint, region: 'eu-west-9', credentials: { accessKeyId: 'cli', secretAccessKey: 'cli' } });
const table = (TableName) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});

describe('the command', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'snowglobe-cli-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('says how it is used', async () => {
    for (const args of [[], ['--help'], ['-h'], ['serve', '--help']]) {
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stderr], [0, ''], args.join(' '));
      assert.match(stdout, /^Usage: snowglobe serve \[options\]$/m);
    }
    assert.match((await run('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  test('refuses what it does not know, with a word on it', async () => {
    const refused = [
      [['start'], /^snowglobe: There is no command 'start'\n/],
      [['serve', 'more'], /^snowglobe: There is no command 'serve more'\n/],
      [['--port', '5'], /^snowglobe: Say what to do: 'snowglobe serve'/],
      [['serve', '--colour'], /^snowglobe: Unknown option '--colour'\.\n/],
      [['serve', '--port', 'x'], /^snowglobe: --port takes an integer from 0 to 65535, not 'x'\n/],
      [['serve', '--port', '65536'], /^snowglobe: --port takes an integer/],
      [['serve', '--port'], /^snowglobe: Option '--port <value>' argument missing\n/],
      [['serve', '--data', ''], /^snowglobe: --data takes the name of a folder\n/],
      [['serve', '--name', ''], /^snowglobe: --name takes the name of a database\n/],
      [['serve', '--data', 'x', '--memory'], /^snowglobe: --memory and --data exclude each other\n/],
      [['serve', '--seed', '-1'], /^snowglobe: Option '--seed' argument is ambiguous/],
      [['serve', '--latency', '5-1'], /^snowglobe: --latency takes milliseconds such as 5 or 1-20, not '5-1'\n/],
      [['serve', '--access-key', 'id'], /^snowglobe: --access-key takes ID:SECRET\n/],
      [['serve', '--console', '/no/such/folder'], /^snowglobe: --console: there is no folder/],
    ];
    for (const [args, message] of refused) {
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, message);
      assert.match(stderr, /Try 'snowglobe --help'\.\n$/);
    }
  });

  test('says why it cannot serve', async () => {
    const server = await startServer('--memory');
    const port = new URL(server.endpoint).port;
    const file = join(folder, 'file');
    await writeFile(file, '');
    const failures = [
      [
        ['--port', port],
        new RegExp(`^snowglobe: Port ${port} on 127.0.0.1 is in use: stop what listens there or choose another`),
      ],
      [['--port', '0', '--host', '192.0.2.1'], /^snowglobe: 192.0.2.1 is no address of this machine/],
      [['--port', '0', '--data', file], /^snowglobe: the database folder .* cannot be made: ENOTDIR/],
      [['--port', '0', '--region', 'US East'], /^snowglobe: region is 'US East'; it must be a name such as us-east-1\n/],
    ];
    for (const [args, message] of failures) {
      const { code, stdout, stderr } = await run('serve', ...args);
      assert.deepEqual([code, stdout], [1, ''], args.join(' '));
      assert.match(stderr, message);
    }
    await server.stop();
  });

  for (const signal of ['SIGTERM', 'SIGINT']) {
    test(`--data keeps what was written, over a ${signal}`, async () => {
      const data = join(folder, signal);
      const first = await startServer('--data', data);
      const dynamo = client(first);
      await dynamo.createTable(table('Kept'));
      await dynamo.putItem({ TableName: 'Kept', Item: { id: { S: 'a' } } });
      assert.deepEqual(await first.stop(signal), { code: 0, signal: null });
      assert.equal(first.complaints(), '');
      const second = await startServer('--data', data);
      assert.deepEqual((await client(second).scan({ TableName: 'Kept' })).Items, [{ id: { S: 'a' } }]);
      const { code, stderr } = await run('serve', '--port', '0', '--data', data);
      assert.equal(code, 1);
      assert.match(stderr, /^snowglobe: the database folder .* is in use by process \d+\. If that is not so any more, delete /);
      await second.stop(signal);
    });
  }

  test('--name serves a database that an application keeps in the folder', async () => {
    const data = join(folder, 'named');
    const db = await Snowglobe.open({ name: 'shop', storage: { directory: data } });
    await db.createTable(table('Kept'));
    await db.close();
    for (const [args, tables] of [
      [['--name', 'shop'], ['Kept']],
      [[], []],
    ]) {
      const server = await startServer('--data', data, ...args);
      assert.deepEqual((await client(server).listTables()).TableNames, tables);
      await server.stop();
    }
  });

  test('where nobody has said where the data is to be, it says that it will be gone', async () => {
    for (const [args, isTold] of [
      [[], true],
      [['--memory'], false],
      [['--data', join(folder, 'told')], false],
    ]) {
      const server = await startServer(...args);
      await server.stop();
      const told = ['The data is in memory and goes with this process; --data DIR keeps it.'];
      assert.deepEqual(server.said().slice(1), isTold ? told : [], args.join(' '));
    }
  });

  test('a process that was killed leaves a folder that opens', async () => {
    const data = join(folder, 'killed');
    const first = await startServer('--data', data);
    await client(first).createTable(table('Kept'));
    await first.stop('SIGKILL');
    const second = await startServer('--data', data);
    await client(second).listTables();
    assert.deepEqual(await second.stop(), { code: 0, signal: null });
  });

  test('regions, keys, latency and the page are as the options say', async () => {
    const options = ['--memory', '--region', 'eu-west-9', '--seed', '5', '--latency', '1-3', '--access-key', 'cli:cli'];
    const server = await startServer(...options, '--console', packageRoot);
    const { TableDescription } = await client(server).createTable(table('Kept'));
    assert.match(TableDescription.TableArn, /^arn:aws:dynamodb:eu-west-9:\d{12}:table\/Kept$/);
    const stranger = new DynamoDB({
      endpoint: server.endpoint,
      region: 'eu-west-9',
      credentials: { accessKeyId: 'cli', secretAccessKey: 'other' },
    });
    await assert.rejects(stranger.listTables(), { name: 'InvalidSignatureException' });
    assert.equal(await (await fetch(server.endpoint)).text(), 'healthy: dynamodb.eu-west-9.amazonaws.com ');
    assert.equal((await (await fetch(`${server.endpoint}/package.json`)).json()).name, 'snowglobe');
    await server.stop();
    const bare = await startServer('--console', 'none');
    const page = await fetch(bare.endpoint, { headers: { accept: 'text/html' } });
    assert.match(await page.text(), /^healthy: /);
    await bare.stop();
  });
});
