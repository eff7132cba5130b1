// Scan through the AWS SDK: pages, segments, filters and the paginator; and pages of a megabyte, of both.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { attribute, key } from '../../support/definitions.mjs';
import { withSdk } from '../../support/region.mjs';
import { threads } from '../support/threads.mjs';

withSdk('Scan', (region) => {
  let TableName;
  before(async () => {
    TableName = await threads(region);
  });
  const name = ({ thread, no }) => `${thread} ${no}`;

  test('finds every item once, a partition together and in order', async () => {
    const { Items, Count, ScannedCount } = await region.documents.scan({ TableName });
    assert.equal(Count, 26);
    assert.equal(ScannedCount, 26);
    assert.equal(new Set(Items.map(name)).size, 26);
    const partitions = Items.map(({ thread }) => thread).filter((thread, at, all) => thread !== all[at - 1]);
    assert.equal(partitions.length, 3);
    assert.deepEqual(
      Items.filter(({ thread }) => thread === 'long').map(({ no }) => no),
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
  });

  test('pages put together are the whole', async () => {
    const whole = (await region.documents.scan({ TableName })).Items;
    for (const Limit of [1, 4, 13, 26]) {
      const pieces = [];
      for await (const page of paginateScan({ client: region.documents, pageSize: Limit }, { TableName }))
        pieces.push(...page.Items);
      assert.deepEqual(pieces, whole, `pages of ${Limit}`);
    }
  });

  test('segments put together are the whole, whatever their number', async () => {
    const whole = (await region.documents.scan({ TableName })).Items.map(name).sort();
    for (const TotalSegments of [1, 2, 3, 7, 1000]) {
      const found = [];
      for (let Segment = 0; Segment < TotalSegments; Segment += 1) {
        let ExclusiveStartKey;
        do {
          const page = await region.documents.scan({ TableName, Segment, TotalSegments, Limit: 3, ExclusiveStartKey });
          found.push(...page.Items.map(name));
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey);
      }
      assert.deepEqual(found.sort(), whole, `${TotalSegments} segments`);
    }
  });

  test('filter, projection and count', async () => {
    const answer = await region.documents.scan({
      TableName,
      FilterExpression: '#no > :n AND begins_with(thread, :s)',
      ProjectionExpression: 'thread, #no',
      ExpressionAttributeNames: { '#no': 'no' },
      ExpressionAttributeValues: { ':n': 3, ':s': 's' },
    });
    assert.deepEqual(answer.Items, [
      { thread: 'short', no: 4 },
      { thread: 'short', no: 5 },
    ]);
    assert.equal(answer.ScannedCount, 26);
    const count = await region.documents.scan({ TableName, Select: 'COUNT' });
    assert.equal(count.Count, 26);
    assert.equal(count.Items, undefined);
  });

  test('legacy filter', async () => {
    const { Items } = await region.documents.scan({
      TableName,
      ScanFilter: {
        no: { ComparisonOperator: 'IN', AttributeValueList: [1, 20] },
        thread: { ComparisonOperator: 'NE', AttributeValueList: ['single'] },
      },
      AttributesToGet: ['thread', 'no'],
    });
    assert.deepEqual(Items.map(name).sort(), ['long 1', 'long 20', 'short 1']);
  });
});

withSdk('pages of a megabyte', (region) => {
  /** Twelve items of 100,000 bytes each in one partition: ten are below 1 MiB, the eleventh passes it. */
  async function bulky() {
    const TableName = await region.table({
      AttributeDefinitions: [attribute('p', 'S'), attribute('s', 'N')],
      KeySchema: [key('p'), key('s', 'RANGE')],
    });
    const overhead = 'p'.length + 'x'.length + 's'.length + 2 + 'text'.length;
    const text = 't'.repeat(100_000 - overhead);
    for (let s = 1; s <= 12; s += 1) await region.documents.put({ TableName, Item: { p: 'x', s: s + 10, text } });
    return TableName;
  }

  test('end after the item that passes the megabyte, whatever is shown of them', async () => {
    const TableName = await bulky();
    const input = { TableName, KeyConditionExpression: 'p = :p', ExpressionAttributeValues: { ':p': 'x' } };
    const whole = await region.documents.query(input);
    assert.equal(whole.Count, 11);
    assert.deepEqual(whole.LastEvaluatedKey, { p: 'x', s: 21 });
    const projected = await region.documents.query({ ...input, ProjectionExpression: 's' });
    assert.equal(projected.Count, 11);
    const filtered = await region.documents.query({
      ...input,
      FilterExpression: 's2 = :p',
    });
    assert.deepEqual([filtered.Count, filtered.ScannedCount], [0, 11]);
    assert.deepEqual(filtered.LastEvaluatedKey, { p: 'x', s: 21 });
    const count = await region.documents.query({ ...input, Select: 'COUNT' });
    assert.equal(count.Count, 11);
    const rest = await region.documents.query({ ...input, ExclusiveStartKey: whole.LastEvaluatedKey });
    assert.equal(rest.Count, 1);
    assert.equal(rest.LastEvaluatedKey, undefined);
    const scan = await region.documents.scan({ TableName });
    assert.equal(scan.Count, 11);
    const backward = await region.documents.query({ ...input, ScanIndexForward: false });
    assert.deepEqual(backward.LastEvaluatedKey, { p: 'x', s: 12 });
  });
});
