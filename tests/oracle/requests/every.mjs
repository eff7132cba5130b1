// Random requests from a seed: valid ones, ones that fail a condition, and ones that are wrong in one place. Both endpoints get
// exactly the same bytes in the same order.

import { tables } from './definitions.mjs';
import { legacy, misfits, RETURN_VALUES } from './legacy.mjs';
import { attributes, KEYS, key, keyOrBad, SORTS } from './tables.mjs';
import { NAMES, RESERVED, scalar, subset } from './values.mjs';
import { paging, walks } from './walks.mjs';
import { Expressions, mangled } from './written.mjs';

/** Batches of both tables at once, and what may stand beside their keys. */
function batches(r) {
  const both = ['Simple', 'Composite'].filter(() => r.chance(0.8));
  const RequestItems = {};
  if (r.chance(0.5)) {
    for (const table of both) {
      const expressions = new Expressions(r);
      const keys = new Map(
        Array.from({ length: 1 + r.below(4) }, () => key(r, table)).map((one) => [JSON.stringify(one), one]),
      );
      const block = { Keys: [...keys.values()], ConsistentRead: true };
      if (r.chance(0.4))
        block.ProjectionExpression = mangled(r, [expressions.path(), expressions.path()].slice(r.below(2)).join(', '));
      else if (r.chance(0.2)) block.AttributesToGet = subset(r, [...NAMES, ...RESERVED]);
      RequestItems[table] = expressions.into(block);
    }
    return ['BatchGetItem', { RequestItems }];
  }
  for (const table of both) {
    const keys = new Map(Array.from({ length: 1 + r.below(5) }, () => key(r, table)).map((one) => [JSON.stringify(one), one]));
    RequestItems[table] = [...keys.values()].map((Key) =>
      r.chance(0.7) ? { PutRequest: { Item: { ...attributes(r, table), ...Key } } } : { DeleteRequest: { Key } },
    );
  }
  return ['BatchWriteItem', { RequestItems }];
}

/** A body in which one member has another type, or that is no JSON. */
function malformed(r) {
  const [operation, body] = plain(r);
  if (r.chance(0.2)) {
    const text = JSON.stringify(body);
    return [operation, text.slice(0, r.below(text.length))];
  }
  const places = [];
  const walk = (value) => {
    for (const name of Object.keys(value)) {
      places.push([value, name]);
      if (typeof value[name] === 'object' && value[name] !== null) walk(value[name]);
    }
  };
  walk(body);
  const [holder, name] = r.pick(places);
  holder[name] = r.pick([1, 1.5, 'text', true, false, [], {}, [1], null]);
  return [operation, body];
}

/** The next request: an operation's name and its body, which is JSON text where it is no object. */
export function request(r) {
  const kind = r.next();
  if (kind < 0.15) return legacy(r);
  if (kind < 0.2) return misfits(r);
  if (kind < 0.27) return paging(r);
  if (kind < 0.31) return tables(r);
  if (kind < 0.34) return malformed(r);
  if (kind < 0.38) return walks(r);
  if (kind < 0.42) return batches(r);
  const [operation, body] = plain(r);
  if (r.chance(0.1)) body.ReturnConsumedCapacity = r.pick(['TOTAL', 'INDEXES', 'NONE', 'TOTAL', 'SOME']);
  return [operation, body];
}

