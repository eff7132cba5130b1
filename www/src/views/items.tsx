import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Document, Item } from '../backend.js';
import { attempt, call, type TableDescription } from '../state.js';
import { Editor } from './editor.js';
import { ItemTable } from './item-table.js';
import { emptySearch, keysOf, type Search, SearchForm, searchRequest } from './search.js';

interface Page {
  readonly items: readonly Item[];
  readonly scanned: number;
  readonly capacity: number | undefined;
  readonly next: Document | undefined;
}

/** Query or scan a table, page by page; open an item to change it. */
export function Items({ table }: { table: TableDescription }) {
  const [search, setSearch] = useState<Search>(emptySearch);
  const [ran, setRan] = useState<Search>(search);
  const [starts, setStarts] = useState<readonly (Document | undefined)[]>([undefined]);
  const [page, setPage] = useState<Page>();
  const [edited, setEdited] = useState<Item | 'new'>();

  const show = (wanted: Search, pages: readonly (Document | undefined)[]) =>
    attempt(wanted.kind === 'query' ? 'Query' : 'Scan', async () => {
      const request = searchRequest(table, wanted, pages.at(-1));
      const output = await call(wanted.kind === 'query' ? 'Query' : 'Scan', request);
      setPage({
        items: (output['Items'] ?? []) as Item[],
        scanned: Number(output['ScannedCount']),
        capacity: (output['ConsumedCapacity'] as { CapacityUnits?: number } | undefined)?.CapacityUnits,
        next: output['LastEvaluatedKey'] as Document | undefined,
      });
      setRan(wanted);
      setStarts(pages);
    });

  useEffect(() => void show(search, [undefined]), []);
  // Made anew for another page only: thousands of rows are too many to go through at each key that is pressed in the form.
  const shown = useMemo(() => {
    const keys = keysOf(table, undefined).map(({ AttributeName }) => AttributeName);
    return <ItemTable label={`Items of ${table.TableName}`} keys={keys} items={page?.items ?? []} onOpen={setEdited} />;
  }, [table, page]);

  return (
    <section>
      <SearchForm table={table} search={search} onChange={setSearch} onRun={() => void show(search, [undefined])} />
      <div class="results-bar">
        <span class="quiet" data-testid="summary">
          {page === undefined
            ? 'Reading…'
            : `${page.items.length} of ${page.scanned} items evaluated on page ${starts.length}${page.capacity === undefined ? '' : `, ${page.capacity} read units`}`}
        </span>
        <span class="buttons">
          <button
            type="button"
            class="outline"
            disabled={starts.length < 2}
            onClick={() => void show(ran, starts.slice(0, -1))}
          >
            Previous page
          </button>
          <button
            type="button"
            class="outline"
            disabled={page?.next === undefined}
            onClick={() => void show(ran, [...starts, page?.next])}
          >
            Next page
          </button>
          <button type="button" onClick={() => setEdited('new')}>
            New item
          </button>
        </span>
      </div>
      {shown}
      {edited !== undefined && (
        <Editor
          table={table}
          item={edited === 'new' ? undefined : edited}
          onClose={(changed) => {
            setEdited(undefined);
            if (changed) void show(ran, starts);
          }}
        />
      )}
    </section>
  );
}
