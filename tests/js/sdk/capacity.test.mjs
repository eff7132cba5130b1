// Consumed capacity, to the unit: what reads and writes cost on tables and on their indexes, and which arms a report has.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { attribute, key } from '../../support/definitions.mjs';
import { withSdk } from '../../support/region.mjs';

/** Text that makes an item of `bytes` with a key `id` of one character and the text in `t`. */
const filler = (bytes) => 'x'.repeat(bytes - 'id'.length - 1 - 't'.length);

withSdk('consumed capacity of a table', (region) => {
  let TableName;
  const sizes = { a: 100, b: 1024, c: 1025, d: 4096, e: 4097, f: 9000 };
  before(async () => {
    TableName = await region.table();
    for (const [id, size] of Object.entries(sizes)) await region.documents.put({ TableName, Item: { id, t: filler(size) } });
  });
  const total = { ReturnConsumedCapacity: 'TOTAL' };
  const units = async (answer) => {
    const { ConsumedCapacity } = await answer;
    assert.deepEqual(Object.keys(ConsumedCapacity).sort(), ['CapacityUnits', 'TableName']);
    assert.equal(ConsumedCapacity.TableName, TableName);
    return ConsumedCapacity.CapacityUnits;
  };

  test('a report comes only when asked for', async () => {
    for (const ReturnConsumedCapacity of [undefined, 'NONE']) {
      const answer = await region.documents.get({ TableName, Key: { id: 'a' }, ReturnConsumedCapacity });
      assert.equal(answer.ConsumedCapacity, undefined);
    }
  });

  test('INDEXES adds the table arm', async () => {
    const { ConsumedCapacity } = await region.documents.get({ TableName, Key: { id: 'a' }, ReturnConsumedCapacity: 'INDEXES' });
    assert.deepEqual(ConsumedCapacity, { TableName, CapacityUnits: 0.5, Table: { CapacityUnits: 0.5 } });
  });

  test('a get costs its item in steps of 4 KB, half as much when it need not be consistent', async () => {
    const get = (id, ConsistentRead) => units(region.documents.get({ TableName, Key: { id }, ConsistentRead, ...total }));
    const costs = {};
    for (const id of [...Object.keys(sizes), 'z']) costs[id] = [await get(id, false), await get(id, true)];
    assert.deepEqual(costs, { a: [0.5, 1], b: [0.5, 1], c: [0.5, 1], d: [0.5, 1], e: [1, 2], f: [1.5, 3], z: [0.5, 1] });
  });

  test('a projection is no discount', async () => {
    assert.equal(await units(region.documents.get({ TableName, Key: { id: 'f' }, ProjectionExpression: 'id', ...total })), 1.5);
  });

  test('a put costs the larger of what was and what is, in steps of 1 KB', async () => {
    const put = (size) => units(region.documents.put({ TableName, Item: { id: 'p', t: filler(size) }, ...total }));
    const costs = [];
    for (const size of [100, 1024, 1025, 4096, 100, 100]) costs.push(await put(size));
    assert.deepEqual(costs, [1, 1, 2, 4, 4, 1]);
  });

  test('a delete costs what it deletes, and one unit when there is nothing', async () => {
    const remove = () => units(region.documents.delete({ TableName, Key: { id: 'q' }, ...total }));
    assert.equal(await remove(), 1);
    await region.documents.put({ TableName, Item: { id: 'q', t: filler(3000) } });
    assert.equal(await remove(), 3);
    assert.equal(await remove(), 1);
  });

  test('an update costs the larger of before and after', async () => {
    await region.documents.put({ TableName, Item: { id: 'u', t: filler(2000) } });
    const update = (bytes) =>
      units(
        region.documents.update({
          TableName,
          Key: { id: 'u' },
          UpdateExpression: 'SET t = :t',
          ExpressionAttributeValues: { ':t': filler(bytes) },
          ...total,
        }),
      );
    assert.equal(await update(5000), 5);
    assert.equal(await update(100), 5);
    assert.equal(await update(100), 1);
  });

  test('Query and Scan sum what they evaluate and round once', async () => {
    const table = await region.table({
      AttributeDefinitions: [attribute('p'), attribute('s')],
      KeySchema: [key('p'), key('s', 'RANGE')],
    });
    for (const s of ['1', '2', '3']) await region.documents.put({ TableName: table, Item: { p: 'x', s, t: 'y'.repeat(1994) } });
    const cost = async (answer) => (await answer).ConsumedCapacity.CapacityUnits;
    const input = {
      TableName: table,
      KeyConditionExpression: 'p = :p',
      ExpressionAttributeValues: { ':p': 'x' },
      ...total,
    };
    // Three items of 2,000 bytes are 6,000: two steps.
    assert.equal(await cost(region.documents.query(input)), 1);
    assert.equal(await cost(region.documents.query({ ...input, ConsistentRead: true })), 2);
    assert.equal(await cost(region.documents.query({ ...input, Select: 'COUNT' })), 1);
    assert.equal(await cost(region.documents.query({ ...input, Limit: 1 })), 0.5);
    assert.equal(await cost(region.documents.query({ ...input, FilterExpression: 's2 = :p' })), 1);
    assert.equal(await cost(region.documents.query({ ...input, ExpressionAttributeValues: { ':p': 'none' } })), 0.5);
    assert.equal(await cost(region.documents.scan({ TableName: table, ...total })), 1);
    assert.equal(await cost(region.documents.scan({ TableName: table, ConsistentRead: true, ...total })), 2);
  });

  test('batches report by table, each item rounded by itself', async () => {
    const other = await region.table();
    const writes = await region.documents.batchWrite({
      RequestItems: {
        [TableName]: [{ PutRequest: { Item: { id: 'w', t: filler(1500) } } }, { DeleteRequest: { Key: { id: 'nothing' } } }],
        [other]: [{ PutRequest: { Item: { id: 'w' } } }],
      },
      ...total,
    });
    const byTable = (list) => Object.fromEntries(list.map((one) => [one.TableName, one.CapacityUnits]));
    assert.deepEqual(byTable(writes.ConsumedCapacity), { [TableName]: 3, [other]: 1 });
    const reads = await region.documents.batchGet({
      RequestItems: {
        [TableName]: { Keys: [{ id: 'a' }, { id: 'e' }, { id: 'nothing' }] },
        [other]: { Keys: [{ id: 'w' }], ConsistentRead: true },
      },
      ReturnConsumedCapacity: 'INDEXES',
    });
    assert.deepEqual(byTable(reads.ConsumedCapacity), { [TableName]: 2, [other]: 1 });
    assert.deepEqual(
      reads.ConsumedCapacity.find((one) => one.TableName === other),
      {
        TableName: other,
        CapacityUnits: 1,
        Table: { CapacityUnits: 1 },
      },
    );
  });
});

