import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Document, Item } from '../backend.js';
import { emptySearch, operationOf, type Search, searchRequest } from '../requests/search.js';
import { call } from '../state.js';
import { keyNamesOf, type TableDescription } from '../table.js';
import { Editor } from './editor.js';
import { ItemTable } from './item-table.js';
import { type Page, pageOf, ResultsBar, usePages } from './pages.js';
import { SearchForm } from './search.js';

interface Found extends Page<Document> {
  readonly scanned: number;
}

/** Query or scan a table, page by page; open an item to change it. */
export function Items({ table }: { table: TableDescription }) {
  const [search, setSearch] = useState<Search>(emptySearch);
  const [edited, setEdited] = useState<Item | 'new'>();
  const pages = usePages(operationOf, async (wanted: Search, start: Document | undefined): Promise<Found> => {
    const output = await call(operationOf(wanted), searchRequest(table, wanted, start));
    return { ...pageOf<Document>(output, 'LastEvaluatedKey'), scanned: Number(output['ScannedCount']) };
  });
  const { page } = pages;

  useEffect(() => void pages.ask(search), []);
  // Made anew for another page only: thousands of rows are too many to go through at each key that is pressed in the form.
  const shown = useMemo(
    () => (
      <ItemTable label={`Items of ${table.TableName}`} keys={keyNamesOf(table)} items={page?.items ?? []} onOpen={setEdited} />
    ),
    [table, page],
  );

  return (
    <section>
      <SearchForm table={table} search={search} onChange={setSearch} onRun={() => void pages.ask(search)} />
      <ResultsBar pages={pages} testId="summary" summary={page === undefined ? 'Reading…' : summaryOf(page, pages.number)}>
        <button type="button" onClick={() => setEdited('new')}>
          New item
        </button>
      </ResultsBar>
      {shown}
      {edited !== undefined && (
        <Editor
          table={table}
          item={edited === 'new' ? undefined : edited}
          onClose={(changed) => {
            setEdited(undefined);
            if (changed) void pages.reload();
          }}
        />
      )}
    </section>
  );
}

function summaryOf({ items, scanned, units }: Found, number: number): string {
  const count = `${items.length} of ${scanned} items evaluated on page ${number}`;
  return units === undefined ? count : `${count}, ${units} read units`;
}
