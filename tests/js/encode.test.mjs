// The way in: what the document client writes, held to the AWS client's own marshalling and to its texts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marshall, NumberValueImpl } from '@aws-sdk/util-dynamodb';
import { load } from './support/compiled.mjs';
import { read } from './support/flat.mjs';
import { generator, randomItem, randomNumber } from './support/random.mjs';

const { MemoryWindow } = await load('codec/memory.js');
const { DocumentEncoder } = await load('codec/encoder.js');
const { JsonEncoder } = await load('codec/json-encoder.js');
const { requestShape } = await load('codec/shapes.js');
const { NumberValue } = await load('codec/number-value.js');
const { DocumentSet } = await load('codec/document-set.js');

/** A memory that grows and an area that moves, as the module's may. */
function area() {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const window = new MemoryWindow(memory);
  return {
    window,
    base: 0,
    limit: 0,
    requestBuffer(wanted) {
      this.base = Math.max(this.limit, 64);
      this.limit = this.base + wanted;
      const missing = this.limit - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
    },
    read(length) {
      return read(window.current().slice(this.base, this.base + length));
    },
  };
}

function encode(request, { operation = 'PutItem', options, Encoder = DocumentEncoder } = {}) {
  const place = area();
  const encoder = new Encoder(place.window, place, options);
  return place.read(encoder.encode(request, requestShape(operation)));
}
const item = (value, options) => encode({ Item: value }, { options }).m.Item.attributes;
const attribute = (value, options) => item({ a: value }, options).a;
const text = (operation) => {
  try {
    operation();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
  return 'nothing thrown';
};

test('items are written as the AWS client marshalls them', () => {
  const random = generator(1);
  for (let round = 0; round < 1500; round++) {
    const value = randomItem(random);
    const top = { convertTopLevelContainer: true };
    const expected = Object.fromEntries(Object.entries(value).map(([name, v]) => [name, marshall(v, top)]));
    assert.deepEqual(item(value), expected);
  }
});

test('numbers are written as JavaScript writes them', () => {
  const random = generator(2);
  const wide = { allowImpreciseNumbers: true };
  for (let round = 0; round < 20_000; round++) {
    const number = randomNumber(random);
    assert.deepEqual(attribute(number, wide), { N: String(number) });
  }
});

test('one encoder goes on after requests that threw, that grew the area, that moved it', () => {
  const place = area();
  const encoder = new DocumentEncoder(place.window, place);
  const shape = requestShape('PutItem');
  for (const size of [1, 5000, 3, 200_000, 1]) {
    assert.throws(() => encoder.encode({ Item: { a: { b: 'x'.repeat(size), c: undefined } } }, shape));
    const written = place.read(encoder.encode({ Item: { a: 'x'.repeat(size) }, TableName: 't' }, shape));
    assert.deepEqual(written, { m: { Item: { attributes: { a: { S: 'x'.repeat(size) } } }, TableName: 't' } });
  }
});

class Point {
  constructor() {
    this.x = 1;
    this.y = undefined;
  }
}
const refused = {
  'undefined in a map': { a: { b: undefined } },
  'undefined in a list': { a: [undefined] },
  'undefined in a set': { a: new Set([undefined, 'x']) },
  'an empty set': { a: new Set() },
  'a set of booleans': { a: new Set([true]) },
  'a set of lists': { a: new Set([[1]]) },
  'a set that begins with null': { a: new Set([null]) },
  'a class': { a: new Point() },
  'a date': { a: new Date(0) },
  'a regular expression': { a: /x/ },
  NaN: { a: Number.NaN },
  Infinity: { a: Number.POSITIVE_INFINITY },
  '-Infinity': { a: Number.NEGATIVE_INFINITY },
  'NaN in a set': { a: new Set([1, Number.NaN]) },
  'a large number': { a: 2 ** 53 },
  'a very large number': { a: 1e25 },
  'a large negative number': { a: -(2 ** 53) },
  'a large number in a set': { a: new Set([2 ** 53]) },
  'a symbol': { a: Symbol('s') },
  'a nested class': { a: [{ b: new Point() }] },
};
const optionSets = [
  {},
  { convertEmptyValues: true },
  { removeUndefinedValues: true },
  { convertClassInstanceToMap: true },
  { allowImpreciseNumbers: true },
  { convertEmptyValues: true, removeUndefinedValues: true, convertClassInstanceToMap: true, allowImpreciseNumbers: true },
];

test("what is refused is refused in the AWS client's words, and options lift it as there", () => {
  for (const options of optionSets) {
    for (const [name, value] of Object.entries(refused)) {
      const theirs = text(() => marshall(value, options));
      const ours = text(() => item(value, options));
      assert.equal(ours, theirs, `${name} with ${JSON.stringify(options)}`);
      if (theirs === 'nothing thrown') assert.deepEqual(item(value, options), marshall(value, options), name);
    }
  }
});

test('empty values, undefined members and functions fare as with the AWS client', () => {
  const odd = {
    s: '',
    l: ['', [], {}],
    m: { '': '' },
    b: new Uint8Array(0),
    f: () => 1,
    lf: [() => 1, 2],
    mf: { f: () => 1, g: 2 },
    n: null,
    set: new Set(['']),
    nil: Object.create(null),
    num: new Number(5),
    bool: new Boolean(false),
    str: new String('x'),
    emptyStr: new String(''),
    map: new Map([
      ['k', 1],
      ['f', () => 1],
    ]),
    inherited: Object.create({ seen: 1 }),
    holes: Object.assign([1], { 2: 3 }),
    big: 12345678901234567890n,
    bigs: new Set([1n, 2n]),
    mixed: new Set(['a', 1]),
  };
  for (const options of optionSets) assert.deepEqual(item(odd, options), marshall(odd, options));
  assert.deepEqual(item({ a: 1, b: undefined }), { a: { N: '1' } }, 'an undefined attribute is no attribute');
  const holed = { l: [undefined, 1], m: { u: undefined, v: 1 }, s: new Set([undefined, 1]), map: new Map([['u', undefined]]) };
  const options = { removeUndefinedValues: true };
  assert.deepEqual(item(holed, options), marshall(holed, options));
  const empties = { s: new Set(), e: new Set([undefined]) };
  const both = { removeUndefinedValues: true, convertEmptyValues: true };
  assert.deepEqual(item(empties, both), marshall(empties, both));
});

test('every kind of binary has its bytes', () => {
  const bytes = Uint8Array.of(0, 1, 128, 255, 4, 5, 6, 7);
  const { buffer } = bytes;
  for (const value of [
    bytes,
    Buffer.from(bytes),
    buffer,
    new DataView(buffer),
    new Uint16Array(buffer),
    new Float64Array(buffer),
    new BigInt64Array(buffer),
    new Int8Array(buffer),
  ]) {
    assert.deepEqual(attribute(value), { B: bytes }, value.constructor.name);
    assert.deepEqual(attribute(new Set([value])), { BS: [bytes] }, value.constructor.name);
  }
  assert.deepEqual(attribute(new DataView(buffer, 1, 2)), { B: Uint8Array.of(1, 128) });
  assert.deepEqual(attribute(new ArrayBuffer(0), { convertEmptyValues: true }), { NULL: true });
});

test('blobs are read and the request written again', async () => {
  const place = area();
  const encoder = new DocumentEncoder(place.window, place);
  const request = { Item: { a: new Blob(['héllo']), s: new Set([new Blob(['x'])]), f: new File(['y'], 'name') } };
  assert.equal(encoder.encode(request, requestShape('PutItem')), 0);
  await encoder.readBlobs();
  const { m } = place.read(encoder.encode(request, requestShape('PutItem')));
  const bytes = (s) => new TextEncoder().encode(s);
  assert.deepEqual(m.Item.attributes, { a: { B: bytes('héllo') }, s: { BS: [bytes('x')] }, f: { B: bytes('y') } });
});

test('wrapped numbers and sets of this package, of lib-dynamodb and of aws-sdk 2 are known', () => {
  const long = '12345678901234567890.123';
  class Version2Number {
    wrapperName = 'NumberValue';
    value = long;
    toString() {
      return this.value;
    }
  }
  for (const number of [new NumberValue(long), NumberValueImpl.from(long), new Version2Number()])
    assert.deepEqual(attribute(number), { N: long });
  assert.deepEqual(attribute(new Set([NumberValueImpl.from(long), new NumberValue('1')])), { NS: [long, '1'] });
  assert.deepEqual(attribute(new DocumentSet(['a', 'b'])), { SS: ['a', 'b'] });
  assert.deepEqual(attribute(new DocumentSet([1, 2.5])), { NS: ['1', '2.5'] });
  assert.deepEqual(attribute(new DocumentSet([Uint8Array.of(1)])), { BS: [Uint8Array.of(1)] });
  class Foreign {
    wrapperName = 'Set';
    type = 'String';
    values = ['q'];
  }
  assert.deepEqual(attribute(new Foreign()), { SS: ['q'] });
  assert.throws(() => new NumberValue(2 ** 53 + 2), {
    message: 'NumberValue should not be initialized with an imprecise number=9007199254740994. Use a string instead.',
  });
  assert.throws(() => new NumberValue(Number.NaN), /imprecise number=NaN/);
  assert.throws(() => new DocumentSet([]), {
    code: 'InvalidSetType',
    message: 'Sets can contain string, number, or binary values',
  });
  assert.throws(() => new DocumentSet(['a', 1], { validate: true }), {
    code: 'InvalidType',
    message: 'String Set contains Number value',
  });
});

test('attributes may have any name, and a Map may be an item', () => {
  const named = JSON.parse('{"__proto__": 1, "constructor": "c", "toString": {"__proto__": {"x": true}}}');
  const written = item(named);
  assert.deepEqual(Object.getOwnPropertyDescriptor(written, '__proto__')?.value, { N: '1' });
  assert.deepEqual(written.constructor, { S: 'c' });
  assert.deepEqual(item(new Map([['k', 1]])), { k: { N: '1' } });
});

test('each operation marks its attribute values and leaves the rest as it is', () => {
  const value = { attribute: { N: '1' } };
  const key = { attributes: { k: { S: 'x' } } };
  const k = { k: 'x' };
  const cases = [
    [
      'GetItem',
      { TableName: 't', Key: k, ConsistentRead: true, ProjectionExpression: 'a', ExpressionAttributeNames: { '#a': 'a' } },
      {
        TableName: 't',
        Key: key,
        ConsistentRead: true,
        ProjectionExpression: 'a',
        ExpressionAttributeNames: { m: { '#a': 'a' } },
      },
    ],
    [
      'PutItem',
      {
        Item: k,
        Expected: { a: { Value: 1, Exists: true }, b: { AttributeValueList: [1, undefined], ComparisonOperator: 'IN' } },
        ExpressionAttributeValues: { ':v': 1 },
      },
      {
        Item: key,
        Expected: {
          m: { a: { m: { Value: value, Exists: true } }, b: { m: { AttributeValueList: [value], ComparisonOperator: 'IN' } } },
        },
        ExpressionAttributeValues: { attributes: { ':v': { N: '1' } } },
      },
    ],
    [
      'UpdateItem',
      { Key: k, AttributeUpdates: { a: { Value: 1, Action: 'PUT' } } },
      { Key: key, AttributeUpdates: { m: { a: { m: { Value: value, Action: 'PUT' } } } } },
    ],
    [
      'Query',
      { KeyConditions: { a: { AttributeValueList: [1], ComparisonOperator: 'EQ' } }, Limit: 5, ExclusiveStartKey: undefined },
      { KeyConditions: { m: { a: { m: { AttributeValueList: [value], ComparisonOperator: 'EQ' } } } }, Limit: 5 },
    ],
    [
      'BatchGetItem',
      { RequestItems: { t: { Keys: [k], ConsistentRead: false } } },
      { RequestItems: { m: { t: { m: { Keys: [key], ConsistentRead: false } } } } },
    ],
    [
      'BatchWriteItem',
      { RequestItems: { t: [{ PutRequest: { Item: k } }, { DeleteRequest: { Key: k } }] } },
      {
        RequestItems: {
          m: { t: [{ m: { PutRequest: { m: { Item: key } } } }, { m: { DeleteRequest: { m: { Key: key } } } }] },
        },
      },
    ],
    [
      'TransactWriteItems',
      { TransactItems: [{ Update: { Key: k, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: { ':v': 1 } } }] },
      {
        TransactItems: [
          {
            m: {
              Update: {
                m: {
                  Key: key,
                  UpdateExpression: 'SET a = :v',
                  ExpressionAttributeValues: { attributes: { ':v': { N: '1' } } },
                },
              },
            },
          },
        ],
      },
    ],
    ['TransactGetItems', { TransactItems: [{ Get: { Key: k } }] }, { TransactItems: [{ m: { Get: { m: { Key: key } } } }] }],
    [
      'BatchExecuteStatement',
      { Statements: [{ Statement: 's', Parameters: [1] }] },
      { Statements: [{ m: { Statement: 's', Parameters: [value] } }] },
    ],
    ['SearchVectors', { SearchVector: [1], TopK: 3 }, { SearchVector: [value], TopK: 3 }],
  ];
  for (const [operation, request, expected] of cases)
    assert.deepEqual(encode(request, { operation }), { m: expected }, operation);
});

test('what has the wrong type reaches the engine as it is', () => {
  const odd = {
    TableName: 5,
    Item: 'text',
    Expected: [1],
    Limit: 'many',
    ExpressionAttributeValues: 7,
    ReturnValues: null,
    other: { Deep: [true] },
  };
  assert.deepEqual(encode(odd), {
    m: {
      TableName: 5,
      Item: 'text',
      Expected: [1],
      Limit: 'many',
      ExpressionAttributeValues: 7,
      ReturnValues: null,
      other: { m: { Deep: [true] } },
    },
  });
  assert.deepEqual(encode({ Item: [1], TableName: true }), { m: { Item: [1], TableName: true } });
  for (const request of [undefined, null, {}]) assert.deepEqual(encode(request), { m: {} });
  assert.deepEqual(encode({ ExportTime: new Date(1500), Blob: Uint8Array.of(7) }), {
    m: { ExportTime: 1.5, Blob: Uint8Array.of(7) },
  });
});

test('DynamoDB JSON is written value by value; what is none goes as plain structure', () => {
  const json = (Item) => encode({ Item }, { Encoder: JsonEncoder }).m.Item;
  const all = {
    s: { S: 'é' },
    n: { N: '1.50' },
    b: { B: Uint8Array.of(1) },
    t: { BOOL: true },
    f: { BOOL: false },
    z: { NULL: true },
    ss: { SS: ['a'] },
    ns: { NS: ['1'] },
    bs: { BS: [Uint8Array.of(2)] },
    l: { L: [{ S: 'x' }, { M: {} }] },
    m: { M: { k: { N: '2' } } },
  };
  assert.deepEqual(json(all), { attributes: all });
  assert.deepEqual(json({ a: { NULL: false } }), { attributes: { a: { NULL: false } } });
  assert.deepEqual(json({ a: {} }), { attributes: { a: {} } });
  assert.deepEqual(json({ a: { S: 'x', N: '1' } }), { attributes: { a: { many: true } } });
  assert.deepEqual(json({ a: { S: 'x', N: undefined } }), { attributes: { a: { S: 'x' } } });
  assert.deepEqual(json({ a: { B: 'é' } }), { attributes: { a: { B: Uint8Array.of(0xc3, 0xa9) } } });
  assert.deepEqual(json({ ok: { S: 'x' }, a: { N: 5 } }), { m: { ok: { m: { S: 'x' } }, a: { m: { N: 5 } } } });
  assert.deepEqual(json({ a: 'x' }), { m: { a: 'x' } });
  assert.deepEqual(json({ a: { L: [{ S: 1 }] } }), { m: { a: { m: { L: [{ m: { S: 1 } }] } } } });
  const expected = encode(
    { Expected: { a: { Value: { N: '1' }, AttributeValueList: [{ S: 'x' }, 5] } } },
    { Encoder: JsonEncoder },
  );
  assert.deepEqual(expected, {
    m: {
      Expected: { m: { a: { m: { Value: { attribute: { N: '1' } }, AttributeValueList: [{ attribute: { S: 'x' } }, 5] } } } },
    },
  });
});
