// Queries and scans of many pages.

import { KEYS, key, SORTS } from './tables.mjs';
import { Expressions } from './written.mjs';

/** Reads page by page, and from places where no page begins. */
export function paging(r) {
  const index = r.pick([undefined, 'by-n', 'by-s']);
  const [hash, sort] = index === 'by-s' ? ['s', 'sk'] : index === 'by-n' ? ['pk', 'n'] : ['pk', 'sk'];
  const start = { ...key(r, 'Composite') };
  if (index === 'by-s') start.s = { S: r.pick(['a', 'b', 'c']) };
  if (index === 'by-n') start.n = { N: r.pick(SORTS) };
  if (r.chance(0.05)) delete start[r.pick(Object.keys(start))];
  if (r.chance(0.03)) start.extra = { S: 'x' };
  if (r.chance(0.03)) start.sk = { S: '1' };
  const wanted = r.chance(0.8) ? (start[hash] ?? { S: 'a' }) : { S: r.pick([...KEYS, 'a', 'b']) };
  const body = {
    TableName: 'Composite',
    KeyConditionExpression: `${hash} = :h${r.chance(0.3) ? ` AND ${sort} ${r.pick(['>', '<=', '='])} :s` : ''}`,
    ExpressionAttributeValues: { ':h': wanted },
    ExclusiveStartKey: start,
    ScanIndexForward: r.chance(0.5),
    Limit: 1 + r.below(5),
  };
  if (body.KeyConditionExpression.includes(':s')) body.ExpressionAttributeValues[':s'] = { N: r.pick(SORTS) };
  if (index) body.IndexName = index;
  if (r.chance(0.2)) body.Select = r.pick(['COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES']);
  if (r.chance(0.2)) body.ReturnConsumedCapacity = r.pick(['TOTAL', 'INDEXES']);
  return ['Query', body];
}

/** Whole walks of the table and its indexes, in pages and in segments; the third element is the number of segments, or zero. */
export function walks(r) {
  const index = r.pick([undefined, 'by-n', 'by-s']);
  const expressions = new Expressions(r);
  const body = { TableName: 'Composite', Limit: 1 + r.below(4) };
  if (index) body.IndexName = index;
  else if (r.chance(0.5)) body.ConsistentRead = true;
  if (r.chance(0.5))
    body.FilterExpression = r.pick(['attribute_exists(a)', 'attribute_type(b, :t)', 'NOT a = b', 'size(c) > :z']);
  const values = {};
  if (body.FilterExpression?.includes(':t')) values[':t'] = { S: r.pick(['S', 'N', 'M', 'SS']) };
  if (body.FilterExpression?.includes(':z')) values[':z'] = { N: r.pick(['0', '1', '2']) };
  if (r.chance(0.5)) {
    if (Object.keys(values).length > 0) body.ExpressionAttributeValues = values;
    if (r.chance(0.3)) body.ProjectionExpression = expressions.path();
    return ['Scan', expressions.into(body), r.below(5)];
  }
  const [hash, sort] = index === 'by-s' ? ['s', 'sk'] : index === 'by-n' ? ['pk', 'n'] : ['pk', 'sk'];
  values[':h'] = { S: r.pick(index === 'by-s' ? ['a', 'b', 'c'] : KEYS) };
  body.KeyConditionExpression = `${hash} = :h`;
  if (r.chance(0.5)) {
    values[':s'] = { N: r.pick(SORTS) };
    body.KeyConditionExpression += r.pick([` AND ${sort} > :s`, ` AND ${sort} <= :s`, ` AND ${sort} BETWEEN :s AND :ten`]);
    if (body.KeyConditionExpression.includes(':ten')) values[':ten'] = { N: '10' };
  }
  body.ScanIndexForward = r.chance(0.5);
  body.ExpressionAttributeValues = values;
  return ['Query', body, 0];
}
