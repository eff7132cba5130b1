import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Document, Item } from '../backend.js';
import { attributeOf } from '../plain-json.js';
import { attempt, call, refreshTables, selected } from '../state.js';
import { ItemTable } from './item-table.js';
import { keysOf, limitOf } from './search.js';

/** What the form says. */
interface Statement {
  readonly text: string;
  readonly parameters: string;
  readonly limit: string;
  readonly consistent: boolean;
}

interface Page {
  readonly items: readonly Item[];
  readonly capacity: number | undefined;
  readonly next: string | undefined;
}

/** Kept here, so that what was written is still there after a look at another view. */
const written = signal<Statement>({ text: '', parameters: '', limit: '50', consistent: false });

/** The ExecuteStatement that the form stands for. */
function statementRequest(statement: Statement, token: string | undefined): Document {
  const request: Document = { Statement: statement.text };
  if (statement.parameters.trim() !== '') {
    const parameters: unknown = JSON.parse(statement.parameters);
    if (!Array.isArray(parameters)) throw new Error('The parameters must be a list in JSON, one for each question mark.');
    request['Parameters'] = parameters.map(attributeOf);
  }
  if (statement.limit.trim() !== '') request['Limit'] = limitOf(statement.limit);
  if (statement.consistent) request['ConsistentRead'] = true;
  if (token !== undefined) request['NextToken'] = token;
  return request;
}

/** Runs PartiQL statements and shows what they return, page by page. */
export function Statements() {
  const [ran, setRan] = useState<Statement>();
  const [tokens, setTokens] = useState<readonly (string | undefined)[]>([undefined]);
  const [page, setPage] = useState<Page>();

  const show = async (wanted: Statement, pages: readonly (string | undefined)[]) => {
    const isDone = await attempt('ExecuteStatement', async () => {
      const output = await call('ExecuteStatement', statementRequest(wanted, pages.at(-1)));
      setPage({
        items: (output['Items'] ?? []) as Item[],
        capacity: (output['ConsumedCapacity'] as { CapacityUnits?: number } | undefined)?.CapacityUnits,
        next: output['NextToken'] as string | undefined,
      });
      setRan(wanted);
      setTokens(pages);
      // Whatever is no SELECT has changed something, the number of items perhaps.
      if (!/^\s*select\b/i.test(wanted.text)) await refreshTables();
      return true;
    });
    // What another statement has returned must not pass for what this one did.
    if (!isDone && pages.length === 1) setPage(undefined);
  };

  const keyNames =
    selected.value === undefined ? [] : keysOf(selected.value, undefined).map(({ AttributeName }) => AttributeName);
  const items = page?.items ?? [];
  return (
    <section>
      <StatementForm onRun={() => void show(written.value, [undefined])} />
      <div class="results-bar">
        <span class="quiet" data-testid="statement-summary">
          {page === undefined ? 'Nothing to show yet.' : summaryOf(page, tokens.length)}
        </span>
        <span class="buttons">
          <button
            type="button"
            class="outline"
            disabled={tokens.length < 2}
            onClick={() => ran && void show(ran, tokens.slice(0, -1))}
          >
            Previous page
          </button>
          <button
            type="button"
            class="outline"
            disabled={page?.next === undefined}
            onClick={() => ran && void show(ran, [...tokens, page?.next])}
          >
            Next page
          </button>
        </span>
      </div>
      {page !== undefined && (
        <ItemTable
          label="What was returned"
          keys={keyNames.filter((name) => items.some((item) => name in item))}
          items={items}
        />
      )}
    </section>
  );
}

function summaryOf({ items, capacity }: Page, number: number): string {
  const count = `${items.length} ${items.length === 1 ? 'item' : 'items'} on page ${number}`;
  return capacity === undefined ? count : `${count}, ${capacity} units`;
}

function StatementForm({ onRun }: { onRun: () => void }) {
  const statement = written.value;
  const set = (change: Partial<Statement>) => {
    written.value = { ...statement, ...change };
  };
  const table = selected.value?.TableName ?? 'Movie';
  return (
    <form
      class="search"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <label>
        Statement
        <textarea
          class="code"
          required
          rows={4}
          spellcheck={false}
          placeholder={`SELECT * FROM "${table}" WHERE …`}
          value={statement.text}
          onInput={(event) => set({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
      </label>
      <div class="fields">
        <label class="wide">
          Parameters, a list in plain JSON
          <input
            placeholder='[1999, "The Matrix"]'
            value={statement.parameters}
            onInput={(event) => set({ parameters: event.currentTarget.value })}
          />
        </label>
        <label>
          Page size
          <input inputMode="numeric" value={statement.limit} onInput={(event) => set({ limit: event.currentTarget.value })} />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={statement.consistent}
            onChange={(event) => set({ consistent: event.currentTarget.checked })}
          />
          Consistent read
        </label>
        <button type="submit" class="run">
          Run
        </button>
      </div>
    </form>
  );
}
