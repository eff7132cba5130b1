// BatchGetItem and BatchWriteItem through the AWS SDK.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paginatedBatchGet } from '@aws-sdk/lib-dynamodb';
import { withSdk } from '../../support/region.mjs';

const put = (Item) => ({ PutRequest: { Item } });
const remove = (Key) => ({ DeleteRequest: { Key } });
const byId = (a, b) => (a.id < b.id ? -1 : 1);

withSdk('batches', (region) => {
  test('puts and deletes in several tables, read back together', async () => {
    const [one, two] = [await region.table(), await region.table()];
    await region.documents.put({ TableName: one, Item: { id: 'old' } });
    const written = await region.documents.batchWrite({
      RequestItems: {
        [one]: [put({ id: 'a', n: 1 }), put({ id: 'b', n: 2 }), remove({ id: 'old' }), remove({ id: 'never' })],
        [two]: [put({ id: 'a', n: 3 })],
      },
    });
    assert.deepEqual(written.UnprocessedItems, {});
    const { Responses, UnprocessedKeys } = await region.documents.batchGet({
      RequestItems: {
        [one]: { Keys: [{ id: 'a' }, { id: 'b' }, { id: 'old' }, { id: 'never' }] },
        [two]: {
          Keys: [{ id: 'a' }],
          ConsistentRead: true,
          ProjectionExpression: '#n',
          ExpressionAttributeNames: { '#n': 'n' },
        },
      },
    });
    assert.deepEqual(UnprocessedKeys, {});
    assert.deepEqual(Responses[one].sort(byId), [
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ]);
    assert.deepEqual(Responses[two], [{ n: 3 }]);
  });

  test('a put replaces', async () => {
    const TableName = await region.table();
    await region.documents.put({ TableName, Item: { id: 'a', gone: true } });
    await region.documents.batchWrite({ RequestItems: { [TableName]: [put({ id: 'a' })] } });
    assert.deepEqual((await region.documents.get({ TableName, Key: { id: 'a' } })).Item, { id: 'a' });
  });

  test('a table in which nothing is found has an empty list', async () => {
    const TableName = await region.table();
    const { Responses } = await region.documents.batchGet({ RequestItems: { [TableName]: { Keys: [{ id: 'a' }] } } });
    assert.deepEqual(Responses, { [TableName]: [] });
  });

  test('as many as are allowed', async () => {
    const TableName = await region.table();
    const items = Array.from({ length: 100 }, (_, n) => ({ id: String(n).padStart(3, '0'), n }));
    for (let first = 0; first < 100; first += 25) {
      await region.documents.batchWrite({ RequestItems: { [TableName]: items.slice(first, first + 25).map(put) } });
    }
    const { Responses } = await region.documents.batchGet({
      RequestItems: { [TableName]: { Keys: items.map(({ id }) => ({ id })) } },
    });
    assert.deepEqual(Responses[TableName].sort(byId), items);
  });

  test('legacy AttributesToGet', async () => {
    const TableName = await region.table();
    await region.documents.put({ TableName, Item: { id: 'a', n: 1, m: 2 } });
    const { Responses } = await region.documents.batchGet({
      RequestItems: { [TableName]: { Keys: [{ id: 'a' }], AttributesToGet: ['m'] } },
    });
    assert.deepEqual(Responses[TableName], [{ m: 2 }]);
  });

  test('nothing is written when one request is wrong', async () => {
    const TableName = await region.table();
    const attempt = region.documents.batchWrite({
      RequestItems: { [TableName]: [put({ id: 'good' }), put({ wrong: 'no key' })] },
    });
    await assert.rejects(attempt, {
      name: 'ValidationException',
      message: 'The provided key element does not match the schema',
    });
    assert.equal((await region.documents.get({ TableName, Key: { id: 'good' } })).Item, undefined);
  });

  test('a reply ends at 16 MB, and the keys that are left come back', async () => {
    const TableName = await region.table();
    const text = 'x'.repeat(390_000);
    const ids = Array.from({ length: 50 }, (_, n) => `item-${n}`);
    for (const id of ids) await region.documents.put({ TableName, Item: { id, text } });
    const RequestItems = { [TableName]: { Keys: ids.map((id) => ({ id })), ConsistentRead: true } };
    const first = await region.documents.batchGet({ RequestItems });
    const got = first.Responses[TableName];
    assert.ok(got.length * 390_000 <= 16 * 1024 * 1024 && got.length >= 40, `${got.length} items of 390,000 bytes`);
    const left = first.UnprocessedKeys[TableName];
    assert.equal(left.ConsistentRead, true);
    assert.deepEqual([...got.map(({ id }) => id), ...left.Keys.map(({ id }) => id)].sort(), [...ids].sort());
    const seen = [];
    for await (const page of paginatedBatchGet({ client: region.documents }, { RequestItems })) {
      seen.push(...(page.Responses?.[TableName] ?? []).map(({ id }) => id));
    }
    assert.deepEqual(seen.sort(), [...ids].sort());
  });
});
