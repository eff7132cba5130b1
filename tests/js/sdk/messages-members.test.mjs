// Members that break their constraints: AWS's sentences, and which of several faults it reports.

import { member, one, refusals, several } from '../../support/messages.mjs';

const id = { S: 'a' };
const put = (rest) => ({ TableName: 'Plain', Item: { id }, ...rest });
const keyed = (rest) => ({ TableName: 'Plain', Key: { id }, ...rest });
const query = (rest) => ({
  TableName: 'Plain',
  KeyConditionExpression: 'id = :v',
  ExpressionAttributeValues: { ':v': id },
  ...rest,
});

const notNull = 'Member must not be null';
const atLeast = (n) => `Member must have length greater than or equal to ${n}`;
const atMost = (n) => `Member must have length less than or equal to ${n}`;
const pattern = 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+';
const oneOf = (list) => `Member must satisfy enum value set: [${list}]`;
const capacities = oneOf('INDEXES, TOTAL, NONE');
const metrics = oneOf('SIZE, NONE');
const returnValues = oneOf('ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW');
const selects = oneOf('SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES');
const emptyName = one("Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1");
const long = 'x'.repeat(256);

const named = [
  ['PutItem', put],
  ['GetItem', keyed],
  ['UpdateItem', keyed],
  ['DeleteItem', keyed],
  ['Query', query],
].flatMap(([operation, input]) => [
  ['table name empty', operation, input({ TableName: '' }), emptyName],
  ['table name missing', operation, input({ TableName: undefined }), one(member('null', 'tableName', notNull))],
  ['table name too long', operation, input({ TableName: long }), one(member(`'${long}'`, 'tableName', atMost(255)))],
  ['table name malformed', operation, input({ TableName: 'bad!name' }), one(member("'bad!name'", 'tableName', pattern))],
]);

refusals('member constraints of item operations', [
  ...named,
  ['table name missing', 'Scan', {}, one(member('null', 'tableName', notNull))],
  ['table name malformed', 'Scan', { TableName: 'bad!name' }, one(member("'bad!name'", 'tableName', pattern))],
  ['an empty table name is reported alone', 'PutItem', put({ TableName: '', ReturnValues: 'INVALID' }), emptyName],
  [
    'enums are joined',
    'PutItem',
    put({ ReturnValues: 'INVALID', ReturnConsumedCapacity: 'SOME' }),
    several(member("'SOME'", 'returnConsumedCapacity', capacities), member("'INVALID'", 'returnValues', returnValues)),
  ],
  ['item missing', 'PutItem', { TableName: 'Plain' }, one(member('null', 'item', notNull))],
  ['key missing', 'GetItem', { TableName: 'Plain' }, one(member('null', 'key', notNull))],
  ['key missing', 'DeleteItem', { TableName: 'Plain' }, one(member('null', 'key', notNull))],
  [
    'key missing, table name empty, joined in the older form',
    'UpdateItem',
    { TableName: '' },
    several(member("''", 'tableName', atLeast(1)), member('null', 'key', notNull)),
  ],
  [
    'unknown ReturnValues in the newer form',
    'UpdateItem',
    keyed({ ReturnValues: 'INVALID' }),
    one('Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]'),
  ],
  [
    'unknown ReturnValues wins over ReturnConsumedCapacity',
    'UpdateItem',
    keyed({ ReturnValues: 'INVALID', ReturnConsumedCapacity: 'SOME' }),
    one('Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]'),
  ],
  ...['ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'].flatMap((ReturnValues) => [
    [`ReturnValues ${ReturnValues}`, 'PutItem', put({ ReturnValues }), one('ReturnValues can only be ALL_OLD or NONE')],
    [`ReturnValues ${ReturnValues}`, 'DeleteItem', keyed({ ReturnValues }), one('ReturnValues can only be ALL_OLD or NONE')],
  ]),
  [
    'Limit 0 in the newer form',
    'Query',
    query({ Limit: 0 }),
    one("Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1"),
  ],
  [
    'Limit 0 in the older form',
    'Scan',
    { TableName: 'Plain', Limit: 0 },
    one(member("'0'", 'limit', 'Member must have value greater than or equal to 1')),
  ],
  ['unknown Select', 'Query', query({ Select: 'SOME' }), one(member("'SOME'", 'select', selects))],
  ['unknown Select', 'Scan', { TableName: 'Plain', Select: 'SOME' }, one(member("'SOME'", 'select', selects))],
  [
    'unknown ConditionalOperator',
    'Query',
    {
      TableName: 'Plain',
      KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [id] } },
      QueryFilter: { a: { ComparisonOperator: 'NULL' }, b: { ComparisonOperator: 'NULL' } },
      ConditionalOperator: 'XOR',
      Select: 'SOME',
    },
    'Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]',
  ],
  [
    'a member fault wins over a missing table',
    'PutItem',
    put({ TableName: 'Nowhere', ReturnValues: 'INVALID' }),
    one(member("'INVALID'", 'returnValues', returnValues)),
  ],
]);

