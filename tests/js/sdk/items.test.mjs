// Single items through the AWS SDK: PutItem, GetItem, UpdateItem and DeleteItem with their members, expressions and legacy parameters.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { withSdk } from '../../support/region.mjs';

const conditionFailed = { name: 'ConditionalCheckFailedException', message: 'The conditional request failed' };

withSdk('items', (region) => {
  let TableName;
  let serial = 0;
  before(async () => {
    TableName = await region.table();
  });

  /** Puts an item under a key of its own and gives the key. */
  async function stored(attributes = {}) {
    serial += 1;
    const Key = { id: `item-${serial}` };
    await region.documents.put({ TableName, Item: { ...Key, ...attributes } });
    return Key;
  }
  const read = async (Key) => (await region.documents.get({ TableName, Key, ConsistentRead: true })).Item;

  test('what is put is got', async () => {
    const Item = {
      id: 'all',
      s: 'text',
      n: 1.5,
      b: new Uint8Array([1, 2]),
      t: true,
      z: null,
      l: [1, 'a', [2]],
      m: { x: { y: 1 } },
    };
    const put = await region.documents.put({ TableName, Item });
    assert.deepEqual(Object.keys(put), ['$metadata']);
    assert.equal(put.$metadata.httpStatusCode, 200);
    assert.match(put.$metadata.requestId, /\S/);
    assert.deepEqual(await read({ id: 'all' }), Item);
  });

  test('nothing is got where nothing is', async () => {
    const answer = await region.documents.get({ TableName, Key: { id: 'nowhere' } });
    assert.equal('Item' in answer, false);
  });

  test('a put replaces the whole item', async () => {
    const Key = await stored({ a: 1, b: 2 });
    const { Attributes } = await region.documents.put({ TableName, Item: { ...Key, c: 3 }, ReturnValues: 'ALL_OLD' });
    assert.deepEqual(Attributes, { ...Key, a: 1, b: 2 });
    assert.deepEqual(await read(Key), { ...Key, c: 3 });
  });

  test('ALL_OLD of a new item is absent', async () => {
    const put = await region.documents.put({ TableName, Item: { id: 'new' }, ReturnValues: 'ALL_OLD' });
    assert.equal(put.Attributes, undefined);
    const gone = await region.documents.delete({ TableName, Key: { id: 'not there' }, ReturnValues: 'ALL_OLD' });
    assert.equal(gone.Attributes, undefined);
  });

  test('a delete removes, and tells what it removed', async () => {
    const Key = await stored({ a: 1 });
    const { Attributes } = await region.documents.delete({ TableName, Key, ReturnValues: 'ALL_OLD' });
    assert.deepEqual(Attributes, { ...Key, a: 1 });
    assert.equal(await read(Key), undefined);
  });

  test('a failed condition writes nothing and shows the item when asked', async () => {
    const Key = await stored({ version: 2, tags: new Set(['x']) });
    const attempts = [
      () => region.documents.put({ TableName, Item: { ...Key }, ...outdated }),
      () => region.documents.update({ TableName, Key, UpdateExpression: 'REMOVE tags', ...outdated }),
      () => region.documents.delete({ TableName, Key, ...outdated }),
    ];
    const outdated = { ConditionExpression: 'version = :v', ExpressionAttributeValues: { ':v': 1 } };
    for (const attempt of attempts) {
      await assert.rejects(attempt(), (error) => {
        assert.ok(error instanceof ConditionalCheckFailedException);
        assert.equal(error.message, conditionFailed.message);
        assert.equal(error.Item, undefined);
        return true;
      });
    }
    outdated.ReturnValuesOnConditionCheckFailure = 'ALL_OLD';
    for (const attempt of attempts) {
      await assert.rejects(attempt(), (error) => {
        // The SDK leaves this one marshalled, also in the document client.
        assert.deepEqual(error.Item, { id: { S: Key.id }, version: { N: '2' }, tags: { SS: ['x'] } });
        return true;
      });
    }
    assert.deepEqual(await read(Key), { ...Key, version: 2, tags: new Set(['x']) });
  });

  test('a failed condition on nothing has no item to show', async () => {
    const attempt = region.documents.put({
      TableName,
      Item: { id: 'absent' },
      ConditionExpression: 'attribute_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await assert.rejects(attempt, (error) => {
      assert.equal(error.name, 'ConditionalCheckFailedException');
      assert.equal(error.Item, undefined);
      return true;
    });
  });

  const conditions = [
    ['attribute_exists(s)', true],
    ['attribute_exists(nope)', false],
    ['attribute_not_exists(nope)', true],
    ['attribute_not_exists(s)', false],
    ['attribute_exists(m.part.leaf)', true],
    ['attribute_exists(l[1])', true],
    ['attribute_exists(l[9])', false],
    ['attribute_type(s, :S)', true],
    ['attribute_type(n, :S)', false],
    ['attribute_type(ns, :NS)', true],
    ['attribute_type(nope, :S)', false],
    ['begins_with(s, :al)', true],
    ['begins_with(s, :ph)', false],
    ['begins_with(b, :b1)', true],
    ['contains(s, :ph)', true],
    ['contains(ss, :red)', true],
    ['contains(ss, :al)', false],
    ['contains(l, :two)', true],
    ['contains(ns, :two)', true],
    ['contains(n, :two)', false],
    ['size(s) = :five', true],
    ['size(l) = :three', true],
    ['size(m) = :one', true],
    ['size(ss) = :two', true],
    ['size(b) = :two', true],
    ['size(n) = :two', false],
    ['s = :alpha', true],
    ['s <> :alpha', false],
    ['s < :beta', true],
    ['n >= :five', true],
    ['n > :five', false],
    ['n <= :five', true],
    ['n BETWEEN :two AND :five', true],
    ['n BETWEEN s AND :five', false],
    ['n IN (:two, :five)', true],
    ['n IN (:two, :three)', false],
    ['n = s', false],
    ['l[0] = :one', true],
    ['m.part.leaf = :alpha', true],
    ['#reserved.#inner = :one', true],
    ['nope = :one', false],
    ['nope <> :one', true],
    ['NOT nope = :one', true],
    ['nope < :one', false],
    ['NOT (s = :alpha AND n = :five)', false],
    ['s = :beta OR n = :five', true],
    ['s = :beta AND n = :two OR n = :five', true],
    ['s = :beta AND (n = :two OR n = :five)', false],
    ['NOT s = :beta AND n = :five', true],
    ['ss = :ssReordered', true],
    ['ns = :nsSpelled', true],
    ['m = :mSame', true],
    ['l = :lOther', false],
  ];
  const values = {
    ':S': { S: 'S' },
    ':NS': { S: 'NS' },
    ':al': { S: 'al' },
    ':ph': { S: 'ph' },
    ':alpha': { S: 'alpha' },
    ':beta': { S: 'beta' },
    ':red': { S: 'red' },
    ':b1': { B: new Uint8Array([1]) },
    ':one': { N: '1' },
    ':two': { N: '2' },
    ':three': { N: '3' },
    ':five': { N: '5.0' },
    ':ssReordered': { SS: ['red', 'blue'] },
    ':nsSpelled': { NS: ['2e0', '1.0'] },
    ':mSame': { M: { part: { M: { leaf: { S: 'alpha' } } } } },
    ':lOther': { L: [{ N: '1' }, { N: '3' }, { N: '2' }] },
  };
  const names = { '#reserved': 'size', '#inner': 'from' };

  test('conditions are judged as written', async () => {
    await region.dynamo.putItem({
      TableName,
      Item: {
        id: { S: 'judged' },
        s: { S: 'alpha' },
        n: { N: '5' },
        b: { B: new Uint8Array([1, 2]) },
        ss: { SS: ['blue', 'red'] },
        ns: { NS: ['1', '2'] },
        l: { L: [{ N: '1' }, { N: '2' }, { N: '3' }] },
        m: { M: { part: { M: { leaf: { S: 'alpha' } } } } },
        size: { M: { from: { N: '1' } } },
      },
    });
    const outcomes = {};
    for (const [ConditionExpression] of conditions) {
      const used = (all) => Object.fromEntries(Object.entries(all).filter(([name]) => mentions(ConditionExpression, name)));
      const ExpressionAttributeValues = used(values);
      const ExpressionAttributeNames = used(names);
      const attempt = region.dynamo.updateItem({
        TableName,
        Key: { id: { S: 'judged' } },
        ConditionExpression,
        ...(Object.keys(ExpressionAttributeValues).length ? { ExpressionAttributeValues } : {}),
        ...(Object.keys(ExpressionAttributeNames).length ? { ExpressionAttributeNames } : {}),
      });
      outcomes[ConditionExpression] = await attempt.then(
        () => true,
        (error) => (error.name === 'ConditionalCheckFailedException' ? false : `${error.name}: ${error.message}`),
      );
    }
    assert.deepEqual(outcomes, Object.fromEntries(conditions));
  });

  const updates = [
    ['SET a = :one', { a: 9 }, { a: 1 }],
    ['SET a = a + :one', { a: 9 }, { a: 10 }],
    ['SET a = a - :one', { a: 9 }, { a: 8 }],
    ['SET a = :one + b', { b: 4 }, { a: 5, b: 4 }],
    ['SET a = if_not_exists(a, :one)', { a: 9 }, { a: 9 }],
    ['SET a = if_not_exists(a, :one)', {}, { a: 1 }],
    ['SET a = if_not_exists(b, a) + :one', { a: 9 }, { a: 10 }],
    ['SET l = list_append(l, :list)', { l: [1] }, { l: [1, 7, 8] }],
    ['SET l = list_append(:list, l)', { l: [1] }, { l: [7, 8, 1] }],
    ['SET l = list_append(if_not_exists(l, :list), :list)', {}, { l: [7, 8, 7, 8] }],
    ['SET l[1] = :one', { l: [5, 6] }, { l: [5, 1] }],
    ['SET l[9] = :one', { l: [5, 6] }, { l: [5, 6, 1] }],
    ['SET l[3] = :one, l[7] = :two', { l: [5] }, { l: [5, 1, 2] }],
    ['SET m.x.y = :one', { m: { x: { z: 2 } } }, { m: { x: { y: 1, z: 2 } } }],
    ['SET a = b, b = a', { a: 1, b: 2 }, { a: 2, b: 1 }],
    ['SET m.x = :one, a = m.x', { m: { x: 5 } }, { m: { x: 1 }, a: 5 }],
    ['REMOVE a, b', { a: 1, b: 2, c: 3 }, { c: 3 }],
    ['REMOVE a', {}, {}],
    ['REMOVE l[0], l[2]', { l: [1, 2, 3, 4] }, { l: [2, 4] }],
    ['REMOVE m.x', { m: { x: 1, y: 2 } }, { m: { y: 2 } }],
    ['ADD a :one', { a: 9 }, { a: 10 }],
    ['ADD a :one', {}, { a: 1 }],
    ['ADD s :set', { s: new Set(['q']) }, { s: new Set(['q', 'x', 'y']) }],
    ['ADD s :set', {}, { s: new Set(['x', 'y']) }],
    ['DELETE s :set', { s: new Set(['q', 'x']) }, { s: new Set(['q']) }],
    ['DELETE s :set', { s: new Set(['x', 'y']) }, {}],
    ['DELETE s :set', {}, {}],
    [
      'SET a = :one REMOVE b ADD c :two DELETE s :set',
      { b: 1, c: 1, s: new Set(['x', 'z']) },
      { a: 1, c: 3, s: new Set(['z']) },
    ],
    ['ADD m.sum1 :one', { m: { sum1: 1 } }, { m: { sum1: 2 } }],
    ['set a = :one remove b', { b: 1 }, { a: 1 }],
  ];
  const updateValues = { ':one': 1, ':two': 2, ':list': [7, 8], ':set': new Set(['x', 'y']) };

  test('update expressions change what they name and nothing else', async () => {
    const outcomes = [];
    for (const [UpdateExpression, before] of updates) {
      const Key = await stored({ ...before, untouched: 'u' });
      const used = Object.entries(updateValues).filter(([name]) => mentions(UpdateExpression, name));
      const { Attributes } = await region.documents
        .update({
          TableName,
          Key,
          UpdateExpression,
          ...(used.length ? { ExpressionAttributeValues: Object.fromEntries(used) } : {}),
          ReturnValues: 'ALL_NEW',
        })
        .catch((error) => assert.fail(`${UpdateExpression}: ${error.name}: ${error.message}`));
      assert.deepEqual(await read(Key), Attributes, UpdateExpression);
      const { id, untouched, ...rest } = Attributes;
      assert.deepEqual({ id, untouched }, { ...Key, untouched: 'u' }, UpdateExpression);
      outcomes.push([UpdateExpression, before, rest]);
    }
    assert.deepEqual(outcomes, updates);
  });

  test('an update makes the item that is not there', async () => {
    const Key = { id: 'made by update' };
    assert.deepEqual(
      (await region.documents.update({ TableName, Key, ReturnValues: 'ALL_NEW' })).Attributes,
      Key,
      'without an expression: the key alone',
    );
    const other = { id: 'made by SET' };
    await region.documents.update({
      TableName,
      Key: other,
      UpdateExpression: 'SET a = :a',
      ExpressionAttributeValues: { ':a': 1 },
    });
    assert.deepEqual(await read(other), { ...other, a: 1 });
  });

  test('ReturnValues of an update', async () => {
    const before = { a: 1, b: 2, l: [1, 2, 3], m: { x: 1, y: 2 } };
    const UpdateExpression = 'SET a = :n, l[2] = :n, l[0] = :n, m.x = :n REMOVE b ADD c :n';
    const expected = {
      NONE: undefined,
      ALL_OLD: { ...before },
      ALL_NEW: { a: 9, l: [9, 2, 9], m: { x: 9, y: 2 }, c: 9 },
      UPDATED_OLD: { a: 1, b: 2, l: [1, 3], m: { x: 1 } },
      UPDATED_NEW: { a: 9, l: [9, 9], m: { x: 9 }, c: 9 },
    };
    for (const [ReturnValues, shown] of Object.entries(expected)) {
      const Key = await stored(before);
      const { Attributes } = await region.documents.update({
        TableName,
        Key,
        UpdateExpression,
        ExpressionAttributeValues: { ':n': 9 },
        ReturnValues,
      });
      assert.deepEqual(Attributes, shown && (ReturnValues.startsWith('ALL') ? { ...Key, ...shown } : shown), ReturnValues);
    }
  });

  test('an update that only removes has no UPDATED_NEW, one that only makes has no UPDATED_OLD', async () => {
    const Key = await stored({ a: 1 });
    const removed = await region.documents.update({
      TableName,
      Key,
      UpdateExpression: 'REMOVE a',
      ReturnValues: 'UPDATED_NEW',
    });
    assert.equal(removed.Attributes, undefined);
    const made = await region.documents.update({
      TableName,
      Key,
      UpdateExpression: 'SET z = :z',
      ExpressionAttributeValues: { ':z': 1 },
      ReturnValues: 'UPDATED_OLD',
    });
    assert.equal(made.Attributes, undefined);
  });

  test('a projection picks paths', async () => {
    const Key = await stored({ a: 1, m: { x: 1, y: { z: 2 } }, l: [{ p: 1, q: 2 }, 5, 6], from: 'f' });
    const project = async (ProjectionExpression, ExpressionAttributeNames) =>
      (await region.documents.get({ TableName, Key, ProjectionExpression, ExpressionAttributeNames })).Item;
    assert.deepEqual(await project('a'), { a: 1 });
    assert.deepEqual(await project('m.y.z, a'), { a: 1, m: { y: { z: 2 } } });
    assert.deepEqual(await project('l[2], l[1]'), { l: [5, 6] });
    assert.deepEqual(await project('l[0].p, l[0].q'), { l: [{ p: 1, q: 2 }] });
    assert.deepEqual(await project('#f, id', { '#f': 'from' }), { ...Key, from: 'f' });
    assert.deepEqual(await project('nothing, l[9], a.b'), {});
  });

  test('legacy parameters still work', async () => {
    const Key = await stored({ a: 1, s: new Set(['x']), gone: true });
    const { Attributes } = await region.documents.update({
      TableName,
      Key,
      AttributeUpdates: {
        a: { Action: 'ADD', Value: 4 },
        s: { Action: 'DELETE', Value: new Set(['x']) },
        gone: { Action: 'DELETE' },
        b: { Value: 'put' },
      },
      Expected: { a: { Value: 1 }, missing: { Exists: false } },
      ReturnValues: 'ALL_NEW',
    });
    assert.deepEqual(Attributes, { ...Key, a: 5, b: 'put' });
    const got = await region.documents.get({ TableName, Key, AttributesToGet: ['a', 'nope'] });
    assert.deepEqual(got.Item, { a: 5 });
    const comparisons = [
      [{ a: { ComparisonOperator: 'GE', AttributeValueList: [5] } }, true],
      [{ a: { ComparisonOperator: 'LT', AttributeValueList: [5] } }, false],
      [{ a: { ComparisonOperator: 'BETWEEN', AttributeValueList: [1, 9] } }, true],
      [{ a: { ComparisonOperator: 'IN', AttributeValueList: [1, 9] } }, false],
      [{ b: { ComparisonOperator: 'BEGINS_WITH', AttributeValueList: ['pu'] } }, true],
      [{ b: { ComparisonOperator: 'CONTAINS', AttributeValueList: ['ut'] } }, true],
      [{ b: { ComparisonOperator: 'NOT_CONTAINS', AttributeValueList: ['ut'] } }, false],
      [{ b: { ComparisonOperator: 'NOT_NULL' } }, true],
      [{ b: { ComparisonOperator: 'NULL' } }, false],
      [{ b: { ComparisonOperator: 'NE', AttributeValueList: ['x'] } }, true],
    ];
    for (const [Expected, holds] of comparisons) {
      const attempt = region.documents.put({ TableName, Item: { ...Key, a: 5, b: 'put' }, Expected });
      if (holds) await attempt;
      else await assert.rejects(attempt, conditionFailed, JSON.stringify(Expected));
    }
    await region.documents.delete({
      TableName,
      Key,
      Expected: { a: { Value: 77 }, b: { Value: 'put' } },
      ConditionalOperator: 'OR',
    });
    assert.equal(await read(Key), undefined);
  });

  test('writes to one item are applied one after another', async () => {
    const Key = await stored({ count: 0 });
    const add = () =>
      region.documents.update({
        TableName,
        Key,
        UpdateExpression: 'ADD #c :one',
        ExpressionAttributeNames: { '#c': 'count' },
        ExpressionAttributeValues: { ':one': 1 },
      });
    await Promise.all(Array.from({ length: 50 }, add));
    assert.equal((await read(Key)).count, 50);
    const take = (from) =>
      region.documents
        .update({
          TableName,
          Key,
          UpdateExpression: 'SET #c = :to',
          ConditionExpression: '#c = :from',
          ExpressionAttributeNames: { '#c': 'count' },
          ExpressionAttributeValues: { ':from': from, ':to': from + 1 },
        })
        .then(
          () => 1,
          (error) => {
            assert.equal(error.name, 'ConditionalCheckFailedException');
            return 0;
          },
        );
    const winners = await Promise.all(Array.from({ length: 10 }, () => take(50)));
    assert.equal(
      winners.reduce((sum, one) => sum + one),
      1,
    );
  });
});

/** Whether an expression uses a placeholder (and not merely one that begins alike). */
function mentions(expression, placeholder) {
  return new RegExp(`${placeholder}(?![A-Za-z0-9_])`).test(expression);
}
