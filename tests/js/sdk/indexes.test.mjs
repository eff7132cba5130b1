// Secondary indexes through the AWS SDK: local ones, global ones with one key attribute or several, their projections, and indexes that come
// and go with UpdateTable.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { withSdk } from '../../support/region.mjs';

const key = (name, KeyType = 'HASH') => ({ AttributeName: name, KeyType });
const attribute = (AttributeName, AttributeType = 'S') => ({ AttributeName, AttributeType });
const ALL = { ProjectionType: 'ALL' };
const KEYS_ONLY = { ProjectionType: 'KEYS_ONLY' };
const include = (...NonKeyAttributes) => ({ ProjectionType: 'INCLUDE', NonKeyAttributes });

withSdk('local indexes', (region) => {
  let TableName;
  before(async () => {
    const local = (IndexName, name, Projection) => ({ IndexName, KeySchema: [key('p'), key(name, 'RANGE')], Projection });
    TableName = await region.table({
      AttributeDefinitions: [attribute('p'), attribute('s'), attribute('rank', 'N')],
      KeySchema: [key('p'), key('s', 'RANGE')],
      LocalSecondaryIndexes: [
        local('all', 'rank', ALL),
        local('keys', 'rank', KEYS_ONLY),
        local('some', 'rank', include('title')),
      ],
    });
    const rows = [
      ['a', 3],
      ['b', 1],
      ['c', undefined],
      ['d', 2],
      ['e', 2],
    ];
    for (const [s, rank] of rows)
      await region.documents.put({ TableName, Item: { p: 'x', s, rank, title: `t${s}`, note: 'n' } });
    await region.documents.put({ TableName, Item: { p: 'y', s: 'z', rank: 9 } });
  });
  const query = (IndexName, rest = {}) =>
    region.documents.query({
      TableName,
      IndexName,
      KeyConditionExpression: 'p = :p',
      ExpressionAttributeValues: { ':p': 'x' },
      ...rest,
    });

  test('hold the items that have the sort key, in its order, the table key breaking ties', async () => {
    const { Items, Count } = await query('all');
    assert.deepEqual(
      Items.map(({ s }) => s),
      ['b', 'd', 'e', 'a'],
    );
    assert.equal(Count, 4);
    assert.deepEqual(Items[0], { p: 'x', s: 'b', rank: 1, title: 'tb', note: 'n' });
    const backward = await query('all', { ScanIndexForward: false });
    assert.deepEqual(
      backward.Items.map(({ s }) => s),
      ['a', 'e', 'd', 'b'],
    );
  });

  test('give what they project, and fetch the rest when asked', async () => {
    assert.deepEqual((await query('keys')).Items[0], { p: 'x', s: 'b', rank: 1 });
    assert.deepEqual((await query('some')).Items[0], { p: 'x', s: 'b', rank: 1, title: 'tb' });
    assert.deepEqual((await query('keys', { Select: 'ALL_ATTRIBUTES' })).Items[0], {
      p: 'x',
      s: 'b',
      rank: 1,
      title: 'tb',
      note: 'n',
    });
    assert.deepEqual((await query('keys', { Select: 'ALL_PROJECTED_ATTRIBUTES' })).Items[0], { p: 'x', s: 'b', rank: 1 });
    assert.deepEqual((await query('keys', { ProjectionExpression: 'note' })).Items[0], { note: 'n' });
  });

  test('are read consistently, paged by both keys, and scanned', async () => {
    const first = await query('all', { Limit: 2, ConsistentRead: true });
    assert.deepEqual(first.LastEvaluatedKey, { p: 'x', s: 'd', rank: 2 });
    const second = await query('all', { Limit: 2, ExclusiveStartKey: first.LastEvaluatedKey });
    assert.deepEqual(
      second.Items.map(({ s }) => s),
      ['e', 'a'],
    );
    const { Items } = await region.documents.scan({ TableName, IndexName: 'keys' });
    assert.deepEqual(Items.map(({ s }) => s).sort(), ['a', 'b', 'd', 'e', 'z']);
  });

  test('take a condition on their sort key', async () => {
    const { Items } = await query('all', {
      KeyConditionExpression: 'p = :p AND #rank BETWEEN :a AND :b',
      ExpressionAttributeNames: { '#rank': 'rank' },
      ExpressionAttributeValues: { ':p': 'x', ':a': 2, ':b': 3 },
    });
    assert.deepEqual(
      Items.map(({ s }) => s),
      ['d', 'e', 'a'],
    );
  });

  test('follow updates and deletes at once', async () => {
    const Key = { p: 'moving', s: '1' };
    const entries = async () =>
      (
        await region.documents.query({
          TableName,
          IndexName: 'some',
          KeyConditionExpression: 'p = :p',
          ExpressionAttributeValues: { ':p': 'moving' },
          ConsistentRead: true,
        })
      ).Items;
    const set = (UpdateExpression, values) =>
      region.documents.update({
        TableName,
        Key,
        UpdateExpression,
        ...(UpdateExpression.includes('#rank') ? { ExpressionAttributeNames: { '#rank': 'rank' } } : {}),
        ...(values ? { ExpressionAttributeValues: values } : {}),
      });
    await set('SET title = :t', { ':t': 'one' });
    assert.deepEqual(await entries(), []);
    await set('SET #rank = :r', { ':r': 5 });
    assert.deepEqual(await entries(), [{ ...Key, rank: 5, title: 'one' }]);
    await set('SET #rank = :r, title = :t', { ':r': 6, ':t': 'two' });
    assert.deepEqual(await entries(), [{ ...Key, rank: 6, title: 'two' }]);
    await set('REMOVE #rank');
    assert.deepEqual(await entries(), []);
    await set('SET #rank = :r', { ':r': 5 });
    await region.documents.delete({ TableName, Key });
    assert.deepEqual(await entries(), []);
  });

  test('report the size of the item collection that a write touched', async () => {
    const write = { TableName, ReturnItemCollectionMetrics: 'SIZE' };
    const { ItemCollectionMetrics } = await region.documents.put({ ...write, Item: { p: 'metrics', s: '1' } });
    assert.deepEqual(ItemCollectionMetrics, { ItemCollectionKey: { p: 'metrics' }, SizeEstimateRangeGB: [0, 1] });
    const updated = await region.documents.update({ ...write, Key: { p: 'metrics', s: '1' } });
    assert.deepEqual(updated.ItemCollectionMetrics.ItemCollectionKey, { p: 'metrics' });
    const deleted = await region.documents.delete({ ...write, Key: { p: 'metrics', s: '1' } });
    assert.deepEqual(deleted.ItemCollectionMetrics.ItemCollectionKey, { p: 'metrics' });
    const batch = await region.documents.batchWrite({
      RequestItems: { [TableName]: [{ PutRequest: { Item: { p: 'metrics', s: '2' } } }] },
      ReturnItemCollectionMetrics: 'SIZE',
    });
    assert.deepEqual(batch.ItemCollectionMetrics, {
      [TableName]: [{ ItemCollectionKey: { p: 'metrics' }, SizeEstimateRangeGB: [0, 1] }],
    });
    const plain = await region.table();
    const none = await region.documents.put({ TableName: plain, Item: { id: 'a' }, ReturnItemCollectionMetrics: 'SIZE' });
    assert.equal(none.ItemCollectionMetrics, undefined);
  });
});

