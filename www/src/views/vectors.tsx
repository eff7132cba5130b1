import { useState } from 'preact/hooks';
import type { AttributeValue, Document, Item } from '../backend.js';
import { plainItem } from '../plain-json.js';
import { attempt, call } from '../state.js';
import { projectionOf, type TableDescription, typeOf, type VectorIndexDescription } from '../table.js';
import { Choice, RequestForm, RunButton, TextField } from './fields.js';

interface Result {
  readonly Item: Item;
  readonly Score: number;
}

/** The rows of a table's vector indexes, in the list of keys and indexes. */
export function VectorIndexRow({ index }: { index: VectorIndexDescription }) {
  const searched = (type: string) =>
    (index.SearchSchema ?? [])
      .filter(({ SearchSchemaElementType }) => SearchSchemaElementType === type)
      .map(({ AttributeName }) => AttributeName)
      .join(', ');
  const filters = searched('INLINE_FILTER');
  const measured = `${index.VectorAttribute.AttributeName}: ${index.Dimensions} dimensions, ${index.DistanceFunction.toLowerCase()}`;
  return (
    <tr>
      <th scope="row">{index.IndexName}</th>
      <td>Vector index</td>
      <td>{searched('HASH')}</td>
      <td>{filters === '' ? measured : `${measured}; filters ${filters}`}</td>
      <td>{projectionOf(index)}</td>
      <td>{index.IndexStatus}</td>
      <td class="number">{(index.ItemCount ?? 0).toLocaleString('en')}</td>
    </tr>
  );
}

/** The SearchVectors that the form stands for; attributes left empty restrict nothing. */
function request(
  table: TableDescription,
  index: VectorIndexDescription,
  vector: string,
  given: Record<string, string>,
): Document {
  const numbers = vector.split(/[\s,[\]]+/).filter((text) => text !== '');
  const restricted = (index.SearchSchema ?? [])
    .map(({ AttributeName }) => AttributeName)
    .filter((name) => (given[name] ?? '') !== '');
  const names: Record<string, string> = {};
  const values: Record<string, AttributeValue> = {};
  for (const [at, name] of restricted.entries()) {
    names[`#a${at}`] = name;
    values[`:a${at}`] = { [typeOf(table, name)]: given[name] };
  }
  const searched: Document = {
    TableName: table.TableName,
    IndexName: index.IndexName,
    SearchVector: numbers.map((N) => ({ N })),
    TopK: 10,
  };
  if (restricted.length === 0) return searched;
  return {
    ...searched,
    SearchConditionExpression: restricted.map((_, at) => `#a${at} = :a${at}`).join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/** A search of a table's vector indexes, and the ten nearest items. */
export function VectorSearch({ table, indexes }: { table: TableDescription; indexes: readonly VectorIndexDescription[] }) {
  const [name, setName] = useState(indexes[0]?.IndexName ?? '');
  const [vector, setVector] = useState('');
  const [given, setGiven] = useState<Record<string, string>>({});
  const [results, setResults] = useState<readonly Result[]>();
  const index = indexes.find(({ IndexName }) => IndexName === name) ?? indexes[0];
  if (index === undefined) return null;
  const run = () =>
    attempt('SearchVectors', async () => {
      const output = await call('SearchVectors', request(table, index, vector, given));
      setResults((output['SearchResults'] ?? []) as Result[]);
    });
  return (
    <RequestForm onRun={() => void run()}>
      <div class="fields">
        <Choice
          label="Vector index"
          value={index.IndexName}
          options={indexes.map(({ IndexName }) => [IndexName, IndexName])}
          onChange={setName}
        />
        <TextField
          label={`Vector of ${index.Dimensions} numbers`}
          wide
          required
          placeholder="0.1, -0.5, …"
          value={vector}
          onInput={setVector}
        />
        {(index.SearchSchema ?? []).map(({ AttributeName, SearchSchemaElementType }) => (
          <TextField
            key={AttributeName}
            label={`${AttributeName} =`}
            required={SearchSchemaElementType === 'HASH'}
            value={given[AttributeName] ?? ''}
            onInput={(value) => setGiven({ ...given, [AttributeName]: value })}
          />
        ))}
        <RunButton>Search</RunButton>
      </div>
      {results !== undefined && (
        <div class="scroll">
          <table class="nearest" data-testid="nearest">
            <thead>
              <tr>
                <th scope="col" class="number">
                  Score
                </th>
                <th scope="col">Item</th>
              </tr>
            </thead>
            <tbody>
              {results.map(({ Item: found, Score }, at) => (
                <tr key={at}>
                  <td class="number">{Score}</td>
                  <td>{JSON.stringify(plainItem(found))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </RequestForm>
  );
}
