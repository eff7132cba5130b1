import { computed, signal } from '@preact/signals';
import {
  type Backend,
  BrowserBackend,
  type ClusterDescription,
  type Document,
  EndpointBackend,
  ServiceError,
} from './backend.js';
import type { TableDescription } from './table.js';

export type Tab = 'items' | 'schema' | 'statement' | 'cluster';

/** What is shown at the foot of the page: the last refusal or the last thing that worked. */
export interface Notice {
  readonly kind: 'error' | 'done';
  readonly title: string;
  readonly text: string;
}

export const backend = signal<Backend | undefined>(undefined);
/** Where requests are about to go; where that fails, they go on going to `backend`. */
export const connecting = signal<Backend['kind'] | undefined>(undefined);
export const endpointAvailable = signal(false);
export const tables = signal<readonly TableDescription[]>([]);
export const selectedName = signal<string | undefined>(undefined);
export const tab = signal<Tab>('items');
export const notice = signal<Notice | undefined>(undefined);
export const cluster = signal<ClusterDescription | undefined>(undefined);
export const busy = signal<string | undefined>(undefined);
/** Capacity that this page's own requests consumed, by table. */
export const consumed = signal<ReadonlyMap<string, number>>(new Map());

export const selected = computed(() => tables.value.find((table) => table.TableName === selectedName.value));

const CHOICE = 'snowglobe-console-backend';
let browserRegion: Promise<BrowserBackend> | undefined;

/** Connects to what was chosen last; at first to the endpoint that served the page, if there is one. */
export async function start(): Promise<void> {
  const endpoint = new EndpointBackend(location.origin);
  endpointAvailable.value = await endpoint.isThere();
  const choice = localStorage.getItem(CHOICE);
  await connect(endpointAvailable.value && choice !== 'browser' ? 'endpoint' : 'browser');
}

/** Switches between the endpoint and the page's own region. */
export async function connect(kind: Backend['kind']): Promise<void> {
  connecting.value = kind;
  await attempt('Connecting', async () => {
    const next = kind === 'browser' ? await openBrowserRegion() : new EndpointBackend(location.origin);
    backend.value = next;
    localStorage.setItem(CHOICE, kind);
    selectedName.value = undefined;
    cluster.value = undefined;
    consumed.value = new Map();
    await refreshTables();
  });
  connecting.value = undefined;
}

/** The page's own region; one that could not be opened is tried again. */
function openBrowserRegion(): Promise<BrowserBackend> {
  browserRegion ??= BrowserBackend.open().catch((error: unknown) => {
    browserRegion = undefined;
    throw error;
  });
  return browserRegion;
}

/** Runs something that may fail, shows that it is running, and shows the service's own words if it fails. */
export async function attempt<T>(title: string, action: () => Promise<T>): Promise<T | undefined> {
  busy.value = title;
  try {
    const result = await action();
    await backend.value?.settle();
    if (notice.value?.kind === 'error') notice.value = undefined;
    return result;
  } catch (error) {
    const name = error instanceof ServiceError ? error.name : title;
    notice.value = { kind: 'error', title: name, text: error instanceof Error ? error.message : String(error) };
    return undefined;
  } finally {
    busy.value = undefined;
  }
}

/** What the last action was refused with, in one line. */
export function refusal(): string | undefined {
  return notice.value && `${notice.value.title}: ${notice.value.text}`;
}

/** Calls an operation and adds up what it consumed. */
export async function call(operation: string, input: Document): Promise<Document> {
  const target = backend.value;
  if (target === undefined) throw new Error('not connected yet');
  const metered = METERED.has(operation) ? { ReturnConsumedCapacity: 'TOTAL', ...input } : input;
  const output = await target.call(operation, metered);
  const reports = [output['ConsumedCapacity'] ?? []].flat() as { TableName?: string; CapacityUnits?: number }[];
  if (reports.length > 0) {
    const sums = new Map(consumed.value);
    for (const { TableName, CapacityUnits } of reports) {
      if (TableName) sums.set(TableName, (sums.get(TableName) ?? 0) + (CapacityUnits ?? 0));
    }
    consumed.value = sums;
  }
  return output;
}

const METERED = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchWriteItem',
  'BatchGetItem',
  'ExecuteStatement',
]);

/** Reads the list of tables and their descriptions anew. */
export async function refreshTables(): Promise<void> {
  const names: string[] = [];
  let start: unknown;
  do {
    const page: Document = await call('ListTables', start === undefined ? {} : { ExclusiveStartTableName: start });
    names.push(...(page['TableNames'] as string[]));
    start = page['LastEvaluatedTableName'];
  } while (start !== undefined);
  const descriptions = await Promise.all(names.map((TableName) => call('DescribeTable', { TableName })));
  tables.value = descriptions.map((description) => description['Table'] as TableDescription);
  if (!names.includes(selectedName.value ?? '')) selectedName.value = names[0];
}

/** Reads the cluster's state anew; silent, since it runs on a timer. */
export async function refreshCluster(): Promise<void> {
  const target = backend.value;
  try {
    const description = await target?.describe();
    if (target === backend.value) cluster.value = description;
  } catch {
    cluster.value = undefined;
  }
}