withSdk('global indexes', (region) => {
  let TableName;
  before(async () => {
    TableName = await region.table({
      AttributeDefinitions: [attribute('id'), attribute('genre'), attribute('year', 'N')],
      GlobalSecondaryIndexes: [
        { IndexName: 'all', KeySchema: [key('genre'), key('year', 'RANGE')], Projection: ALL },
        { IndexName: 'keys', KeySchema: [key('genre')], Projection: KEYS_ONLY },
        { IndexName: 'some', KeySchema: [key('genre'), key('year', 'RANGE')], Projection: include('title') },
      ],
    });
    const rows = [
      ['1', 'jazz', 1959],
      ['2', 'jazz', 1959],
      ['3', 'jazz', 1965],
      ['4', 'folk', 1970],
      ['5', undefined, 1971],
      ['6', 'jazz', undefined],
    ];
    for (const [id, genre, year] of rows)
      await region.documents.put({ TableName, Item: { id, genre, year, title: `t${id}`, note: 'n' } });
  });
  const query = (IndexName, genre, rest = {}) =>
    region.documents.query({
      TableName,
      IndexName,
      KeyConditionExpression: 'genre = :g',
      ExpressionAttributeValues: { ':g': genre },
      ...rest,
    });

  test('hold the items that have the whole key, by that key', async () => {
    const { Items } = await query('all', 'jazz');
    assert.deepEqual(
      Items.map(({ year }) => year),
      [1959, 1959, 1965],
    );
    assert.deepEqual(Items.map(({ id }) => id).sort(), ['1', '2', '3']);
    assert.equal(Items[2].note, 'n');
    const byGenre = await query('keys', 'jazz');
    assert.deepEqual(byGenre.Items.map(({ id }) => id).sort(), ['1', '2', '3', '6']);
    assert.deepEqual((await query('keys', 'folk')).Items, [{ id: '4', genre: 'folk' }]);
    assert.deepEqual((await query('some', 'folk')).Items, [{ id: '4', genre: 'folk', year: 1970, title: 't4' }]);
  });

  test('are paged by the index key and the table key', async () => {
    const seen = [];
    let ExclusiveStartKey;
    do {
      const page = await query('all', 'jazz', { Limit: 1, ExclusiveStartKey });
      seen.push(...page.Items.map(({ id }) => id));
      ExclusiveStartKey = page.LastEvaluatedKey;
      if (ExclusiveStartKey) assert.deepEqual(Object.keys(ExclusiveStartKey).sort(), ['genre', 'id', 'year']);
    } while (ExclusiveStartKey);
    assert.deepEqual(seen.sort(), ['1', '2', '3']);
    const whole = await region.documents.scan({ TableName, IndexName: 'keys' });
    assert.equal(whole.Count, 5);
    const pieces = [];
    do {
      const page = await region.documents.scan({ TableName, IndexName: 'keys', Limit: 2, ExclusiveStartKey });
      pieces.push(...page.Items);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    assert.deepEqual(pieces, whole.Items);
  });

  test('follow updates and deletes', async () => {
    const Key = { id: 'moving' };
    const found = async (genre) => (await query('all', genre)).Items.map(({ id, year, note }) => ({ id, year, note }));
    await region.documents.put({ TableName, Item: { ...Key, genre: 'rock', year: 1980, note: 1 } });
    assert.deepEqual(await found('rock'), [{ ...Key, year: 1980, note: 1 }]);
    await region.documents.put({ TableName, Item: { ...Key, genre: 'rock', year: 1981, note: 2 } });
    assert.deepEqual(await found('rock'), [{ ...Key, year: 1981, note: 2 }]);
    await region.documents.put({ TableName, Item: { ...Key, genre: 'pop', year: 1981, note: 3 } });
    assert.deepEqual(await found('rock'), []);
    assert.deepEqual(await found('pop'), [{ ...Key, year: 1981, note: 3 }]);
    await region.documents.update({ TableName, Key, UpdateExpression: 'REMOVE genre' });
    assert.deepEqual(await found('pop'), []);
    await region.documents.put({ TableName, Item: { ...Key, genre: 'pop', year: 1, note: 4 } });
    await region.documents.delete({ TableName, Key });
    assert.deepEqual(await found('pop'), []);
  });

  test('count their entries and bytes', async () => {
    const table = await region.table({
      AttributeDefinitions: [attribute('id'), attribute('k')],
      GlobalSecondaryIndexes: [{ IndexName: 'byK', KeySchema: [key('k')], Projection: KEYS_ONLY }],
    });
    await region.documents.put({ TableName: table, Item: { id: 'a', k: 'kk', more: 'x' } });
    await region.documents.put({ TableName: table, Item: { id: 'b', more: 'x' } });
    const { Table } = await region.dynamo.describeTable({ TableName: table });
    assert.equal(Table.GlobalSecondaryIndexes[0].ItemCount, 1);
    assert.equal(Table.GlobalSecondaryIndexes[0].IndexSizeBytes, 2 + 1 + 1 + 2);
  });

  test('come with UpdateTable, filled from the table, and go with it', async () => {
    const table = await region.table();
    const rows = Array.from({ length: 40 }, (_, n) => ({ id: `i${n}`, colour: n % 4 === 0 ? undefined : `c${n % 4}`, n }));
    for (const Item of rows) await region.documents.put({ TableName: table, Item });
    await region.dynamo.updateTable({
      TableName: table,
      AttributeDefinitions: [attribute('colour'), attribute('n', 'N')],
      GlobalSecondaryIndexUpdates: [
        { Create: { IndexName: 'byColour', KeySchema: [key('colour'), key('n', 'RANGE')], Projection: ALL } },
      ],
    });
    let { Table } = await region.dynamo.describeTable({ TableName: table });
    assert.equal(Table.GlobalSecondaryIndexes[0].IndexStatus, 'ACTIVE');
    assert.equal(Table.GlobalSecondaryIndexes[0].ItemCount, 30);
    assert.deepEqual(Table.AttributeDefinitions.map(({ AttributeName }) => AttributeName).sort(), ['colour', 'id', 'n']);
    const { Items } = await region.documents.query({
      TableName: table,
      IndexName: 'byColour',
      KeyConditionExpression: 'colour = :c',
      ExpressionAttributeValues: { ':c': 'c1' },
    });
    assert.deepEqual(
      Items,
      rows.filter(({ colour }) => colour === 'c1'),
    );
    await region.documents.put({ TableName: table, Item: { id: 'late', colour: 'c1', n: -1 } });
    const { Count } = await region.documents.query({
      TableName: table,
      IndexName: 'byColour',
      KeyConditionExpression: 'colour = :c',
      ExpressionAttributeValues: { ':c': 'c1' },
      Select: 'COUNT',
    });
    assert.equal(Count, 11);
    await region.dynamo.updateTable({ TableName: table, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byColour' } }] });
    ({ Table } = await region.dynamo.describeTable({ TableName: table }));
    assert.equal(Table.GlobalSecondaryIndexes, undefined);
    assert.deepEqual(Table.AttributeDefinitions, [attribute('id')]);
    await assert.rejects(region.documents.scan({ TableName: table, IndexName: 'byColour' }), {
      name: 'ValidationException',
      message: 'The table does not have the specified index: byColour',
    });
  });

  test('have capacity of their own', async () => {
    const units = (ReadCapacityUnits, WriteCapacityUnits) => ({ ReadCapacityUnits, WriteCapacityUnits });
    const table = await region.table({
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: units(5, 5),
      AttributeDefinitions: [attribute('id'), attribute('k')],
      GlobalSecondaryIndexes: [
        { IndexName: 'byK', KeySchema: [key('k')], Projection: KEYS_ONLY, ProvisionedThroughput: units(1, 2) },
      ],
    });
    await region.dynamo.updateTable({
      TableName: table,
      GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'byK', ProvisionedThroughput: units(3, 4) } }],
    });
    const { Table } = await region.dynamo.describeTable({ TableName: table });
    const { ReadCapacityUnits, WriteCapacityUnits } = Table.GlobalSecondaryIndexes[0].ProvisionedThroughput;
    assert.deepEqual([ReadCapacityUnits, WriteCapacityUnits], [3, 4]);
  });

  test('twenty of them, each with its own entries', async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    const table = await region.table({
      AttributeDefinitions: [attribute('id'), ...numbers.map((n) => attribute(`k${n}`))],
      GlobalSecondaryIndexes: numbers.map((n) => ({ IndexName: `by-k${n}`, KeySchema: [key(`k${n}`)], Projection: KEYS_ONLY })),
    });
    await region.documents.put({
      TableName: table,
      Item: { id: 'a', ...Object.fromEntries(numbers.map((n) => [`k${n}`, `v${n}`])) },
    });
    for (const n of numbers) {
      const { Items } = await region.documents.query({
        TableName: table,
        IndexName: `by-k${n}`,
        KeyConditionExpression: `k${n} = :v`,
        ExpressionAttributeValues: { ':v': `v${n}` },
      });
      assert.deepEqual(Items, [{ id: 'a', [`k${n}`]: `v${n}` }]);
    }
  });
});

