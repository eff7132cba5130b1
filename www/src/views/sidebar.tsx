import { useState } from 'preact/hooks';
import { loadSample } from '../sample.js';
import { attempt, backend, refreshTables, selectedName, tables } from '../state.js';
import { CreateTable } from './create-table.js';

/** The list of tables, and the ways to get one. */
export function Sidebar() {
  const [creating, setCreating] = useState(false);
  const hasSample = tables.value.some((table) => table.TableName === 'Movie');
  return (
    <nav class="sidebar" aria-label="Tables">
      <ul class="tables">
        {tables.value.map((table) => (
          <li key={table.TableName}>
            <button
              type="button"
              class="table"
              aria-current={table.TableName === selectedName.value ? 'true' : undefined}
              onClick={() => {
                selectedName.value = table.TableName;
              }}
            >
              <span class="name">{table.TableName}</span>
              <small>
                {table.ItemCount.toLocaleString('en')} items{table.TableStatus === 'ACTIVE' ? '' : `, ${table.TableStatus}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" disabled={!backend.value} onClick={() => setCreating(true)}>
          Create a table
        </button>
        <button type="button" class="secondary" disabled={!backend.value || hasSample} onClick={() => void loadSample()}>
          Load the sample
        </button>
        <button
          type="button"
          class="outline"
          disabled={!backend.value}
          onClick={() => void attempt('Refreshing', refreshTables)}
        >
          Refresh
        </button>
      </div>
      {creating && <CreateTable onClose={() => setCreating(false)} />}
    </nav>
  );
}
