// What a database keeps from one life to the next, in every store that Node has.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DirectoryStorage, MemoryStorage, Snowglobe } from 'snowglobe';
import { movieTable } from '../../support/movies.mjs';
import { startServer } from '../../support/server.mjs';
import { CrashingStorage } from '../../support/storage.mjs';

const TABLE = {
  ...movieTable,
  AttributeDefinitions: [...movieTable.AttributeDefinitions, { AttributeName: 'released', AttributeType: 'S' }],
  LocalSecondaryIndexes: [
    {
      IndexName: 'by-date',
      KeySchema: [
        { AttributeName: 'year', KeyType: 'HASH' },
        { AttributeName: 'released', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
  DeletionProtectionEnabled: true,
};
const { TableName } = TABLE;

async function fill(db, from, to) {
  const doc = db.documentClient();
  for (let n = from; n < to; n += 1) {
    await doc.put({
      TableName,
      Item: {
        year: n % 10,
        title: `t${n}`,
        genre: `g${n % 3}`,
        released: `d${n}`,
        s: new Set([n, n + 1]),
        b: new Uint8Array(300).fill(n),
      },
    });
  }
}

/** Everything that can be read of a database. */
async function everything(db) {
  const doc = db.documentClient();
  const scans = {};
  for (const IndexName of [undefined, 'by-genre', 'by-date']) {
    const items = [];
    let ExclusiveStartKey;
    do {
      const page = await doc.scan({ TableName, IndexName, ExclusiveStartKey });
      items.push(...page.Items);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    scans[IndexName ?? 'table'] = items;
  }
  const { Table } = await db.describeTable({ TableName });
  return { scans, Table };
}

const folder = async (t) => {
  const path = await mkdtemp(join(tmpdir(), 'snowglobe-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
};

/** Each store as a function that opens it anew. */
const stores = {
  'a folder': async (t) => {
    const directory = await folder(t);
    return () => ({ directory });
  },
  'a folder as an adapter': async (t) => {
    const directory = await folder(t);
    return () => DirectoryStorage.open(directory);
  },
  memory: async () => {
    const storage = new MemoryStorage();
    return () => storage;
  },
  'an adapter of the caller’s': async () => {
    const storage = new CrashingStorage();
    return () => storage;
  },
  'an adapter that takes 300 bytes a value': async () => {
    const storage = new CrashingStorage({ maxValueBytes: 300 });
    return () => storage;
  },
};

for (const [title, make] of Object.entries(stores)) {
  test(`${title}: what was there at close is there when opened again, and goes on`, async (t) => {
    const store = await make(t);
    const options = async () => ({ name: 'shop', storage: await store(), seed: 5 });
    const first = await Snowglobe.open(await options());
    await first.createTable(TABLE);
    await fill(first, 0, 100);
    const before = await everything(first);
    await first.close();
    const second = await Snowglobe.open(await options());
    assert.deepEqual(await everything(second), before);
    await fill(second, 100, 150);
    const later = await everything(second);
    await second.close();
    const third = await Snowglobe.open(await options());
    assert.deepEqual(await everything(third), later);
    assert.equal(later.scans.table.length, 150);
    await third.close();
  });

  test(`${title}: databases of different names in one store share nothing`, async (t) => {
    const store = await make(t);
    for (const name of ['one', 'one/two', 'two']) {
      const db = await Snowglobe.open({ name, storage: await store() });
      assert.deepEqual((await db.listTables({})).TableNames, [], name);
      await db.createTable({ ...TABLE, TableName: `of-${name.replace('/', '-')}` });
      await db.close();
    }
    for (const name of ['one', 'one/two', 'two']) {
      const db = await Snowglobe.open({ name, storage: await store() });
      assert.deepEqual((await db.listTables({})).TableNames, [`of-${name.replace('/', '-')}`]);
      await db.close();
    }
  });
}

test('flush makes durable what was answered, without a close', async () => {
  const storage = new CrashingStorage({ maxValueBytes: 1000 });
  const db = await Snowglobe.open({ storage });
  await db.createTable(TABLE);
  await fill(db, 0, 30);
  await db.flush();
  const before = await everything(db);
  const again = await Snowglobe.open({ storage: storage.recover() });
  assert.deepEqual(await everything(again), before);
  await Promise.all([db.close(), again.close()]);
});

test('an adapter is never handed more than it takes, and old snapshots do not pile up', async () => {
  const storage = new CrashingStorage({ maxValueBytes: 500 });
  const db = await Snowglobe.open({ storage });
  await db.createTable(TABLE);
  const sizes = [];
  for (let round = 0; round < 6; round += 1) {
    await fill(db, round * 10, round * 10 + 10);
    await db.flush();
    sizes.push(storage.entries.size);
  }
  await db.close();
  // At most the newest snapshot and the one before are kept: about twice one snapshot's chunks, not six times.
  const once = new CrashingStorage({ maxValueBytes: 500 });
  const copy = await Snowglobe.open({ storage: storage.recover() });
  const bytes = await copy.snapshot();
  await copy.close();
  assert.ok(sizes.at(-1) < 3 * (bytes.length / 400) + 4, `${sizes} entries for ${bytes.length} bytes`);
  assert.equal(once.entries.size, 0);
});

test('one folder has one owner at a time', async (t) => {
  const directory = await folder(t);
  const first = await Snowglobe.open({ storage: { directory } });
  await assert.rejects(Snowglobe.open({ storage: { directory } }), Error);
  await first.close();
  const second = await Snowglobe.open({ storage: { directory } });
  await second.close();
});

test('snowglobe serve --data keeps its data over a restart', async (t) => {
  const directory = await folder(t);
  const use = async (work) => {
    const server = await startServer('--data', directory);
    const dynamo = new DynamoDB({
      endpoint: server.endpoint,
      region: 'local-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const result = await work(dynamo);
    dynamo.destroy();
    assert.deepEqual(await server.stop(), { code: 0, signal: null }, server.complaints());
    return result;
  };
  await use(async (dynamo) => {
    await dynamo.createTable(TABLE);
    for (let n = 0; n < 20; n += 1) await dynamo.putItem({ TableName, Item: { year: { N: '1' }, title: { S: `t${n}` } } });
  });
  const items = await use(async (dynamo) => {
    const { Items } = await dynamo.scan({ TableName });
    await dynamo.deleteItem({ TableName, Key: { year: { N: '1' }, title: { S: 't0' } } });
    return Items.length;
  });
  assert.equal(items, 20);
  assert.equal(await use(async (dynamo) => (await dynamo.scan({ TableName })).Count), 19);
});

test('a process that is killed leaves a folder that opens: its last snapshot, whole', async (t) => {
  const directory = await folder(t);
  const program = `
    import { Snowglobe } from ${JSON.stringify(import.meta.resolve('snowglobe'))};
    const db = await Snowglobe.open({ storage: { directory: ${JSON.stringify(directory)} } });
    await db.createTable({ TableName: 'Thing', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] });
    const doc = db.documentClient();
    for (let id = 0; ; id += 1) {
      await doc.put({ TableName: 'Thing', Item: { id } });
      await db.flush();
      process.stdout.write(id + '\\n');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let acknowledged = -1;
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
    const lines = text.split('\n');
    text = lines.pop();
    if (lines.length) acknowledged = Number(lines.at(-1));
    if (acknowledged >= 15) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const db = await Snowglobe.open({ storage: { directory } });
  const ids = (await db.documentClient().scan({ TableName: 'Thing' })).Items.map(({ id }) => id).sort((a, b) => a - b);
  await db.close();
  assert.ok(ids.length > acknowledged, `${ids.length} items, ${acknowledged + 1} flushes acknowledged`);
  assert.deepEqual(
    ids,
    ids.map((_, n) => n),
  );
  assert.ok((await readdir(directory)).length > 0);
});

test('a lock that a dead process has left is none, even if this process has the same id', async (t) => {
  const directory = await folder(t);
  const lock = join(directory, 'LOCK');
  const first = await Snowglobe.open({ storage: { directory } });
  const held = JSON.parse(await readFile(lock, 'utf8'));
  assert.deepEqual([held.pid, held.host], [process.pid, hostname()]);
  await first.close();
  // The first process of a container has the same id every time.
  await writeFile(lock, JSON.stringify({ ...held, started: held.started - 60_000 }));
  await (await Snowglobe.open({ storage: { directory } })).close();
  await writeFile(lock, '');
  await (await Snowglobe.open({ storage: { directory } })).close();
});

test('a lock of another machine holds, and the refusal says what to do', async (t) => {
  const directory = await folder(t);
  await (await Snowglobe.open({ storage: { directory } })).close();
  const lock = join(directory, 'LOCK');
  await writeFile(lock, JSON.stringify({ pid: process.pid, host: 'elsewhere', started: 0 }));
  await assert.rejects(Snowglobe.open({ storage: { directory } }), (error) => {
    assert.equal(
      error.message,
      `the database folder ${directory} is in use by process ${process.pid} on elsewhere. If that is not so any more, delete ${lock}`,
    );
    return true;
  });
  await rm(lock);
  await (await Snowglobe.open({ storage: { directory } })).close();
});

test('a snapshot is restored into a storage, where it lives on', async (t) => {
  const directory = await folder(t);
  const original = await Snowglobe.open({ storage: 'memory', seed: 5 });
  await original.createTable(TABLE);
  await fill(original, 0, 20);
  const bytes = await original.snapshot();
  const before = await everything(original);
  await original.close();
  const options = { name: 'copy', storage: { directory }, seed: 5 };
  const restored = await Snowglobe.restore(bytes, options);
  // It is there before anything else has happened: nobody has to close it for that.
  assert.ok((await readdir(directory, { recursive: true })).some((name) => name.includes('copy')));
  assert.deepEqual(await everything(restored), before);
  await fill(restored, 20, 25);
  await restored.close();
  await assert.rejects(Snowglobe.restore(bytes, options), /there is a database "copy" in this storage already/);
  const again = await Snowglobe.open(options);
  assert.equal((await everything(again)).scans.table.length, 25, 'the refused one has changed nothing and left no lock');
  await again.close();
  await assert.rejects(Snowglobe.restore(bytes.slice(1), { ...options, name: 'torn' }), Error);
  await (await Snowglobe.open({ ...options, name: 'torn' })).close();
  await assert.rejects(Snowglobe.restore(bytes, { storage: 'disk' }), TypeError);
});

/** What other stores say when there is nothing, and other forms of bytes. */
const dialects = {
  'null for nothing': (value) => value ?? null,
  buffers: (value) => value && Buffer.from(value),
  'array buffers': (value) => value?.slice().buffer,
};
for (const [title, say] of Object.entries(dialects)) {
  test(`an adapter that gives ${title} does as well`, async () => {
    const storage = new MemoryStorage();
    const get = storage.get.bind(storage);
    storage.get = async (key) => say(await get(key));
    const first = await Snowglobe.open({ storage });
    await first.createTable(TABLE);
    await fill(first, 0, 3);
    await first.close();
    const second = await Snowglobe.open({ storage });
    assert.equal((await everything(second)).scans.table.length, 3);
    await second.close();
    // A manifest without its chunks is a torn snapshot, whatever the store says in their place.
    for (const key of await storage.list('')) if (key.includes('chunk')) await storage.delete(key);
    await assert.rejects(Snowglobe.open({ storage }), /chunk 0 of the stored data is missing/);
  });
}

test('an adapter that answers something else is told what it should', async () => {
  const storage = new MemoryStorage();
  await (await Snowglobe.open({ storage })).close();
  const { get, list } = storage;
  storage.get = async () => 'text';
  await assert.rejects(Snowglobe.open({ storage }), /the storage's get\(\) gave a string for .*; it must give bytes/);
  storage.get = get;
  storage.list = async () => new Set();
  await assert.rejects(Snowglobe.open({ storage }), /the storage's list\(\) gave a object; it must give a list of keys/);
  storage.list = list;
  await (await Snowglobe.open({ storage })).close();
});

test('two who have one database open through an adapter: what the first has saved is not overwritten by the second', async () => {
  const storage = new MemoryStorage();
  await (await Snowglobe.open({ storage })).close();
  const [first, second] = [await Snowglobe.open({ storage }), await Snowglobe.open({ storage })];
  await first.createTable(TABLE);
  await fill(first, 0, 3);
  await first.flush();
  await second.createTable({ ...TABLE, TableName: 'Other' });
  const told = /was saved by somebody else since it was opened here; nothing was overwritten/;
  await assert.rejects(second.flush(), told);
  await fill(first, 3, 5);
  await first.close();
  await assert.rejects(second.close(), told);
  const third = await Snowglobe.open({ storage });
  assert.equal((await everything(third)).scans.table.length, 5);
  await third.close();
});
