// Global secondary indexes whose keys have several attributes, through the AWS SDK.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ALL, attribute, key } from '../../support/definitions.mjs';
import { withSdk } from '../../support/region.mjs';

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