withSdk('consumed capacity of indexes', (region) => {
  let TableName;
  before(async () => {
    TableName = await region.table({
      AttributeDefinitions: [attribute('p'), attribute('s'), attribute('l'), attribute('g')],
      KeySchema: [key('p'), key('s', 'RANGE')],
      LocalSecondaryIndexes: [
        { IndexName: 'local', KeySchema: [key('p'), key('l', 'RANGE')], Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
      GlobalSecondaryIndexes: [
        { IndexName: 'global', KeySchema: [key('g')], Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['kept'] } },
      ],
    });
  });

  /** A report as `{total, table, local, global}`; arms that are absent stay absent. */
  const arms = ({ CapacityUnits, Table, LocalSecondaryIndexes, GlobalSecondaryIndexes, ...rest }) => {
    assert.deepEqual(rest, { TableName });
    return {
      total: CapacityUnits,
      table: Table.CapacityUnits,
      ...(LocalSecondaryIndexes && { local: LocalSecondaryIndexes.local.CapacityUnits }),
      ...(GlobalSecondaryIndexes && { global: GlobalSecondaryIndexes.global.CapacityUnits }),
    };
  };
  const cost = async (answer) => arms((await answer).ConsumedCapacity);
  const asked = { ReturnConsumedCapacity: 'INDEXES' };

  test('writes follow the change of the entry that the index keeps', async () => {
    const put = (attributes) => cost(region.documents.put({ TableName, Item: { p: 'w', s: '1', ...attributes }, ...asked }));
    const steps = [
      ['no index key', {}, { total: 1, table: 1 }],
      ['an entry appears in the local index', { l: 'a' }, { total: 2, table: 1, local: 1 }],
      ['and in the global one; the local one is unchanged', { l: 'a', g: 'b' }, { total: 2, table: 1, global: 1 }],
      ['only what no index projects changes', { l: 'a', g: 'b', note: 1 }, { total: 1, table: 1 }],
      ['a projected attribute changes', { l: 'a', g: 'b', kept: 'k' }, { total: 2, table: 1, global: 1 }],
      [
        'index keys change: a delete and an insert each',
        { l: 'c', g: 'd', kept: 'k' },
        { total: 5, table: 1, local: 2, global: 2 },
      ],
      ['a projected attribute grows past 1 KB', { l: 'c', g: 'd', kept: 'k'.repeat(1500) }, { total: 4, table: 2, global: 2 }],
      ['a big entry moves', { l: 'c', g: 'e', kept: 'k'.repeat(1500) }, { total: 6, table: 2, global: 4 }],
      ['entries disappear', {}, { total: 5, table: 2, local: 1, global: 2 }],
    ];
    const seen = [];
    for (const [title, attributes] of steps) seen.push([title, attributes, await put(attributes)]);
    assert.deepEqual(seen, steps);
    await put({ l: 'a', g: 'b' });
    assert.deepEqual(await cost(region.documents.delete({ TableName, Key: { p: 'w', s: '1' }, ...asked })), {
      total: 3,
      table: 1,
      local: 1,
      global: 1,
    });
  });

  test('an update likewise', async () => {
    await region.documents.put({ TableName, Item: { p: 'v', s: '1', l: 'a', g: 'b', set: new Set(['x', 'y']) } });
    const update = (UpdateExpression, ExpressionAttributeValues) =>
      cost(
        region.documents.update({ TableName, Key: { p: 'v', s: '1' }, UpdateExpression, ExpressionAttributeValues, ...asked }),
      );
    assert.deepEqual(await update('SET note = :n', { ':n': 1 }), { total: 1, table: 1 });
    assert.deepEqual(await update('SET g = :g', { ':g': 'z' }), { total: 3, table: 1, global: 2 });
    assert.deepEqual(await update('REMOVE l'), { total: 2, table: 1, local: 1 });
  });

  test('TOTAL includes the indexes without naming them', async () => {
    const { ConsumedCapacity } = await region.documents.put({
      TableName,
      Item: { p: 't', s: '1', l: 'a', g: 'b' },
      ReturnConsumedCapacity: 'TOTAL',
    });
    assert.deepEqual(ConsumedCapacity, { TableName, CapacityUnits: 3 });
  });

  test('reads cost on the index, and on the table what is fetched from it', async () => {
    for (const s of ['1', '2', '3']) {
      await region.documents.put({ TableName, Item: { p: 'r', s, l: s, g: 'r', kept: 'k', note: 'n' } });
    }
    const local = (rest) =>
      cost(
        region.documents.query({
          TableName,
          IndexName: 'local',
          KeyConditionExpression: 'p = :p',
          ExpressionAttributeValues: { ':p': 'r' },
          ...asked,
          ...rest,
        }),
      );
    assert.deepEqual(await local({}), { total: 0.5, table: 0, local: 0.5 });
    assert.deepEqual(await local({ ConsistentRead: true }), { total: 1, table: 0, local: 1 });
    assert.deepEqual(await local({ Select: 'ALL_ATTRIBUTES' }), { total: 2, table: 1.5, local: 0.5 });
    assert.deepEqual(await local({ Select: 'ALL_ATTRIBUTES', ConsistentRead: true }), { total: 4, table: 3, local: 1 });
    const global = await cost(
      region.documents.query({
        TableName,
        IndexName: 'global',
        KeyConditionExpression: 'g = :g',
        ExpressionAttributeValues: { ':g': 'r' },
        ...asked,
      }),
    );
    assert.deepEqual(global, { total: 0.5, table: 0, global: 0.5 });
    const scan = await cost(region.documents.scan({ TableName, IndexName: 'global', ...asked }));
    assert.deepEqual(scan, { total: 0.5, table: 0, global: 0.5 });
  });
});
