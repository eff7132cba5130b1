// The seam between this package and the wasm module: what a database needs of an engine. The module's generated class satisfies it, and so
// does any fake in a test.
import type { SavableEngine, SnapshotFormat } from './persistence.js';
import type { IndexedDbBinding } from './storage/indexeddb.js';

/** Where in the register block each word lies. */
export const Register = { Status: 0, Address: 1, Length: 2, Ticket: 3, Timed: 4, Recorded: 5, Noted: 6 } as const;

/** What a call or a completed request came to. */
export const Status = { Done: 0, Failed: 1, Pending: 2 } as const;

/** One database inside the module. Times are epoch milliseconds. */
export interface Engine {
  /** Address of eight 32-bit words that every call fills in; see {@link Register}. */
  registers(): number;
  /** Makes sure that the request area holds `capacity` bytes and returns its address. */
  requestBuffer(capacity: number): number;
  /** Runs an operation whose request lies in the request area; returns a {@link Status}. */
  call(operation: number, length: number, now: number): number;
  /** Runs one HTTP exchange likewise. */
  exchange(length: number, now: number): number;
  /** Lets everything up to `now` happen; returns how many requests completed. */
  step(now: number): number;
  /** Loads the registers with the next completed request; 0 when there is none. */
  nextCompletion(): number;
  /** When the next event happens that a request or background work waits for; NaN when nothing does. */
  nextDeadline(): number;
  describe(): unknown;
  contributors(table: string, index?: string): unknown;
  /** Every stream that can be read, with iterators that do not expire: a list of `Feed`. */
  feeds(): unknown;
  /** What happened after the first `after` things that did: a `Chronicle`. */
  trace(after: number): unknown;
  fork(): Engine;
  snapshot(): Uint8Array;
  setNetwork(options: unknown): void;
  free(): void;
}

/** The wasm module, as an entry has loaded it. */
export interface EngineModule {
  readonly Engine: {
    new (options: unknown): Engine;
    restore(bytes: Uint8Array, options: unknown): Engine;
  };
  /** Names of the operations; a name's place is its number. */
  operations(): string[];
  readonly memory: { readonly buffer: ArrayBuffer };
  /** How snapshots are laid out in a store. */
  readonly snapshots?: SnapshotFormat<Engine & SavableEngine>;
  /** Opens a browser's IndexedDB. */
  readonly openIndexedDb?: (name: string) => Promise<IndexedDbBinding>;
}

/** Loads the module; called once, when the first database is opened. */
export type EngineLoader = () => EngineModule | Promise<EngineModule>;

let loader: EngineLoader | undefined;
let loaded: Promise<EngineModule> | undefined;

/** Says where databases get their engine from. Each host's entry does so once. */
export function installEngine(load: EngineLoader): void {
  loader = load;
  loaded = undefined;
}

/** The module. A load that failed is tried again by the next caller. */
export function engineModule(): Promise<EngineModule> {
  if (loaded === undefined) {
    const load = loader;
    if (load === undefined) throw new Error('No engine is installed: import snowglobe by its package name');
    loaded = Promise.resolve().then(load);
    loaded.catch(() => {
      loaded = undefined;
    });
  }
  return loaded;
}
