// Refusals about keys, indexes, parameters that exclude each other, conditions and tables that are not there.

import { one, refusals } from '../../support/messages.mjs';

const id = { S: 'a' };
const N = (n) => ({ N: String(n) });
const S = (text) => ({ S: text });
const B = (...bytes) => ({ B: new Uint8Array(bytes) });
const INVALID = 'One or more parameter values were invalid:';
const NOT_VALID = 'One or more parameter values are not valid.';
const mismatch = 'The provided key element does not match the schema';
const notFound = 'ResourceNotFoundException';

const put = (TableName, Item) => ['PutItem', { TableName, Item }];
const get = (TableName, Key, rest) => ['GetItem', { TableName, Key, ...rest }];
const update = (TableName, Key, rest) => ['UpdateItem', { TableName, Key, ...rest }];
const remove = (TableName, Key, rest) => ['DeleteItem', { TableName, Key, ...rest }];
const batchPut = (TableName, ...items) => [
  'BatchWriteItem',
  { RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) } },
];
const batchGet = (TableName, ...Keys) => ['BatchGetItem', { RequestItems: { [TableName]: { Keys } } }];

refusals('tables that are not there', [
  ['absent', ...put('Nowhere', { id }), 'Requested resource not found', notFound],
  ['absent', ...get('Nowhere', { id }), 'Requested resource not found', notFound],
  ['absent', ...update('Nowhere', { id }), 'Requested resource not found', notFound],
  ['absent', ...remove('Nowhere', { id }), 'Requested resource not found', notFound],
  ['absent', 'Scan', { TableName: 'Nowhere' }, 'Requested resource not found', notFound],
  [
    'absent',
    'Query',
    { TableName: 'Nowhere', KeyConditionExpression: 'id = :v', ExpressionAttributeValues: { ':v': id } },
    'Requested resource not found',
    notFound,
  ],
  ['absent', ...batchPut('Nowhere', { id }), 'Requested resource not found', notFound],
  ['absent', ...batchGet('Nowhere', { id }), 'Requested resource not found', notFound],
  ['absent', 'DescribeTable', { TableName: 'Nowhere' }, 'Requested resource not found: Table: Nowhere not found', notFound],
  ['absent', 'DeleteTable', { TableName: 'Nowhere' }, 'Requested resource not found: Table: Nowhere not found', notFound],
  [
    'absent',
    'UpdateTable',
    { TableName: 'Nowhere', DeletionProtectionEnabled: true },
    'Requested resource not found: Table: Nowhere not found',
    notFound,
  ],
  [
    'a fault of a value comes first',
    ...put('Nowhere', { id, v: N('abc') }),
    one('The parameter cannot be converted to a numeric value: abc'),
  ],
  ['the key schema comes after', ...get('Nowhere', { nothing: id }), 'Requested resource not found', notFound],
]);

