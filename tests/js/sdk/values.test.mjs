// Values of all ten types through the AWS SDK: exact numbers, sets, binary, empty and deep values, and items up to the last byte.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { withSdk } from '../../support/region.mjs';

const ITEM_BYTES_MAX = 409_600;

withSdk('values', (region) => {
  let TableName;
  before(async () => {
    TableName = await region.table();
  });
  let serial = 0;
  /** Puts one attribute value in DynamoDB JSON and gives it as it comes back. */
  async function roundTrip(value) {
    serial += 1;
    const id = { S: `value-${serial}` };
    await region.dynamo.putItem({ TableName, Item: { id, value } });
    return (await region.dynamo.getItem({ TableName, Key: { id } })).Item.value;
  }

  const numbers = [
    ['0', '0'],
    ['-0', '0'],
    ['0.000', '0'],
    ['0e125', '0'],
    ['1', '1'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1.e5', '100000'],
    ['0042.1200', '42.12'],
    ['-0.10', '-0.1'],
    ['1e-7', '0.0000001'],
    ['1e+21', '1000000000000000000000'],
    ['1E125', `1${'0'.repeat(125)}`],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    ['-12345678901234567890123456789012345678', '-12345678901234567890123456789012345678'],
    ['0.12345678901234567890123456789012345678', '0.12345678901234567890123456789012345678'],
    ['123456789012345678901234567890123456780000', '123456789012345678901234567890123456780000'],
    ['9.9999999999999999999999999999999999999E+125', `99999999999999999999999999999999999999${'0'.repeat(88)}`],
    ['1E-130', `0.${'0'.repeat(129)}1`],
    ['-1E-130', `-0.${'0'.repeat(129)}1`],
    ['100.00e-2', '1'],
  ];
  test('numbers are exact and come back in one spelling', async () => {
    const seen = [];
    for (const [written] of numbers) seen.push([written, (await roundTrip({ N: written })).N]);
    assert.deepEqual(seen, numbers);
  });

  test('numbers are added exactly', async () => {
    const id = { S: 'sums' };
    const add = async (a, b) => {
      const { Attributes } = await region.dynamo.updateItem({
        TableName,
        Key: { id },
        UpdateExpression: 'SET n = :a + :b',
        ExpressionAttributeValues: { ':a': { N: a }, ':b': { N: b } },
        ReturnValues: 'UPDATED_NEW',
      });
      return Attributes.n.N;
    };
    assert.equal(await add('0.1', '0.2'), '0.3');
    assert.equal(await add('99999999999999999999999999999999999999', '-99999999999999999999999999999999999998'), '1');
    assert.equal(await add('12345678901234567890', '98765432109876543210'), '111111111011111111100');
    assert.equal(await add('-5', '5'), '0');
  });

  test('sets keep their members and no order or spelling of them', async () => {
    const { NS } = await roundTrip({ NS: ['3', '1.0', '2e0', '-7'] });
    assert.deepEqual([...NS].sort(), ['-7', '1', '2', '3']);
    const { SS } = await roundTrip({ SS: ['b', 'a', '', 'é'] });
    assert.deepEqual([...SS].sort(), ['', 'a', 'b', 'é']);
    const { BS } = await roundTrip({ BS: [new Uint8Array([2]), new Uint8Array([]), new Uint8Array([1, 1])] });
    assert.deepEqual(BS.map((bytes) => Buffer.from(bytes).toString('hex')).sort(), ['', '0101', '02']);
  });

  test('binary of every byte and length', async () => {
    for (const length of [0, 1, 2, 3, 4, 255, 256, 1000]) {
      const B = Uint8Array.from({ length }, (_, n) => (n * 7 + length) % 256);
      assert.deepEqual(Buffer.from((await roundTrip({ B })).B), Buffer.from(B));
    }
  });

  test('text of every plane', async () => {
    const text = ['', ' ', '\u0000', 'é', '日本語', '\u{1f328}\ufe0f', '"\\\n\t\u2028', '\ufffe\uffff', 'x'.repeat(10_000)];
    for (const S of text) assert.deepEqual(await roundTrip({ S }), { S });
  });

  test('empty containers and NULL', async () => {
    for (const value of [{ L: [] }, { M: {} }, { S: '' }, { B: new Uint8Array() }, { NULL: true }, { BOOL: false }]) {
      assert.deepEqual(await roundTrip(value), value);
    }
  });

  test('lists and maps of everything', async () => {
    const value = {
      M: {
        list: { L: [{ S: 'a' }, { N: '1' }, { L: [{ NULL: true }, { M: { '': { BOOL: true } } }] }, { SS: ['x'] }] },
        'ключ "quoted"': { M: { deeper: { B: new Uint8Array([9]) } } },
      },
    };
    // An empty name is refused at the top of an item and inside.
    await assert.rejects(roundTrip(value), { name: 'ValidationException' });
    delete value.M.list.L[2].L[1].M[''];
    assert.deepEqual(await roundTrip(value), value);
  });

  const nested = (levels) => (levels === 1 ? { S: 'leaf' } : { M: { m: nested(levels - 1) } });
  test('32 levels, and not one more', async () => {
    assert.deepEqual(await roundTrip(nested(32)), nested(32));
    const message =
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';
    await assert.rejects(roundTrip(nested(33)), (error) => {
      assert.equal(error.name, 'ValidationException');
      assert.ok(error.message.endsWith(message), error.message);
      return true;
    });
    const update = region.dynamo.updateItem({
      TableName,
      Key: { id: { S: 'deep' } },
      UpdateExpression: 'SET v = :v',
      ExpressionAttributeValues: { ':v': nested(33) },
    });
    await assert.rejects(update, (error) => error.message.endsWith(message));
  });

  test('the document client reads big numbers as it promises', async () => {
    const big = '12345678901234567890123456789012345678';
    await region.documents.put({ TableName, Item: { id: 'big', n: NumberValue.from(big), i: 2n ** 100n } });
    const { Item } = await region.documents.get({ TableName, Key: { id: 'big' } });
    assert.equal(Item.n, BigInt(big));
    assert.equal(Item.i, 2n ** 100n);
  });

  test('every type can be a key', async () => {
    for (const [AttributeType, made] of [
      ['N', [{ N: '1' }, { N: '-1.50' }, { N: '1e20' }]],
      ['B', [{ B: new Uint8Array([0]) }, { B: new Uint8Array([255, 0]) }]],
      ['S', [{ S: 'a' }, { S: '\u0000' }, { S: 'x'.repeat(2048) }]],
    ]) {
      const table = await region.table({ AttributeDefinitions: [{ AttributeName: 'id', AttributeType }] });
      for (const id of made) await region.dynamo.putItem({ TableName: table, Item: { id } });
      for (const id of made)
        assert.ok((await region.dynamo.getItem({ TableName: table, Key: { id } })).Item, JSON.stringify(id));
      assert.equal((await region.dynamo.scan({ TableName: table })).Count, made.length);
    }
  });

  test('one number is one key, however it is spelled', async () => {
    const table = await region.table({ AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }] });
    for (const N of ['100', '1e2', '100.0', '+100'])
      await region.dynamo.putItem({ TableName: table, Item: { id: { N }, last: { S: N } } });
    const { Items } = await region.dynamo.scan({ TableName: table });
    assert.deepEqual(Items, [{ id: { N: '100' }, last: { S: '+100' } }]);
  });
});

