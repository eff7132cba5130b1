import { signal } from '@preact/signals';
import { type Statement, statementRequest } from '../requests/statement.js';
import { call, refreshTables, selected } from '../state.js';
import { keyNamesOf } from '../table.js';
import { Check, Code, PageSize, RequestForm, RunButton, TextField } from './fields.js';
import { ItemTable } from './item-table.js';
import { type Page, pageOf, ResultsBar, usePages } from './pages.js';

/** Kept here, so that what was written is still there after a look at another view. */
const written = signal<Statement>({ text: '', parameters: '', limit: '50', consistent: false });

/** Runs PartiQL statements and shows what they return, page by page. */
export function Statements() {
  const pages = usePages(
    () => 'ExecuteStatement',
    async (statement: Statement, token: string | undefined) => {
      const output = await call('ExecuteStatement', statementRequest(statement, token));
      // Whatever is no SELECT has changed something, the number of items perhaps.
      if (!/^\s*select\b/i.test(statement.text)) await refreshTables();
      return pageOf<string>(output, 'NextToken');
    },
  );
  const run = async () => {
    // What another statement has returned must not pass for what this one did.
    if (!(await pages.ask(written.value))) pages.clear();
  };
  const { page } = pages;
  const keys = selected.value === undefined ? [] : keyNamesOf(selected.value);
  return (
    <section>
      <StatementForm onRun={() => void run()} />
      <ResultsBar
        pages={pages}
        testId="statement-summary"
        summary={page === undefined ? 'Nothing to show yet.' : summaryOf(page, pages.number)}
      />
      {page !== undefined && (
        <ItemTable
          label="What was returned"
          keys={keys.filter((name) => page.items.some((item) => name in item))}
          items={page.items}
        />
      )}
    </section>
  );
}

function summaryOf({ items, units }: Page<string>, number: number): string {
  const count = `${items.length} ${items.length === 1 ? 'item' : 'items'} on page ${number}`;
  return units === undefined ? count : `${count}, ${units} units`;
}

function StatementForm({ onRun }: { onRun: () => void }) {
  const statement = written.value;
  const set = (change: Partial<Statement>) => {
    written.value = { ...statement, ...change };
  };
  const table = selected.value?.TableName ?? 'Movie';
  return (
    <RequestForm onRun={onRun}>
      <Code
        label="Statement"
        required
        rows={4}
        placeholder={`SELECT * FROM "${table}" WHERE …`}
        value={statement.text}
        onInput={(text) => set({ text })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
        }}
      />
      <div class="fields">
        <TextField
          label="Parameters, a list in plain JSON"
          wide
          placeholder='[1999, "The Matrix"]'
          value={statement.parameters}
          onInput={(parameters) => set({ parameters })}
        />
        <PageSize value={statement.limit} onInput={(limit) => set({ limit })} />
        <Check label="Consistent read" checked={statement.consistent} onChange={(consistent) => set({ consistent })} />
        <RunButton>Run</RunButton>
      </div>
    </RequestForm>
  );
}
