import type { AttributeValue, Document } from '../backend.js';
import { attributeOf } from '../plain-json.js';
import type { KeyElement, TableDescription } from '../state.js';

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

/** The key of a table, or of one of its indexes. */
export function keysOf(table: TableDescription, index: string | undefined): readonly KeyElement[] {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return indexes.find(({ IndexName }) => IndexName === index)?.KeySchema ?? table.KeySchema;
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

/** A page's size as it was written; what is no number goes as it is, for the service to say so. */
export function limitOf(text: string): number | string {
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
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
  const type = table.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'S';
  return { [type]: text };
}

interface Props {
  readonly table: TableDescription;
  readonly search: Search;
  readonly onChange: (search: Search) => void;
  readonly onRun: () => void;
}

/** The query and scan form. */
export function SearchForm({ table, search, onChange, onRun }: Props) {
  const set = (change: Partial<Search>) => onChange({ ...search, ...change });
  const keys = keysOf(table, search.index);
  const partitionKeys = keys.filter(({ KeyType }) => KeyType === 'HASH');
  const sort = keys.find(({ KeyType }) => KeyType === 'RANGE');
  return (
    <form
      class="search"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <div class="fields">
        <label>
          Operation
          <select value={search.kind} onChange={(event) => set({ kind: event.currentTarget.value as Search['kind'] })}>
            <option value="scan">Scan</option>
            <option value="query">Query</option>
          </select>
        </label>
        <label>
          Table or index
          <select value={search.index} onChange={(event) => set({ index: event.currentTarget.value })}>
            <option value="">{table.TableName}</option>
            {[...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].map(({ IndexName }) => (
              <option value={IndexName} key={IndexName}>
                {IndexName}
              </option>
            ))}
          </select>
        </label>
        {search.kind === 'query' &&
          partitionKeys.map(({ AttributeName }, position) => (
            <label key={AttributeName}>
              {AttributeName} =
              <input
                required
                value={search.partition[position] ?? ''}
                onInput={(event) => {
                  const partition = [...search.partition];
                  partition[position] = event.currentTarget.value;
                  set({ partition });
                }}
              />
            </label>
          ))}
        {search.kind === 'query' && sort !== undefined && (
          <>
            <label>
              {sort.AttributeName}
              <select
                value={search.comparison}
                onChange={(event) => set({ comparison: event.currentTarget.value as Search['comparison'] })}
              >
                <option value="">any</option>
                {['=', '<', '<=', '>', '>=', 'begins_with', 'between'].map((comparison) => (
                  <option value={comparison} key={comparison}>
                    {comparison}
                  </option>
                ))}
              </select>
            </label>
            <label>
              value
              <input
                disabled={search.comparison === ''}
                value={search.sort}
                onInput={(event) => set({ sort: event.currentTarget.value })}
              />
            </label>
            {search.comparison === 'between' && (
              <label>
                and
                <input value={search.sortUpper} onInput={(event) => set({ sortUpper: event.currentTarget.value })} />
              </label>
            )}
          </>
        )}
        <label>
          Page size
          <input inputMode="numeric" value={search.limit} onInput={(event) => set({ limit: event.currentTarget.value })} />
        </label>
        <button type="submit" class="run">
          Run
        </button>
      </div>
      <details>
        <summary>Filter and options</summary>
        <div class="fields">
          <label class="wide">
            FilterExpression
            <input
              placeholder="rating >= :least AND contains(title, :word)"
              value={search.filter}
              onInput={(event) => set({ filter: event.currentTarget.value })}
            />
          </label>
          <label>
            Values, in plain JSON
            <input
              placeholder='{":least": 8}'
              value={search.values}
              onInput={(event) => set({ values: event.currentTarget.value })}
            />
          </label>
          <label>
            Names, in JSON
            <input
              placeholder='{"#n": "name"}'
              value={search.names}
              onInput={(event) => set({ names: event.currentTarget.value })}
            />
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={search.descending}
              onChange={(event) => set({ descending: event.currentTarget.checked })}
            />
            Descending
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={search.consistent}
              onChange={(event) => set({ consistent: event.currentTarget.checked })}
            />
            Consistent read
          </label>
        </div>
      </details>
    </form>
  );
}
