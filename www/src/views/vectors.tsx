import { useState } from 'preact/hooks';
import type { Item } from '../backend.js';
import { plainItem } from '../plain-json.js';
import { vectorRequest } from '../requests/vectors.js';
import { attempt, call } from '../state.js';
import { projectionOf, type TableDescription, type VectorIndexDescription } from '../table.js';
import { Choice, RequestForm, RunButton, TextField } from './fields.js';

interface Result {
  readonly Item: Item;
  readonly Score: number;
}

/** A row for a vector index in the list of keys and indexes. */
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
      const output = await call('SearchVectors', vectorRequest(table, index, vector, given));
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