const requests = (count) => Array.from({ length: count }, (_, n) => ({ PutRequest: { Item: { id: { S: `i${n}` } } } }));
const keys = (count) => Array.from({ length: count }, (_, n) => ({ id: { S: `i${n}` } }));
const batchName =
  '[Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]';
const constraint = (at, text) => one(`Value at '${at}' failed to satisfy constraint: ${text}`);

refusals('member constraints of batches', [
  ['no tables', 'BatchGetItem', { RequestItems: {} }, constraint('RequestItems', atLeast(1))],
  ['no tables', 'BatchWriteItem', { RequestItems: {} }, 'The requestItems parameter is required for BatchWriteItem'],
  [
    '101 keys',
    'BatchGetItem',
    { RequestItems: { Plain: { Keys: keys(101) } } },
    constraint('RequestItems.Plain.member.Keys', atMost(100)),
  ],
  [
    'no keys',
    'BatchGetItem',
    { RequestItems: { Plain: { Keys: [] } } },
    constraint('RequestItems.Plain.member.Keys', atLeast(1)),
  ],
  [
    'table name malformed, echoed as JSON',
    'BatchGetItem',
    { RequestItems: { 'bad!name': { Keys: [{ pk: { S: 'a' } }] } } },
    one(member(`'{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}'`, 'requestItems', `Map keys must satisfy constraint: ${batchName}`)),
  ],
  [
    '26 requests',
    'BatchWriteItem',
    { RequestItems: { Plain: requests(26) } },
    /^1 validation error detected: Value '\{Plain=\[WriteRequest\(putRequest=PutRequest\(item=\{id=.*' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: \[Member must have length less than or equal to 25, Member must have length greater than or equal to 1\]$/,
  ],
  [
    'no requests for a table',
    'BatchWriteItem',
    { RequestItems: { Plain: [] } },
    one(
      member(
        "'{Plain=[]}'",
        'requestItems',
        'Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]',
      ),
    ),
  ],
  [
    'both enums',
    'BatchWriteItem',
    { RequestItems: { Plain: requests(1) }, ReturnConsumedCapacity: 'SOME', ReturnItemCollectionMetrics: 'MANY' },
    several(member("'SOME'", 'returnConsumedCapacity', capacities), member("'MANY'", 'returnItemCollectionMetrics', metrics)),
  ],
  [
    'an enum wins over a malformed table name',
    'BatchWriteItem',
    { RequestItems: { 'bad!name': requests(1) }, ReturnConsumedCapacity: 'SOME' },
    one(member("'SOME'", 'returnConsumedCapacity', capacities)),
  ],
  [
    'an enum wins over a missing table',
    'BatchGetItem',
    { RequestItems: { Nowhere: { Keys: keys(1) } }, ReturnConsumedCapacity: 'SOME' },
    one(member("'SOME'", 'returnConsumedCapacity', capacities)),
  ],
]);

const definition = (rest) => ({
  TableName: 'Fresh',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  ...rest,
});
const index = (IndexName) => ({
  IndexName,
  KeySchema: [
    { AttributeName: 'id', KeyType: 'HASH' },
    { AttributeName: 'id2', KeyType: 'RANGE' },
  ],
  Projection: { ProjectionType: 'ALL' },
});
const nameLength = 'TableName must be at least 3 characters long and at most 255 characters long';
const nameMissing = "The parameter 'TableName' is required but was not present in the request";

