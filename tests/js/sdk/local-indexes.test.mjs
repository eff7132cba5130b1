// Local secondary indexes through the AWS SDK, and their projections.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ALL, attribute, include, KEYS_ONLY, key } from '../../support/definitions.mjs';
import { withSdk } from '../../support/region.mjs';

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
