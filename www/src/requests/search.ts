import type { AttributeValue, Document } from '../backend.js';
import { attributeOf } from '../plain-json.js';
import { keysOf, type TableDescription, typeOf } from '../table.js';
import { limitOf } from './limit.js';

/** What the form says. */
export interface Search {
  readonly kind: 'scan' | 'query';
  readonly index: string;
  readonly partition: readonly string[];
  readonly comparison: '' | '=' | '<' | '<=' | '>' | '>=' | 'begins_with' | 'between';
  readonly sort: string;
  readonly sortUpper: string;
  readonly filter: string;
  readonly names: string;
  readonly values: string;
  readonly limit: string;
  readonly descending: boolean;
  readonly consistent: boolean;
}

export function emptySearch(): Search {
  return {
    kind: 'scan',
    index: '',
    partition: [],
    comparison: '',
    sort: '',
    sortUpper: '',
    filter: '',
    names: '',
    values: '',
    limit: '50',
    descending: false,
    consistent: false,
  };
}

/** The operation that the form stands for. */
export function operationOf(search: Search): 'Query' | 'Scan' {
  return search.kind === 'query' ? 'Query' : 'Scan';
}

/** The Query or Scan that the form stands for. */
export function searchRequest(table: TableDescription, search: Search, start: Document | undefined): Document {
  const request: Document = { TableName: table.TableName };
  const names: Record<string, unknown> =
    search.names.trim() === '' ? {} : (JSON.parse(search.names) as Record<string, unknown>);
  const values: Record<string, AttributeValue> = {};
  if (search.values.trim() !== '') {
    for (const [name, value] of Object.entries(JSON.parse(search.values) as object)) values[name] = attributeOf(value);
  }
  if (search.index !== '') request['IndexName'] = search.index;
  if (search.limit.trim() !== '') request['Limit'] = limitOf(search.limit);
  if (search.consistent) request['ConsistentRead'] = true;
  if (search.filter.trim() !== '') request['FilterExpression'] = search.filter;
  if (start !== undefined) request['ExclusiveStartKey'] = start;
  if (search.kind === 'query') {
    request['KeyConditionExpression'] = keyCondition(table, search, names, values);
    request['ScanIndexForward'] = !search.descending;
  }
  if (Object.keys(names).length > 0) request['ExpressionAttributeNames'] = names;
  if (Object.keys(values).length > 0) request['ExpressionAttributeValues'] = values;
  return request;
}

function keyCondition(
  table: TableDescription,
  search: Search,
  names: Record<string, unknown>,
  values: Record<string, AttributeValue>,
): string {
  const keys = keysOf(table, search.index);
  const clauses = keys
    .filter(({ KeyType }) => KeyType === 'HASH')
    .map(({ AttributeName }, position) => {
      names[`#partition${position}`] = AttributeName;
      values[`:partition${position}`] = typed(table, AttributeName, search.partition[position] ?? '');
      return `#partition${position} = :partition${position}`;
    });
  const sort = keys.find(({ KeyType }) => KeyType === 'RANGE');
  if (sort !== undefined && search.comparison !== '') {
    names['#sort'] = sort.AttributeName;
    values[':sort'] = typed(table, sort.AttributeName, search.sort);
    if (search.comparison === 'between') {
      values[':upper'] = typed(table, sort.AttributeName, search.sortUpper);
      clauses.push('#sort BETWEEN :sort AND :upper');
    } else {
      clauses.push(search.comparison === 'begins_with' ? 'begins_with(#sort, :sort)' : `#sort ${search.comparison} :sort`);
    }
  }
  return clauses.join(' AND ');
}

function typed(table: TableDescription, name: string, text: string): AttributeValue {
  return { [typeOf(table, name)]: text };
}