refusals('member constraints of table operations', [
  ['table name missing', 'CreateTable', definition({ TableName: undefined }), nameMissing],
  [
    'table name malformed, alone',
    'CreateTable',
    definition({ TableName: 'bad!name', BillingMode: 'FREE' }),
    one(member("'bad!name'", 'tableName', pattern)),
  ],
  [
    'unknown billing mode',
    'CreateTable',
    definition({ BillingMode: 'FREE' }),
    one(member("'FREE'", 'billingMode', oneOf('PROVISIONED, PAY_PER_REQUEST'))),
  ],
  [
    'unknown key type',
    'CreateTable',
    definition({ KeySchema: [{ AttributeName: 'id', KeyType: 'PRIMARY' }] }),
    one(member("'PRIMARY'", 'keySchema.1.member.keyType', oneOf('HASH, RANGE'))),
  ],
  [
    'unknown attribute type',
    'CreateTable',
    definition({ AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'SS' }] }),
    one(member("'SS'", 'attributeDefinitions.1.member.attributeType', oneOf('B, N, S'))),
  ],
  [
    'three key attributes',
    'CreateTable',
    definition({
      KeySchema: ['a', 'b', 'c'].map((AttributeName, n) => ({ AttributeName, KeyType: n === 0 ? 'HASH' : 'RANGE' })),
    }),
    /^1 validation error detected: Value '\[KeySchemaElement\(attributeName=a, keyType=HASH\), .*\]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2$/,
  ],
  [
    'index names too short, global ones first',
    'CreateTable',
    definition({ LocalSecondaryIndexes: [index('l1')], GlobalSecondaryIndexes: [index('g1')] }),
    several(
      member("'g1'", 'globalSecondaryIndexes.1.member.indexName', atLeast(3)),
      member("'l1'", 'localSecondaryIndexes.1.member.indexName', atLeast(3)),
    ),
  ],
  [
    'unknown projection type',
    'CreateTable',
    definition({ GlobalSecondaryIndexes: [{ ...index('by-id2'), Projection: { ProjectionType: 'NOTHING' } }] }),
    one(member("'NOTHING'", 'globalSecondaryIndexes.1.member.projection.projectionType', oneOf('ALL, INCLUDE, KEYS_ONLY'))),
  ],
  ...['DescribeTable', 'DeleteTable', 'UpdateTable'].flatMap((operation) => [
    ['table name missing', operation, {}, nameMissing],
    ['table name too short', operation, { TableName: 'ab' }, nameLength],
    ['table name too long', operation, { TableName: long }, nameLength],
  ]),
]);

const model = 'com.amazonaws.dynamodb.v20120810';
const mapTo = (type) => `Unrecognized collection type java.util.Map<java.lang.String, ${type}>`;

// Whoever does not send JSON reads the same of a value of another kind, of the first one in the request.
refusals(
  'members of another kind',
  [
    ['a number for text', 'GetItem', { TableName: 5, Key: { id } }, 'NUMBER_VALUE cannot be converted to String'],
    ['a decimal for text', 'GetItem', { TableName: 1.5, Key: { id } }, 'DECIMAL_VALUE cannot be converted to String'],
    ['a list for text', 'GetItem', { TableName: [], Key: { id } }, 'Unrecognized collection type class java.lang.String'],
    ['a map for text', 'GetItem', { TableName: {}, Key: { id } }, 'Start of structure or map found where not expected'],
    ['text for a number', 'Scan', { TableName: 'Plain', Limit: '1' }, 'STRING_VALUE cannot be converted to Integer'],
    ['a decimal for a boolean', 'GetItem', keyed({ ConsistentRead: 0.5 }), 'DECIMAL_VALUE cannot be converted to Boolean'],
    ['text for a list', 'GetItem', keyed({ AttributesToGet: 'a' }), 'Unexpected field type'],
    ['text for a key', 'GetItem', { TableName: 'Plain', Key: 'a' }, 'Unexpected field type'],
    ['a list for a key', 'GetItem', { TableName: 'Plain', Key: [] }, mapTo(`${model}.AttributeValue`)],
    ['a list for conditions', 'Query', { TableName: 'Plain', KeyConditions: [] }, mapTo(`${model}.Condition`)],
    ['a list for tables', 'BatchWriteItem', { RequestItems: [] }, mapTo(`java.util.List<${model}.WriteRequest>`)],
    ['text for a value', 'PutItem', put({ Item: { id: 'a' } }), 'Unexpected value type in payload'],
    ['a list for a value', 'PutItem', put({ Item: { id: [] } }), `Unrecognized collection type class ${model}.AttributeValue`],
    ['a number for S', 'PutItem', put({ Item: { id: { S: 1 } } }), 'NUMBER_VALUE cannot be converted to String'],
    ['a number for N', 'PutItem', put({ Item: { id, n: { N: 1 } } }), 'NUMBER_VALUE cannot be converted to String'],
    ['a number for B', 'PutItem', put({ Item: { id, b: { B: 1 } } }), 'only base-64-encoded strings are convertible to bytes'],
    ['a map for an SS', 'PutItem', put({ Item: { id, s: { SS: {} } } }), 'Start of structure or map found where not expected'],
    [
      'deep inside',
      'PutItem',
      put({ Item: { id, l: { L: [{ M: { a: { L: [true] } } }] } } }),
      'Unexpected value type in payload',
    ],
    ['two of them', 'PutItem', { Item: { id: { S: 1 } }, TableName: false }, 'NUMBER_VALUE cannot be converted to String'],
    [
      'a broken constraint first',
      'PutItem',
      put({ TableName: '', Item: { id: { S: true } } }),
      'TRUE_VALUE cannot be converted to String',
    ],
    [
      'a value that would be refused first',
      'PutItem',
      put({ Item: { id: {}, a: { S: 1 } } }),
      'NUMBER_VALUE cannot be converted to String',
    ],
  ].map((line) => [...line, 'SerializationException']),
);