withSdk('sizes', (region) => {
  let TableName;
  before(async () => {
    TableName = await region.table();
  });
  const tooLarge = { name: 'ValidationException', message: 'Item size has exceeded the maximum allowed size' };
  const updateTooLarge = { name: 'ValidationException', message: 'Item size to update has exceeded the maximum allowed size' };
  const put = (Item) => region.dynamo.putItem({ TableName, Item: { id: { S: 'k' }, ...Item } });
  const keyBytes = 'id'.length + 'k'.length;
  /** An attribute `t` that fills an item with the others up to `bytes`. */
  const fill = (bytes, others = 0) => ({ t: { S: 'x'.repeat(bytes - keyBytes - 't'.length - others) } });

  test('an item may have 409,600 bytes and not one more', async () => {
    await put(fill(ITEM_BYTES_MAX));
    const { Item } = await region.dynamo.getItem({ TableName, Key: { id: { S: 'k' } } });
    assert.equal(Item.t.S.length, ITEM_BYTES_MAX - keyBytes - 1);
    await assert.rejects(put(fill(ITEM_BYTES_MAX + 1)), tooLarge);
    const batch = (Item) =>
      region.dynamo.batchWriteItem({ RequestItems: { [TableName]: [{ PutRequest: { Item: { id: { S: 'k' }, ...Item } } }] } });
    await batch(fill(ITEM_BYTES_MAX));
    await assert.rejects(batch(fill(ITEM_BYTES_MAX + 1)), tooLarge);
  });

  test('an update may make an item of 409,600 bytes and not one more', async () => {
    await put({ a: { S: 'y'.repeat(204_800) } });
    const others = 'a'.length + 204_800;
    const update = (bytes) =>
      region.dynamo.updateItem({
        TableName,
        Key: { id: { S: 'k' } },
        UpdateExpression: 'SET t = :t',
        ExpressionAttributeValues: { ':t': fill(bytes, others).t },
      });
    await update(ITEM_BYTES_MAX);
    await assert.rejects(update(ITEM_BYTES_MAX + 1), updateTooLarge);
  });

  // Each value with the bytes it counts for: the item is filled up to the limit around it, so that an error of one byte shows.
  const measured = [
    ['text in UTF-8', { S: 'é日\u{1f328}' }, 2 + 3 + 4],
    ['binary', { B: new Uint8Array(5) }, 5],
    ['a boolean', { BOOL: true }, 1],
    ['NULL', { NULL: true }, 1],
    ['one digit', { N: '1' }, 2],
    ['two digits', { N: '12' }, 2],
    ['three digits', { N: '123' }, 3],
    ['six digits', { N: '123456' }, 4],
    ['both sides of the point', { N: '3.14159' }, 5],
    ['a negative number', { N: '-12' }, 3],
    ['zeros at the end', { N: '1E125' }, 2],
    ['zeros at the front', { N: '0.0000001' }, 2],
    ['38 digits', { N: '12345678901234567890123456789012345678' }, 20],
    ['a set of text', { SS: ['ab', 'c', ''] }, 3],
    ['a set of numbers', { NS: ['1', '123'] }, 2 + 3],
    ['a set of binary', { BS: [new Uint8Array(2), new Uint8Array(3)] }, 5],
    ['an empty list', { L: [] }, 3],
    ['a list', { L: [{ S: 'ab' }, { BOOL: true }] }, 3 + 1 + 2 + 1 + 1],
    ['an empty map', { M: {} }, 3],
    ['a map', { M: { key: { S: 'ab' }, k: { N: '1' } } }, 3 + 1 + 3 + 2 + 1 + 1 + 2],
    ['a list in a map', { M: { l: { L: [{ L: [] }] } } }, 3 + 1 + 1 + (3 + 1 + 3)],
  ];
  test('values count for their bytes', async () => {
    const wrong = [];
    for (const [title, value, bytes] of measured) {
      const others = 'v'.length + bytes;
      const fits = await put({ v: value, ...fill(ITEM_BYTES_MAX, others) }).then(
        () => true,
        () => false,
      );
      const oneMore = await put({ v: value, ...fill(ITEM_BYTES_MAX + 1, others) }).then(
        () => true,
        () => false,
      );
      if (!fits || oneMore) wrong.push(`${title}: ${fits ? 'fewer' : 'more'} than ${bytes} bytes`);
    }
    assert.deepEqual(wrong, []);
  });

  // What an UpdateExpression is charged for, whatever the item: 3 and the clauses.
  const charge = 3;
  const charged = [
    ['SET t = :v', (v) => 19 + 1 + v],
    ['SET target = :v', (v) => 19 + 6 + v],
    ['SET m.x = :v', (v) => 19 + (1 + 4 + 1) + v],
    ['SET a = :v, b = :v', (v) => 2 * (19 + 1 + v)],
    ['SET t = if_not_exists(t, :v)', (v) => 19 + 1 + 39 + (1 + 14 + 1) + v],
  ];
  test('an update expression is charged for its operands before the condition', async () => {
    for (const [UpdateExpression, cost] of charged) {
      const attempt = (length) =>
        region.dynamo.updateItem({
          TableName,
          Key: { id: { S: 'charged' } },
          UpdateExpression,
          ConditionExpression: 'attribute_exists(never)',
          ExpressionAttributeValues: { ':v': { S: 'x'.repeat(length) } },
        });
      // The cost grows by a whole number of bytes for each byte of :v.
      const each = cost(1) - cost(0);
      const longest = Math.floor((ITEM_BYTES_MAX - charge - cost(0)) / each);
      await assert.rejects(attempt(longest), { name: 'ConditionalCheckFailedException' }, `${UpdateExpression}: ${longest}`);
      await assert.rejects(attempt(longest + 1), updateTooLarge, `${UpdateExpression}: ${longest + 1}`);
    }
  });
});