refusals('keys', [
  ...[get, update, remove].flatMap((call) => [
    ['another attribute', ...call('Plain', { other: id }), mismatch],
    ['an attribute too many', ...call('Plain', { id, other: id }), mismatch],
    ['an attribute missing', ...call('Pair', { p: id }), mismatch],
    ['none at all', ...call('Plain', {}), mismatch],
    ['another type', ...call('Plain', { id: N(1) }), mismatch],
    ['not a scalar', ...call('Plain', { id: { L: [] } }), mismatch],
    [
      'empty text',
      ...call('Plain', { id: S('') }),
      `${NOT_VALID} The AttributeValue for a key attribute cannot contain an empty string value. Key: id`,
    ],
    [
      'empty binary',
      ...call('Bytes', { id: B() }),
      `${NOT_VALID} The AttributeValue for a key attribute cannot contain an empty binary value. Key: id`,
    ],
  ]),
  ['missing', ...put('Plain', { other: id }), `${INVALID} Missing the key id in the item`],
  ['sort key missing', ...put('Pair', { p: id }), `${INVALID} Missing the key s in the item`],
  ['another type', ...put('Plain', { id: N(1) }), `${INVALID} Type mismatch for key id expected: S actual: N`],
  ['another type', ...put('Pair', { p: id, s: S('1') }), `${INVALID} Type mismatch for key s expected: N actual: S`],
  ['not a scalar', ...put('Plain', { id: { M: {} } }), `${INVALID} Type mismatch for key id expected: S actual: M`],
  [
    'empty text',
    ...put('Plain', { id: S('') }),
    `${NOT_VALID} The AttributeValue for a key attribute cannot contain an empty string value. Key: id`,
  ],
  ['missing', ...batchPut('Plain', { other: id }), mismatch],
  ['another type', ...batchPut('Plain', { id: N(1) }), mismatch],
  ['another type', ...batchGet('Plain', { id: N(1) }), mismatch],
  ['twice', ...batchGet('Plain', { id }, { id }), 'Provided list of item keys contains duplicates'],
  ['twice', ...batchPut('Plain', { id }, { id, n: N(1) }), 'Provided list of item keys contains duplicates'],
  [
    'put and deleted',
    'BatchWriteItem',
    { RequestItems: { Plain: [{ PutRequest: { Item: { id } } }, { DeleteRequest: { Key: { id } } }] } },
    'Provided list of item keys contains duplicates',
  ],
  [
    'twice, spelled differently',
    ...batchGet('Pair', { p: id, s: N('1') }, { p: id, s: N('1.0') }),
    'Provided list of item keys contains duplicates',
  ],
  [
    'too long',
    ...put('Plain', { id: S('x'.repeat(2049)) }),
    `${INVALID} Size of hashkey has exceeded the maximum size limit of2048 bytes`,
  ],
  [
    'sort key too long',
    ...put('Text', { p: id, s: S('x'.repeat(1025)) }),
    `${INVALID} Aggregated size of all range keys has exceeded the size limit of 1024 bytes`,
  ],
  [
    'changed by an update',
    ...update('Plain', { id }, { UpdateExpression: 'SET id = :v', ExpressionAttributeValues: { ':v': id } }),
    `${INVALID} Cannot update attribute id. This attribute is part of the key`,
  ],
  [
    'removed by an update',
    ...update('Pair', { p: id, s: N(1) }, { UpdateExpression: 'REMOVE s' }),
    `${INVALID} Cannot update attribute s. This attribute is part of the key`,
  ],
  [
    'changed by a legacy update',
    ...update('Plain', { id }, { AttributeUpdates: { id: { Value: id } } }),
    `${INVALID} Cannot update attribute id. This attribute is part of the key`,
  ],
]);

const row = { p: id, s: id };
refusals('index keys', [
  [
    'another type, the alphabetically first index named',
    ...put('Indexed', { ...row, g: N(1) }),
    `${INVALID} Type mismatch for Index Key g Expected: S Actual: N IndexName: alpha`,
  ],
  [
    'another type',
    ...put('Indexed', { ...row, l: S('1') }),
    `${INVALID} Type mismatch for Index Key l Expected: N Actual: S IndexName: local`,
  ],
  [
    'another type',
    ...batchPut('Indexed', { ...row, h: S('1') }),
    `${INVALID} Type mismatch for Index Key h Expected: N Actual: S IndexName: alpha`,
  ],
  [
    'one of several of another type',
    ...put('Several', { p: id, r2: S('x') }),
    `${INVALID} Type mismatch for Index Key r2 Expected: N Actual: S IndexName: several`,
  ],
  [
    'empty',
    ...put('Indexed', { ...row, g: S('') }),
    `${NOT_VALID} A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: alpha, IndexKey: g`,
  ],
  [
    'another type',
    ...update('Indexed', row, { UpdateExpression: 'SET l = :v', ExpressionAttributeValues: { ':v': S('x') } }),
    `${INVALID} Type mismatch for Index Key l Expected: N Actual: S IndexName: local`,
  ],
  [
    'empty',
    ...update('Indexed', row, { UpdateExpression: 'SET g = :v', ExpressionAttributeValues: { ':v': S('') } }),
    `${NOT_VALID} The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.`,
  ],
]);

