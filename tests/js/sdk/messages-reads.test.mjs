// Refusals of Query and Scan.

import { one, refusals } from '../../support/messages.mjs';

const id = { S: 'a' };
const query = (KeyConditionExpression, values, rest = {}) => [
  'Query',
  { TableName: 'Pair', KeyConditionExpression, ExpressionAttributeValues: values, ...rest },
];
const p = { ':p': id };
const pv = (value) => ({ ':p': id, ':v': value });
const scan = (rest) => ['Scan', { TableName: 'Plain', ...rest }];
const KEY = 'Invalid KeyConditionExpression:';
const operand = (operator, type) =>
  `${KEY} Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;
const schemaType = 'One or more parameter values were invalid: Condition parameter type does not match schema type';
const several = { TableName: 'Several', IndexName: 'several' };
const three = { ':a': id, ':b': id, ':v': { N: '1' } };

refusals('key conditions', [
  [
    'none',
    'Query',
    { TableName: 'Pair' },
    'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
  ],
  ['none on the partition key', ...query('s = :v', { ':v': { N: '1' } }), 'Query condition missed key schema element: p'],
  ['another attribute', ...query('p = :p AND x = :v', pv(id)), 'Query condition missed key schema element: s'],
  ['a range of the partition key', ...query('p > :p', p), 'Query key condition not supported'],
  [
    'two on one key',
    ...query('p = :p AND p = :v', pv(id)),
    `${KEY} KeyConditionExpressions must only contain one condition per key`,
  ],
  [
    'more than the key has attributes',
    ...query('p = :p AND s = :v AND x = :v', pv({ N: '1' })),
    'The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)',
  ],
  ['OR', ...query('p = :p OR s = :v', pv({ N: '1' })), `${KEY} Invalid operator used in KeyConditionExpression: OR`],
  ['NOT', ...query('p = :p AND NOT s = :v', pv({ N: '1' })), `${KEY} Invalid operator used in KeyConditionExpression: NOT`],
  ['<>', ...query('p = :p AND s <> :v', pv({ N: '1' })), `${KEY} Invalid operator used in KeyConditionExpression: <>`],
  ['IN', ...query('p = :p AND s IN (:v)', pv({ N: '1' })), `${KEY} Invalid operator used in KeyConditionExpression: IN`],
  [
    'a function',
    ...query('p = :p AND attribute_exists(s)', p),
    `${KEY} Invalid operator used in KeyConditionExpression: attribute_exists`,
  ],
  [
    'a nested path',
    ...query('p = :p AND s.x = :v', pv({ N: '1' })),
    `${KEY} KeyConditionExpressions cannot have conditions on nested attributes`,
  ],
  ['a value of another type', ...query('p = :v', { ':v': { N: '1' } }), schemaType],
  ['a value of another type', ...query('p = :p AND s = :v', pv({ S: '1' })), schemaType],
  ['a boolean', ...query('p = :p AND s = :v', pv({ BOOL: true })), schemaType],
  ['begins_with text on a number', ...query('p = :p AND begins_with(s, :v)', pv({ S: '1' })), schemaType],
  ['begins_with a number', ...query('p = :p AND begins_with(s, :v)', pv({ N: '1' })), operand('begins_with', 'N')],
  ['less than a boolean', ...query('p = :p AND s < :v', pv({ BOOL: true })), operand('<', 'BOOL')],
  ['BETWEEN booleans', ...query('p = :p AND s BETWEEN :v AND :v', pv({ BOOL: true })), operand('BETWEEN', 'BOOL')],
  [
    'BETWEEN bounds in reverse',
    'Query',
    {
      TableName: 'Text',
      KeyConditionExpression: 'p = :p AND s BETWEEN :b AND :a',
      ExpressionAttributeValues: { ':p': id, ':a': { S: 'a' }, ':b': { S: 'b' } },
    },
    `${KEY} The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}`,
  ],
  [
    'an impossible operand wins over an absent table',
    ...query('p = :p AND s < :v', pv({ BOOL: true }), { TableName: 'Nowhere' }),
    operand('<', 'BOOL'),
  ],
  [
    'an undefined value',
    ...query('p = :q', p),
    `${KEY} An expression attribute value used in expression is not defined; attribute value: :q`,
  ],
]);

refusals('key conditions on several attributes', [
  [
    'a gap between sort keys',
    ...query('h1 = :a AND h2 = :b AND r2 = :v', three, several),
    'RANGE key attributes r1 must have equality conditions specified in the query because a condition is present on key attribute r2',
  ],
  [
    'a range before the last sort key',
    ...query('h1 = :a AND h2 = :b AND r1 > :v AND r2 = :v', three, several),
    'RANGE key attributes r1 must have equality conditions specified in the query because a condition is present on key attribute r2',
  ],
  [
    'one of several partition keys missing',
    ...query('h1 = :a', { ':a': id }, several),
    'Query condition missed key schema element: h2',
  ],
]);

const onIndex = (IndexName, rest) => [
  'Query',
  { TableName: 'Indexed', IndexName, KeyConditionExpression: 'g = :p', ExpressionAttributeValues: p, ...rest },
];
refusals('reads of indexes', [
  ['absent', ...onIndex('nowhere'), 'The table does not have the specified index: nowhere'],
  ['absent', 'Scan', { TableName: 'Indexed', IndexName: 'nowhere' }, 'The table does not have the specified index: nowhere'],
  [
    'consistent',
    ...onIndex('zeta', { ConsistentRead: true }),
    'Consistent reads are not supported on global secondary indexes',
  ],
  [
    'consistent',
    'Scan',
    { TableName: 'Indexed', IndexName: 'zeta', ConsistentRead: true },
    'Consistent reads are not supported on global secondary indexes',
  ],
  [
    'everything from an index that does not have it',
    ...onIndex('alpha', { Select: 'ALL_ATTRIBUTES' }),
    'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index alpha because its projection type is not ALL',
  ],
]);

const startingKey = 'The provided starting key is invalid';
refusals('Select, projections, starting keys and segments', [
  [
    'specific attributes without naming them',
    ...query('p = :p', p, { Select: 'SPECIFIC_ATTRIBUTES' }),
    one('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES'),
  ],
  [
    'specific attributes without naming them',
    ...scan({ Select: 'SPECIFIC_ATTRIBUTES' }),
    'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
  ],
  [
    'a projection of everything',
    ...query('p = :p', p, { Select: 'ALL_ATTRIBUTES', ProjectionExpression: 'p' }),
    'Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES',
  ],
  [
    'a projection of what is projected wins over the missing index',
    ...query('p = :p', p, { Select: 'ALL_PROJECTED_ATTRIBUTES', ProjectionExpression: 'p' }),
    'Cannot specify the ProjectionExpression when choosing to get ALL_PROJECTED_ATTRIBUTES',
  ],
  [
    'what is projected without an index',
    ...query('p = :p', p, { Select: 'ALL_PROJECTED_ATTRIBUTES' }),
    'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
  ],
  ['a starting key of another shape', ...query('p = :p', p, { ExclusiveStartKey: { p: id } }), startingKey],
  [
    'a starting key of another shape',
    ...scan({ ExclusiveStartKey: { other: id } }),
    `${startingKey}: The provided key element does not match the schema`,
  ],
  [
    'a segment of nothing',
    ...scan({ Segment: 0 }),
    'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
  ],
  [
    'segments and none chosen',
    ...scan({ TotalSegments: 5 }),
    'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
  ],
  [
    'a segment that is not there',
    ...scan({ Segment: 5, TotalSegments: 5 }),
    'The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5',
  ],
  [
    'values without a filter',
    ...scan({ ExpressionAttributeValues: { ':v': id } }),
    /^ExpressionAttributeValues can only be specified when using expressions/,
  ],
]);
