// Requests in the language before expressions, and in both languages at once.

import { attributes, KEYS, key, SORTS } from './tables.mjs';
import { badValue, NAMES, number, scalar, subset, TEXTS, value } from './values.mjs';

export const RETURN_VALUES = ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'];

/** One condition of Expected, QueryFilter, ScanFilter or KeyConditions. */
function legacyCondition(r, operand = () => (r.chance(0.98) ? value(r) : badValue(r))) {
  const ComparisonOperator = r.pick([
    'EQ',
    'NE',
    'LT',
    'LE',
    'GT',
    'GE',
    'BETWEEN',
    'IN',
    'NULL',
    'NOT_NULL',
    'CONTAINS',
    'NOT_CONTAINS',
    'BEGINS_WITH',
  ]);
  let count = 1;
  if (ComparisonOperator === 'NULL' || ComparisonOperator === 'NOT_NULL') count = 0;
  if (ComparisonOperator === 'BETWEEN') count = 2;
  if (ComparisonOperator === 'IN') count = 1 + r.below(3);
  if (r.chance(0.03)) count = r.below(4);
  const condition = { ComparisonOperator };
  if (count > 0 || r.chance(0.2)) condition.AttributeValueList = Array.from({ length: count }, operand);
  return condition;
}

function legacyFilter(r) {
  const operand = r.chance(0.6) ? () => r.pick([{ S: r.pick(TEXTS) }, { N: number(r) }]) : undefined;
  return Object.fromEntries(subset(r, NAMES.slice(0, 4)).map((name) => [name, legacyCondition(r, operand)]));
}

function expected(r) {
  return Object.fromEntries(
    subset(r, NAMES.slice(0, 4)).map((name) => {
      if (r.chance(0.4)) return [name, legacyCondition(r)];
      const entry = r.pick([{ Exists: false }, { Value: value(r) }, { Exists: true, Value: value(r) }, { Exists: false }]);
      if (r.chance(0.1))
        Object.assign(
          entry,
          r.pick([{ Exists: true }, { Value: value(r) }, { ComparisonOperator: 'EQ' }, { AttributeValueList: [value(r)] }]),
        );
      return [name, entry];
    }),
  );
}

function attributeUpdates(r) {
  return Object.fromEntries(
    subset(r, r.chance(0.98) ? NAMES : [...NAMES, 'pk']).map((name) => {
      const Action = r.pick(['PUT', 'PUT', 'ADD', 'DELETE', undefined]);
      const Value = Action === 'ADD' ? r.pick([{ N: number(r) }, { SS: ['a', 'q'] }, { L: [scalar(r)] }, value(r)]) : value(r);
      const update = {};
      if (Action) update.Action = Action;
      if (Action === 'DELETE' ? r.chance(0.3) : r.chance(0.97))
        update.Value = Action === 'DELETE' && r.chance(0.9) ? { SS: ['a', 'b'] } : Value;
      return [name, update];
    }),
  );
}

function conditionalOperator(r, body) {
  if (r.chance(0.3)) body.ConditionalOperator = r.pick(['AND', 'OR']);
}

/** Requests in the language before expressions. */
export function legacy(r) {
  const TableName = r.pick(['Simple', 'Composite']);
  switch (r.below(6)) {
    case 0: {
      const body = { TableName, Item: { ...attributes(r, TableName), ...key(r, TableName) }, Expected: expected(r) };
      conditionalOperator(r, body);
      return ['PutItem', body];
    }
    case 1: {
      const body = {
        TableName,
        Key: key(r, TableName),
        AttributeUpdates: attributeUpdates(r),
        ReturnValues: r.pick(RETURN_VALUES),
      };
      if (r.chance(0.3)) body.Expected = expected(r);
      if (r.chance(0.2)) conditionalOperator(r, body);
      return ['UpdateItem', body];
    }
    case 2: {
      const body = { TableName, Key: key(r, TableName), Expected: expected(r), ReturnValues: 'ALL_OLD' };
      conditionalOperator(r, body);
      return ['DeleteItem', body];
    }
    case 3:
      return [
        'GetItem',
        { TableName, Key: key(r, TableName), AttributesToGet: r.chance(0.95) ? subset(r, NAMES) : ['a', 'b', 'a'] },
      ];
    case 4: {
      const body = {
        TableName: 'Composite',
        KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: r.pick(KEYS) }] } },
      };
      if (r.chance(0.5)) body.KeyConditions.sk = legacyCondition(r, () => (r.chance(0.95) ? { N: r.pick(SORTS) } : scalar(r)));
      if (r.chance(0.5)) body.QueryFilter = legacyFilter(r);
      if (r.chance(0.2)) conditionalOperator(r, body);
      if (r.chance(0.2)) body.AttributesToGet = subset(r, NAMES);
      if (r.chance(0.2)) body.Select = r.pick(['COUNT', 'ALL_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES']);
      return ['Query', body];
    }
    default: {
      const body = { TableName, ScanFilter: legacyFilter(r) };
      conditionalOperator(r, body);
      if (r.chance(0.2)) body.AttributesToGet = subset(r, NAMES);
      return ['Scan', body];
    }
  }
}

/** Parameters of the two languages together, words that no enum has, names and values that nothing uses. */
export function misfits(r) {
  const TableName = r.pick(['Simple', 'Composite']);
  const Key = key(r, TableName);
  const mixed = { UpdateExpression: 'REMOVE a', ConditionExpression: 'attribute_exists(a)' };
  const old = { AttributeUpdates: attributeUpdates(r), Expected: expected(r), ConditionalOperator: 'OR' };
  const some = (members) => Object.fromEntries(subset(r, Object.entries(members)));
  switch (r.below(7)) {
    case 0:
      return ['UpdateItem', { TableName, Key, ...some(mixed), ...some(old) }];
    case 1:
      return [
        'Query',
        {
          TableName,
          KeyConditions: {},
          ...some({ KeyConditionExpression: 'pk = :a', FilterExpression: 'a = :a', AttributesToGet: ['a'] }),
        },
      ];
    case 2:
      return [
        'Scan',
        {
          TableName,
          ...some({
            ScanFilter: legacyFilter(r),
            FilterExpression: 'a = b',
            ProjectionExpression: 'a',
            AttributesToGet: ['a'],
          }),
        },
      ];
    case 3:
      return [
        'GetItem',
        {
          TableName,
          Key,
          ...some({ ExpressionAttributeNames: { '#a': 'a', '#b': 'b' }, ProjectionExpression: 'a', AttributesToGet: ['a'] }),
        },
      ];
    case 4:
      return [
        'PutItem',
        {
          TableName,
          Item: Key,
          ...some({
            ExpressionAttributeNames: { '#a': 'a' },
            ExpressionAttributeValues: { ':a': { S: 'a' } },
            ConditionExpression: 'attribute_exists(a)',
          }),
        },
      ];
    case 5:
      return ['Scan', { TableName, ...some({ Segment: r.below(4), TotalSegments: r.below(4), Limit: r.below(2) }) }];
    default:
      return [
        'BatchGetItem',
        {
          RequestItems: {
            [TableName]: {
              Keys: [Key, ...(r.chance(0.5) ? [Key] : [])],
              ...some({ AttributesToGet: ['a'], ProjectionExpression: 'b', ExpressionAttributeNames: { '#a': 'a' } }),
            },
          },
        },
      ];
  }
}