const condition = { ConditionExpression: 'attribute_exists(x)' };
refusals('parameters that exclude each other', [
  [
    'old and new',
    ...get('Plain', { id }, { AttributesToGet: ['a'], ProjectionExpression: 'a' }),
    'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}',
  ],
  [
    'old and new',
    ...update(
      'Plain',
      { id },
      { AttributeUpdates: { a: { Value: id } }, Expected: { a: { Exists: false } }, UpdateExpression: 'REMOVE a' },
    ),
    /Can not use both expression and non-expression parameters in the same request: Non-expression parameters: \{(AttributeUpdates, Expected|Expected, AttributeUpdates)\} Expression parameters: \{UpdateExpression\}$/,
  ],
  [
    'old and new',
    'PutItem',
    { TableName: 'Plain', Item: { id }, Expected: { a: { Exists: false } }, ...condition },
    /Can not use both expression and non-expression parameters in the same request: Non-expression parameters: \{Expected\} Expression parameters: \{ConditionExpression\}$/,
  ],
  [
    'names without an expression',
    ...get('Plain', { id }, { ExpressionAttributeNames: { '#a': 'a' } }),
    'ExpressionAttributeNames can only be specified when using expressions',
  ],
  [
    'values without an expression',
    'PutItem',
    { TableName: 'Plain', Item: { id }, ExpressionAttributeValues: { ':a': id } },
    one('ExpressionAttributeValues can only be specified when using expressions'),
  ],
  [
    'Expected without a value',
    'PutItem',
    { TableName: 'Plain', Item: { id }, Expected: { a: { Exists: true } } },
    one(`${INVALID} Value must be provided when Exists is true for Attribute: a`),
  ],
  [
    'Expected with a value that shall not exist',
    'PutItem',
    { TableName: 'Plain', Item: { id }, Expected: { a: { Exists: false, Value: id } } },
    one(`${INVALID} Value cannot be used when Exists is false for Attribute: a`),
  ],
  [
    'Expected with two kinds of values',
    'PutItem',
    { TableName: 'Plain', Item: { id }, Expected: { a: { Value: id, ComparisonOperator: 'EQ', AttributeValueList: [id] } } },
    one(`${INVALID} Value and AttributeValueList cannot be used together for Attribute: a`),
  ],
  [
    'Expected with an operator and no operand',
    'PutItem',
    { TableName: 'Plain', Item: { id }, Expected: { a: { ComparisonOperator: 'EQ' } } },
    one(`${INVALID} Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a`),
  ],
  [
    'Expected with an operand too few',
    'PutItem',
    { TableName: 'Plain', Item: { id }, Expected: { a: { ComparisonOperator: 'BETWEEN', AttributeValueList: [id] } } },
    one(`${INVALID} Invalid number of argument(s) for the BETWEEN ComparisonOperator`),
  ],
  [
    'an attribute twice',
    ...get('Plain', { id }, { AttributesToGet: ['a', 'b', 'a'] }),
    `${INVALID} Duplicate value in attribute name: a`,
  ],
]);

const there = { id: S('there') };
refusals('updates that do not fit the item', [
  [
    'an operand that is not there',
    ...update('Plain', there, { UpdateExpression: 'SET x = nothing' }),
    'The provided expression refers to an attribute that does not exist in the item',
  ],
  [
    'arithmetic on nothing',
    ...update('Plain', there, { UpdateExpression: 'SET x = nothing + :v', ExpressionAttributeValues: { ':v': N(1) } }),
    'The provided expression refers to an attribute that does not exist in the item',
  ],
  [
    'a path through nothing',
    ...update('Plain', there, { UpdateExpression: 'SET nothing.x = :v', ExpressionAttributeValues: { ':v': N(1) } }),
    'The document path provided in the update expression is invalid for update',
  ],
  [
    'a path through text',
    ...update('Plain', there, { UpdateExpression: 'SET s.x = :v', ExpressionAttributeValues: { ':v': N(1) } }),
    'The document path provided in the update expression is invalid for update',
  ],
  [
    'arithmetic on text',
    ...update('Plain', there, { UpdateExpression: 'SET n = s + :v', ExpressionAttributeValues: { ':v': N(1) } }),
    'An operand in the update expression has an incorrect data type',
  ],
  [
    'a number added to text',
    ...update('Plain', there, { UpdateExpression: 'ADD s :v', ExpressionAttributeValues: { ':v': N(1) } }),
    'An operand in the update expression has an incorrect data type',
  ],
  [
    'a list appended to a map',
    ...update('Plain', there, {
      UpdateExpression: 'SET m = list_append(m, :v)',
      ExpressionAttributeValues: { ':v': { L: [] } },
    }),
    'An operand in the update expression has an incorrect data type',
  ],
  [
    'a number added to text, the old way',
    ...update('Plain', there, { AttributeUpdates: { s: { Action: 'ADD', Value: N(1) } } }),
    'Type mismatch for attribute to update',
  ],
  [
    'a condition that fails',
    ...update('Plain', there, { ConditionExpression: 'attribute_not_exists(id)' }),
    'The conditional request failed',
    'ConditionalCheckFailedException',
  ],
]);
