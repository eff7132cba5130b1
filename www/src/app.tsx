import { backend, busy, connect, connecting, endpointAvailable, notice, selected, type Tab, tab } from './state.js';
import { Cluster } from './views/cluster.js';
import { Items } from './views/items.js';
import { Schema } from './views/schema.js';
import { Sidebar } from './views/sidebar.js';
import { Statements } from './views/statement.js';

const TABS: readonly { readonly id: Tab; readonly label: string }[] = [
  { id: 'items', label: 'Items' },
  { id: 'schema', label: 'Keys and indexes' },
  { id: 'statement', label: 'PartiQL' },
  { id: 'cluster', label: 'Cluster' },
];

export function App() {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <div class="columns">
        <Sidebar />
        <main id="main" tabIndex={-1}>
          <TabBar />
          <Panel />
        </main>
      </div>
      <Footer />
    </>
  );
}

function Header() {
  return (
    <header class="bar">
      <strong class="brand">Snowglobe</strong>
      <fieldset class="switch">
        <legend class="quiet">Requests go to</legend>
        <SwitchOption kind="endpoint" label="Endpoint" disabled={!endpointAvailable.value} />
        <SwitchOption kind="browser" label="This browser" disabled={false} />
      </fieldset>
      <span class="where" data-testid="backend">
        {backend.value?.label ?? 'connecting…'}
      </span>
    </header>
  );
}

function SwitchOption({ kind, label, disabled }: { kind: 'endpoint' | 'browser'; label: string; disabled: boolean }) {
  return (
    <label>
      <input
        type="radio"
        name="backend"
        checked={(connecting.value ?? backend.value?.kind) === kind}
        disabled={disabled}
        onChange={() => void connect(kind)}
      />
      {label}
    </label>
  );
}

function TabBar() {
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = TABS.findIndex(({ id }) => id === tab.value);
    const next = TABS[(at + step + TABS.length) % TABS.length];
    if (next === undefined) return;
    tab.value = next.id;
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="Views" class="tabs" onKeyDown={move}>
      {TABS.map(({ id, label }) => (
        <button
          type="button"
          role="tab"
          id={`tab-${id}`}
          key={id}
          aria-selected={tab.value === id}
          aria-controls="panel"
          tabIndex={tab.value === id ? 0 : -1}
          onClick={() => {
            tab.value = id;
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Panel() {
  const table = selected.value;
  return (
    <div role="tabpanel" id="panel" aria-labelledby={`tab-${tab.value}`}>
      {tab.value === 'cluster' ? (
        <Cluster />
      ) : tab.value === 'statement' ? (
        <Statements key={backend.value?.kind} />
      ) : table === undefined ? (
        <p class="empty">No table yet: create one, or load the sample.</p>
      ) : tab.value === 'items' ? (
        <Items key={`${backend.value?.kind}/${table.TableName}`} table={table} />
      ) : (
        <Schema table={table} />
      )}
    </div>
  );
}

function Footer() {
  const shown = notice.value;
  return (
    <footer class="bar" aria-live="polite">
      {busy.value !== undefined ? (
        <span aria-busy="true">{busy.value}…</span>
      ) : shown === undefined ? (
        <span class="quiet">Ready</span>
      ) : (
        <span class={shown.kind} role={shown.kind === 'error' ? 'alert' : 'status'} data-testid="notice">
          <strong>{shown.title}</strong> {shown.text}
        </span>
      )}
    </footer>
  );
}
