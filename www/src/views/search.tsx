import type { Search } from '../requests/search.js';
import { indexesOf, keysOf, type TableDescription } from '../table.js';
import { Check, Choice, PageSize, RequestForm, RunButton, TextField } from './fields.js';

interface Props {
  readonly table: TableDescription;
  readonly search: Search;
  readonly onChange: (search: Search) => void;
  readonly onRun: () => void;
}

/** The query and scan form. */
export function SearchForm({ table, search, onChange, onRun }: Props) {
  const set = (change: Partial<Search>) => onChange({ ...search, ...change });
  const indexes = indexesOf(table).map(({ IndexName }) => [IndexName, IndexName] as const);
  return (
    <RequestForm onRun={onRun}>
      <div class="fields">
        <Choice
          label="Operation"
          value={search.kind}
          options={[
            ['scan', 'Scan'],
            ['query', 'Query'],
          ]}
          onChange={(kind) => set({ kind })}
        />
        <Choice
          label="Table or index"
          value={search.index}
          options={[['', table.TableName], ...indexes]}
          onChange={(index) => set({ index })}
        />
        {search.kind === 'query' && <KeyFields table={table} search={search} set={set} />}
        <PageSize value={search.limit} onInput={(limit) => set({ limit })} />
        <RunButton>Run</RunButton>
      </div>
      <details>
        <summary>Filter and options</summary>
        <div class="fields">
          <TextField
            label="FilterExpression"
            wide
            placeholder="rating >= :least AND contains(title, :word)"
            value={search.filter}
            onInput={(filter) => set({ filter })}
          />
          <TextField
            label="Values, in plain JSON"
            placeholder='{":least": 8}'
            value={search.values}
            onInput={(values) => set({ values })}
          />
          <TextField
            label="Names, in JSON"
            placeholder='{"#n": "name"}'
            value={search.names}
            onInput={(names) => set({ names })}
          />
          <Check label="Descending" checked={search.descending} onChange={(descending) => set({ descending })} />
          <Check label="Consistent read" checked={search.consistent} onChange={(consistent) => set({ consistent })} />
        </div>
      </details>
    </RequestForm>
  );
}

const COMPARISONS = ['=', '<', '<=', '>', '>=', 'begins_with', 'between'] as const;

/** The parts of a key that a query names. */
function KeyFields({ table, search, set }: Pick<Props, 'table' | 'search'> & { set: (change: Partial<Search>) => void }) {
  const keys = keysOf(table, search.index);
  const sort = keys.find(({ KeyType }) => KeyType === 'RANGE');
  return (
    <>
      {keys
        .filter(({ KeyType }) => KeyType === 'HASH')
        .map(({ AttributeName }, position) => (
          <TextField
            key={AttributeName}
            label={`${AttributeName} =`}
            required
            value={search.partition[position] ?? ''}
            onInput={(value) => {
              const partition = [...search.partition];
              partition[position] = value;
              set({ partition });
            }}
          />
        ))}
      {sort !== undefined && (
        <>
          <Choice<Search['comparison']>
            label={sort.AttributeName}
            value={search.comparison}
            options={[['', 'any'], ...COMPARISONS.map((comparison) => [comparison, comparison] as const)]}
            onChange={(comparison) => set({ comparison })}
          />
          <TextField
            label="value"
            disabled={search.comparison === ''}
            value={search.sort}
            onInput={(value) => set({ sort: value })}
          />
          {search.comparison === 'between' && (
            <TextField label="and" value={search.sortUpper} onInput={(sortUpper) => set({ sortUpper })} />
          )}
        </>
      )}
    </>
  );
}
