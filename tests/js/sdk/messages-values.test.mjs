// Values that DynamoDB does not take: bad numbers, sets, NULL, empty and doubled types; in the words of its newer and of its older layer.

import { one, refusals } from '../../support/messages.mjs';

const id = { S: 'a' };
const put = (v) => ['PutItem', { TableName: 'Plain', Item: { id, v } }];
const batch = (v) => ['BatchWriteItem', { RequestItems: { Plain: [{ PutRequest: { Item: { id, v } } }] } }];
const update = (v) => [
  'UpdateItem',
  { TableName: 'Plain', Key: { id }, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: { ':v': v } },
];
const scan = (v) => ['Scan', { TableName: 'Plain', FilterExpression: 'a = :v', ExpressionAttributeValues: { ':v': v } }];
const query = (v) => [
  'Query',
  { TableName: 'Pair', KeyConditionExpression: 'p = :p AND s = :v', ExpressionAttributeValues: { ':p': id, ':v': v } },
];
const get = (v) => ['GetItem', { TableName: 'Pair', Key: { p: id, s: v } }];

const cannot = (text) => `The parameter cannot be converted to a numeric value: ${text}`;
const overflow = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const underflow = 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
const digits = 'Attempting to store more than 38 significant digits in a Number';

/** Text, what the newer layer says of it, what the older one says where it differs. */
const NUMBERS = [
  ...['abc', '1.2.3', ' 1', '1 ', '0x10', '1e', 'NaN', 'Infinity', '-Infinity', '+e2', '1+2', '.', '-', '1_000', '１'].map(
    (text) => [text, cannot(text)],
  ),
  ['', 'The parameter cannot be converted to a numeric value: ', 'The parameter cannot be converted to a numeric value'],
  ['1E126', overflow],
  ['-1E126', overflow],
  ['9.9E+126', overflow],
  ['10E+125', overflow],
  ['1E-131', underflow],
  ['-1E-131', underflow],
  ['0e126', overflow],
  ['0e-131', underflow],
  ['123456789012345678901234567890123456789', digits],
  ['1.00000000000000000000000000000000000001', digits],
  ['1e2147483647', overflow, underflow],
  ['1e2147483648', overflow, cannot('1e2147483648')],
  ['1e99999999999', overflow, cannot('1e99999999999')],
  ['1e-99999999999', underflow, cannot('1e-99999999999')],
  ['1e9223372036854775808', cannot('1e9223372036854775808')],
];

refusals(
  'numbers',
  NUMBERS.flatMap(([N, newer, older = newer]) => [
    [`'${N}' in an item`, ...put({ N }), one(newer)],
    [`'${N}' inside a list of an item`, ...put({ L: [{ N }] }), one(newer)],
    [`'${N}' in an expression value`, ...update({ N }), one(newer)],
    [`'${N}' in a key`, ...get({ N }), newer],
    [`'${N}' in a key condition`, ...query({ N }), newer],
    [`'${N}' in a batch`, ...batch({ N }), older],
    [`'${N}' in a filter`, ...scan({ N }), `ExpressionAttributeValues contains invalid value: ${older} for key :v`],
  ]),
);

const INVALID = 'One or more parameter values were invalid:';
const bytes = (...list) => list.map((byte) => new Uint8Array([byte]));

/** What is wrong, the value, the newer layer's sentence, the older one's where it differs. */
const VALUES = [
  ['an empty set of text', { SS: [] }, `${INVALID} An string set  may not be empty`],
  ['an empty set of numbers', { NS: [] }, `${INVALID} An number set  may not be empty`],
  ['an empty set of binary', { BS: [] }, `${INVALID} Binary sets should not be empty`],
  ['NULL that is false', { NULL: false }, `${INVALID} Null attribute value types must have the value of true`],
  [
    'text twice in a set',
    { SS: ['b', 'a', 'b'] },
    `${INVALID} Input collection ["a", "b", "b"] contains duplicates.`,
    `${INVALID} Input collection [b, a, b] contains duplicates.`,
  ],
  [
    'binary twice in a set',
    { BS: bytes(255, 0, 0) },
    `${INVALID} Input collection ["AA==","AA==","/w=="]of type BS contains duplicates.`,
    `${INVALID} Input collection [/w==, AA==, AA==]of type BS contains duplicates.`,
  ],
  [
    'a number twice in a set, spelled differently',
    { NS: ['1', '2', '1.0'] },
    `${INVALID} Input collection contains duplicates.`,
    'Input collection contains duplicates',
  ],
];
/** The same for faults that no operation wraps. */
const TYPES = [
  ['no type', {}, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
  [
    'two types',
    { S: 'a', N: '1' },
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  ],
];

refusals('sets, NULL and types', [
  ...VALUES.filter(([cause]) => !cause.startsWith('binary twice')).flatMap(([cause, value, newer, older = newer]) => [
    [`${cause}, in an item`, ...put(value), one(newer)],
    [`${cause}, inside a map of an item`, ...put({ M: { x: value } }), one(newer)],
    [`${cause}, in an expression value`, ...update(value), one(newer)],
    [`${cause}, in a batch`, ...batch(value), older],
    [`${cause}, in a filter`, ...scan(value), `ExpressionAttributeValues contains invalid value: ${older} for key :v`],
  ]),
  [
    'binary twice in a set, in an item: the members up to the repeat in byte order',
    ...put({ BS: bytes(255, 0, 255) }),
    one(`${INVALID} Input collection ["AA==","/w==","/w=="]of type BS contains duplicates.`),
  ],
  [
    'binary twice in a set, in a batch: the members as sent',
    ...batch({ BS: bytes(255, 0, 0) }),
    `${INVALID} Input collection [/w==, AA==, AA==]of type BS contains duplicates.`,
  ],
  ['an empty member of a set of numbers', ...put({ NS: [''] }), one('The parameter cannot be converted to a numeric value: ')],
  ...TYPES.flatMap(([cause, value, message]) => [
    [`${cause}, in an item`, ...put(value), message],
    [`${cause}, inside a list of an item`, ...put({ L: [value] }), message],
    [`${cause}, in a key`, ...get(value), message],
  ]),
  ['an empty attribute name', 'PutItem', { TableName: 'Plain', Item: { id, '': id } }, /(^|: )Empty attribute name$/],
]);
