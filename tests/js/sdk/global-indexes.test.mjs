// Global secondary indexes through the AWS SDK: their projections, and indexes that come and go with UpdateTable.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ALL, attribute, include, KEYS_ONLY, key } from '../../support/definitions.mjs';
import { withSdk } from '../../support/region.mjs';

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