/** A request in the language of expressions. */
function plain(r) {
  const TableName = r.chance(0.99) ? r.pick(['Simple', 'Composite', 'Composite']) : 'Absent';
  const expressions = new Expressions(r);
  switch (
    r.pick([
      'put',
      'put',
      'put',
      'update',
      'update',
      'update',
      'delete',
      'get',
      'query',
      'query',
      'scan',
      'batchGet',
      'batchWrite',
    ])
  ) {
    case 'put': {
      const body = { TableName, Item: { ...attributes(r, TableName), ...keyOrBad(r, TableName) } };
      if (r.chance(0.4)) body.ConditionExpression = mangled(r, expressions.condition());
      if (r.chance(0.3)) body.ReturnValues = r.pick(RETURN_VALUES.slice(0, r.chance(0.9) ? 2 : 5));
      return ['PutItem', expressions.into(body)];
    }
    case 'update': {
      const body = { TableName, Key: keyOrBad(r, TableName) };
      if (r.chance(0.97)) body.UpdateExpression = mangled(r, expressions.update());
      if (r.chance(0.3)) body.ConditionExpression = mangled(r, expressions.condition());
      if (r.chance(0.6)) body.ReturnValues = r.pick(RETURN_VALUES);
      return ['UpdateItem', expressions.into(body)];
    }
    case 'delete': {
      const body = { TableName, Key: keyOrBad(r, TableName) };
      if (r.chance(0.4)) body.ConditionExpression = mangled(r, expressions.condition());
      if (r.chance(0.4)) body.ReturnValues = 'ALL_OLD';
      return ['DeleteItem', expressions.into(body)];
    }
    case 'get': {
      const body = { TableName, Key: keyOrBad(r, TableName), ConsistentRead: r.chance(0.5) };
      if (r.chance(0.4))
        body.ProjectionExpression = mangled(r, [expressions.path(), expressions.path()].slice(r.below(2)).join(', '));
      return ['GetItem', expressions.into(body)];
    }
    case 'query': {
      const index = r.pick([undefined, undefined, 'by-n', 'by-s']);
      const [hash, sort] = index === 'by-s' ? ['s', 'sk'] : index === 'by-n' ? ['pk', 'n'] : ['pk', 'sk'];
      const clauses = [`${hash} = ${expressions.value({ S: r.pick([...KEYS, 'a', 'b']) })}`];
      if (r.chance(0.5)) {
        const bound = () => expressions.value(r.chance(0.96) ? { N: r.pick(SORTS) } : scalar(r));
        clauses.push(
          r.chance(0.3)
            ? `${sort} BETWEEN ${bound()} AND ${bound()}`
            : `${sort} ${r.pick(['=', '<', '<=', '>', '>=', '>', '<', '<>'])} ${bound()}`,
        );
      }
      if (r.chance(0.2)) clauses.reverse();
      const body = {
        TableName: 'Composite',
        KeyConditionExpression: mangled(r, clauses.join(' AND ')),
        ScanIndexForward: r.chance(0.6),
      };
      if (index) body.IndexName = index;
      if (r.chance(0.3)) body.FilterExpression = mangled(r, expressions.condition());
      if (r.chance(0.2)) body.ProjectionExpression = expressions.path();
      if (r.chance(0.3)) body.Limit = r.below(4);
      if (r.chance(0.1)) body.Select = r.pick(['COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES']);
      return ['Query', expressions.into(body)];
    }
    case 'scan': {
      const body = { TableName, ConsistentRead: true };
      if (r.chance(0.6)) body.FilterExpression = mangled(r, expressions.condition());
      if (r.chance(0.2)) body.ProjectionExpression = expressions.path();
      if (r.chance(0.1)) body.Select = 'COUNT';
      return ['Scan', expressions.into(body)];
    }
    case 'batchGet': {
      const keys = Array.from({ length: 1 + r.below(4) }, () => keyOrBad(r, TableName));
      return ['BatchGetItem', { RequestItems: { [TableName]: { Keys: keys, ConsistentRead: true } } }];
    }
    default: {
      const writes = Array.from({ length: 1 + r.below(4) }, () =>
        r.chance(0.7)
          ? { PutRequest: { Item: { ...attributes(r, TableName), ...keyOrBad(r, TableName) } } }
          : { DeleteRequest: { Key: keyOrBad(r, TableName) } },
      );
      return ['BatchWriteItem', { RequestItems: { [TableName]: writes } }];
    }
  }
}
