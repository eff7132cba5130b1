// Query through the AWS SDK: key conditions, order, pages, Select, filters and the paginator.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { attribute, key } from '../../support/definitions.mjs';
import { withSdk } from '../../support/region.mjs';
import { threads } from '../support/threads.mjs';

withSdk('Query', (region) => {
  let TableName;
  before(async () => {
    TableName = await threads(region);
  });

  const query = (KeyConditionExpression, values, rest = {}) =>
    region.documents.query({ TableName, KeyConditionExpression, ExpressionAttributeValues: values, ...rest });
  const numbers = ({ Items }) => Items.map(({ no }) => no);

  test('a partition comes in the order of its sort key', async () => {
    const answer = await query('thread = :t', { ':t': 'short' });
    assert.deepEqual(numbers(answer), [1, 2, 3, 4, 5]);
    assert.equal(answer.Count, 5);
    assert.equal(answer.ScannedCount, 5);
    assert.equal(answer.LastEvaluatedKey, undefined);
    assert.deepEqual(answer.Items[0], { thread: 'short', no: 1, even: false, text: 'short 1', by: { name: 'n' } });
    assert.deepEqual(numbers(await query('thread = :t', { ':t': 'short' }, { ScanIndexForward: false })), [5, 4, 3, 2, 1]);
  });

  test('a partition that is not there is empty', async () => {
    const answer = await query('thread = :t', { ':t': 'none' });
    assert.deepEqual(answer.Items, []);
    assert.equal(answer.Count, 0);
  });

  const conditions = [
    ['thread = :t AND #no = :a', { ':a': 3 }, [3]],
    ['thread = :t AND #no < :a', { ':a': 3 }, [1, 2]],
    ['thread = :t AND #no <= :a', { ':a': 3 }, [1, 2, 3]],
    ['thread = :t AND #no > :a', { ':a': 3 }, [4, 5]],
    ['thread = :t AND #no >= :a', { ':a': 3 }, [3, 4, 5]],
    ['thread = :t AND #no BETWEEN :a AND :b', { ':a': 2, ':b': 4 }, [2, 3, 4]],
    ['#no > :a AND thread = :t', { ':a': 4 }, [5]],
    ['(thread = :t) AND (#no > :a)', { ':a': 4 }, [5]],
    [':t = thread AND :a <= #no', { ':a': 4 }, [4, 5]],
    ['thread = :t AND #no > :a', { ':a': 99 }, []],
    ['thread = :t AND #no > :a', { ':a': 2.5 }, [3, 4, 5]],
  ];
  test('key conditions', async () => {
    const found = [];
    for (const [condition, values] of conditions) {
      const answer = await query(condition, { ':t': 'short', ...values }, { ExpressionAttributeNames: { '#no': 'no' } });
      found.push([condition, values, numbers(answer)]);
    }
    assert.deepEqual(found, conditions);
  });

  test('begins_with on text and on bytes', async () => {
    for (const [type, make] of [
      ['S', (text) => text],
      ['B', (text) => new TextEncoder().encode(text)],
    ]) {
      const table = await region.table({
        AttributeDefinitions: [attribute('p', 'S'), attribute('s', type)],
        KeySchema: [key('p'), key('s', 'RANGE')],
      });
      for (const text of ['a', 'ab', 'abc', 'abd', 'b', 'é', '\u{10ffff}', '\uffff']) {
        await region.documents.put({ TableName: table, Item: { p: 'x', s: make(text), text } });
      }
      const texts = async (condition, value) => {
        const { Items } = await region.documents.query({
          TableName: table,
          KeyConditionExpression: `p = :p${condition}`,
          ExpressionAttributeValues: { ':p': 'x', ...(value === undefined ? {} : { ':v': make(value) }) },
        });
        return Items.map(({ text }) => text);
      };
      // UTF-8's order is that of code points, not that of UTF-16 units.
      assert.deepEqual(await texts(''), ['a', 'ab', 'abc', 'abd', 'b', 'é', '\uffff', '\u{10ffff}'], type);
      assert.deepEqual(await texts(' AND begins_with(s, :v)', 'ab'), ['ab', 'abc', 'abd'], type);
      assert.deepEqual(await texts(' AND begins_with(s, :v)', '\u{10ffff}'), ['\u{10ffff}'], type);
      assert.deepEqual(await texts(' AND s >= :v', 'b'), ['b', 'é', '\uffff', '\u{10ffff}'], type);
    }
  });

  test('numbers are in numeric order', async () => {
    const table = await region.table({
      AttributeDefinitions: [attribute('p', 'S'), attribute('s', 'N')],
      KeySchema: [key('p'), key('s', 'RANGE')],
    });
    const ordered = [
      '-9.9999999999999999999999999999999999999E+125',
      '-1000',
      '-12',
      '-2',
      '-1.5',
      '-0.001',
      '-1E-130',
      '0',
      '1E-130',
      '0.001',
      '1',
      '1.5',
      '2',
      '12',
      '123456789012345678901234567890',
      '123456789012345678901234567891',
      '9.9999999999999999999999999999999999999E+125',
    ];
    // Not in their order, so that it is the table's order that comes back.
    for (let at = 0; at < ordered.length; at += 1) {
      const no = (at * 7) % ordered.length;
      await region.dynamo.putItem({ TableName: table, Item: { p: { S: 'x' }, s: { N: ordered[no] }, at: { N: String(no) } } });
    }
    const { Items } = await region.dynamo.query({
      TableName: table,
      KeyConditionExpression: 'p = :p',
      ExpressionAttributeValues: { ':p': { S: 'x' } },
    });
    assert.deepEqual(
      Items.map(({ at }) => Number(at.N)),
      ordered.map((_, no) => no),
    );
  });

  test('Limit counts what is evaluated, and a page can be resumed in both directions', async () => {
    for (const ScanIndexForward of [true, false]) {
      const seen = [];
      let ExclusiveStartKey;
      let pages = 0;
      do {
        const answer = await query(
          'thread = :t',
          { ':t': 'long', ':true': true },
          {
            FilterExpression: 'even = :true',
            Limit: 6,
            ScanIndexForward,
            ExclusiveStartKey,
          },
        );
        pages += 1;
        assert.ok(answer.ScannedCount <= 6);
        assert.equal(answer.Count, answer.Items.length);
        seen.push(...numbers(answer));
        ExclusiveStartKey = answer.LastEvaluatedKey;
        if (ExclusiveStartKey) assert.deepEqual(Object.keys(ExclusiveStartKey).sort(), ['no', 'thread']);
      } while (ExclusiveStartKey);
      const even = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20];
      assert.deepEqual(seen, ScanIndexForward ? even : even.reverse());
      assert.equal(pages, 4);
    }
  });

  test('a page that ends at the last row still has a LastEvaluatedKey, and the next page is empty', async () => {
    const first = await query('thread = :t', { ':t': 'short' }, { Limit: 5 });
    assert.deepEqual(first.LastEvaluatedKey, { thread: 'short', no: 5 });
    const second = await query('thread = :t', { ':t': 'short' }, { Limit: 5, ExclusiveStartKey: first.LastEvaluatedKey });
    assert.equal(second.Count, 0);
    assert.equal(second.LastEvaluatedKey, undefined);
  });

  test('a page starts after a key that is not there', async () => {
    const answer = await query('thread = :t', { ':t': 'short' }, { ExclusiveStartKey: { thread: 'short', no: 2.5 } });
    assert.deepEqual(numbers(answer), [3, 4, 5]);
  });

  test('Select', async () => {
    const count = await query('thread = :t', { ':t': 'long' }, { Select: 'COUNT' });
    assert.equal(count.Count, 20);
    assert.equal(count.Items, undefined);
    const filtered = await query(
      'thread = :t',
      { ':t': 'long', ':true': true },
      { Select: 'COUNT', FilterExpression: 'even = :true' },
    );
    assert.equal(filtered.Count, 10);
    assert.equal(filtered.ScannedCount, 20);
    const some = await query(
      'thread = :t',
      { ':t': 'single' },
      {
        Select: 'SPECIFIC_ATTRIBUTES',
        ProjectionExpression: '#no',
        ExpressionAttributeNames: { '#no': 'no' },
      },
    );
    assert.deepEqual(some.Items, [{ no: 1 }]);
    const all = await query('thread = :t', { ':t': 'single' }, { Select: 'ALL_ATTRIBUTES' });
    assert.equal(all.Items[0].text, 'single 1');
  });

  test('a projection comes after the filter', async () => {
    const { Items } = await query(
      'thread = :t',
      { ':t': 'short', ':true': true },
      {
        FilterExpression: 'even = :true AND attribute_exists(#by.#n)',
        ProjectionExpression: '#text, #by.#n',
        ExpressionAttributeNames: { '#by': 'by', '#n': 'name', '#text': 'text' },
      },
    );
    assert.deepEqual(Items, [
      { text: 'short 2', by: { name: 'n' } },
      { text: 'short 4', by: { name: 'n' } },
    ]);
  });

  test('the paginator walks all pages, and resumes', async () => {
    const config = { client: region.documents, pageSize: 7 };
    const input = { TableName, KeyConditionExpression: 'thread = :t', ExpressionAttributeValues: { ':t': 'long' } };
    const pages = [];
    for await (const page of paginateQuery(config, input)) pages.push(numbers(page));
    assert.deepEqual(
      pages.map(({ length }) => length),
      [7, 7, 6],
    );
    assert.deepEqual(
      pages.flat(),
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    for await (const page of paginateQuery({ ...config, startingToken: { thread: 'long', no: 18 } }, input)) {
      assert.deepEqual(numbers(page), [19, 20]);
    }
  });

  test('legacy conditions', async () => {
    const answer = await region.documents.query({
      TableName,
      KeyConditions: {
        thread: { ComparisonOperator: 'EQ', AttributeValueList: ['long'] },
        no: { ComparisonOperator: 'BETWEEN', AttributeValueList: [3, 8] },
      },
      QueryFilter: {
        even: { ComparisonOperator: 'EQ', AttributeValueList: [true] },
        text: { ComparisonOperator: 'CONTAINS', AttributeValueList: ['6'] },
      },
      AttributesToGet: ['no'],
    });
    assert.deepEqual(answer.Items, [{ no: 6 }]);
    assert.equal(answer.ScannedCount, 6);
    const either = await region.documents.query({
      TableName,
      KeyConditions: { thread: { ComparisonOperator: 'EQ', AttributeValueList: ['short'] } },
      QueryFilter: {
        even: { ComparisonOperator: 'EQ', AttributeValueList: [true] },
        text: { ComparisonOperator: 'EQ', AttributeValueList: ['short 1'] },
      },
      ConditionalOperator: 'OR',
    });
    assert.deepEqual(numbers(either), [1, 2, 4]);
  });
});
