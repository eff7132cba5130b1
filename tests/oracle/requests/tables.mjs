// The tables that requests are for, their keys and items.

import { badValue, NAMES, subset, value } from './values.mjs';

export const KEYS = ['k1', 'k2', 'k3'];
export const SORTS = ['1', '2', '3', '10', '-5', '2.5'];

/** Tables the run uses: a simple key, a composite one with indexes, a binary one. */
export const TABLES = [
  {
    TableName: 'Simple',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  },
  {
    TableName: 'Composite',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'N' },
      { AttributeName: 's', AttributeType: 'S' },
      { AttributeName: 'n', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'by-n',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'n', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-s',
        KeySchema: [
          { AttributeName: 's', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      },
    ],
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  },
];

export function key(r, table) {
  return table === 'Simple' ? { pk: { S: r.pick(KEYS) } } : { pk: { S: r.pick(KEYS) }, sk: { N: r.pick(SORTS) } };
}

/** Now and then a key that does not fit the schema. */
export function keyOrBad(r, table) {
  if (r.chance(0.96)) return key(r, table);
  return r.pick([
    {},
    { pk: { N: '1' } },
    { pk: { S: '' }, ...(table === 'Simple' ? {} : { sk: { N: '1' } }) },
    { pk: { S: 'k1' }, sk: { N: '1' }, extra: { S: 'x' } },
    { other: { S: 'k1' } },
  ]);
}

export function attributes(r, table) {
  const item = {};
  for (const name of subset(r, NAMES)) item[name] = r.chance(0.98) ? value(r) : badValue(r);
  // Index keys mostly have their type, or nothing would be indexed.
  if (table === 'Composite' && r.chance(0.8)) item.s = { S: r.pick(['a', 'b', 'c']) };
  if (table === 'Composite' && r.chance(0.8)) item.n = { N: r.pick(SORTS) };
  if (table === 'Composite' && item.s && !item.s.S && r.chance(0.9)) delete item.s;
  if (table === 'Composite' && item.n && !item.n.N && r.chance(0.9)) delete item.n;
  return item;
}