withSdk('global indexes of several key attributes', (region) => {
  let TableName;
  const names = ['tenant', 'region', 'day', 'hour'];
  before(async () => {
    TableName = await region.table({
      AttributeDefinitions: [
        attribute('id'),
        attribute('tenant'),
        attribute('region'),
        attribute('day', 'N'),
        attribute('hour', 'N'),
        attribute('tag', 'B'),
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'when',
          KeySchema: [key('tenant'), key('region'), key('day', 'RANGE'), key('hour', 'RANGE'), key('tag', 'RANGE')],
          Projection: ALL,
        },
      ],
    });
    let no = 0;
    for (const day of [10, 9, -1]) {
      for (const hour of [2, 11]) {
        for (const tag of [255, 0]) {
          no += 1;
          const Item = { id: `i${no}`, tenant: 'a', region: 'b', day, hour, tag: new Uint8Array([tag]) };
          await region.documents.put({ TableName, Item });
        }
      }
    }
    await region.documents.put({
      TableName,
      Item: { id: 'other', tenant: 'ab', region: 'b', day: 1, hour: 1, tag: new Uint8Array([1]) },
    });
    await region.documents.put({ TableName, Item: { id: 'partial', tenant: 'a', region: 'b', day: 1, hour: 1 } });
  });
  const query = (condition, values, rest = {}) =>
    region.documents.query({
      TableName,
      IndexName: 'when',
      KeyConditionExpression: condition,
      ExpressionAttributeNames: Object.fromEntries(
        names.filter((name) => condition.includes(`#${name}`)).map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: { ':t': 'a', ':r': 'b', ...values },
      ...rest,
    });
  const brief = ({ Items }) => Items.map(({ day, hour, tag }) => [day, hour, tag[0]]);

  test('sort by one attribute after another, each by its own type', async () => {
    const { Items } = await query('#tenant = :t AND #region = :r');
    assert.deepEqual(brief({ Items }), [
      [-1, 2, 0],
      [-1, 2, 255],
      [-1, 11, 0],
      [-1, 11, 255],
      [9, 2, 0],
      [9, 2, 255],
      [9, 11, 0],
      [9, 11, 255],
      [10, 2, 0],
      [10, 2, 255],
      [10, 11, 0],
      [10, 11, 255],
    ]);
  });

  test('equality on a prefix, a range on the last', async () => {
    assert.equal((await query('#tenant = :t AND #region = :r AND #day = :d', { ':d': 9 })).Count, 4);
    assert.deepEqual(brief(await query('#hour > :h AND #day = :d AND #region = :r AND #tenant = :t', { ':d': 9, ':h': 2 })), [
      [9, 11, 0],
      [9, 11, 255],
    ]);
    const whole = await query('#tenant = :t AND #region = :r AND #day = :d AND #hour = :h AND tag = :g', {
      ':d': 10,
      ':h': 2,
      ':g': new Uint8Array([255]),
    });
    assert.deepEqual(brief(whole), [[10, 2, 255]]);
  });

  test('pages resume, forwards and backwards, by all key attributes', async () => {
    for (const ScanIndexForward of [true, false]) {
      const seen = [];
      let ExclusiveStartKey;
      do {
        const page = await query('#tenant = :t AND #region = :r', {}, { Limit: 5, ScanIndexForward, ExclusiveStartKey });
        seen.push(...brief(page));
        ExclusiveStartKey = page.LastEvaluatedKey;
        if (ExclusiveStartKey)
          assert.deepEqual(Object.keys(ExclusiveStartKey).sort(), ['day', 'hour', 'id', 'region', 'tag', 'tenant']);
      } while (ExclusiveStartKey);
      const whole = brief(await query('#tenant = :t AND #region = :r', {}, { ScanIndexForward }));
      assert.deepEqual(seen, whole);
    }
  });

  test('an item without one of the attributes is not there', async () => {
    const { Items } = await region.documents.scan({ TableName, IndexName: 'when', FilterExpression: 'attribute_exists(id)' });
    assert.equal(Items.length, 13);
    assert.ok(Items.every(({ id }) => id !== 'partial'));
  });
});
