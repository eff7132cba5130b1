import type { StorageAdapter, StorageOperation } from '../storage-adapter.js';

/** The wasm module's IndexedDB binding (`src/js/indexeddb.rs`). */
export interface IndexedDbBinding extends Pick<StorageAdapter, 'get' | 'put' | 'delete' | 'list' | 'batch'> {
  close(): void;
}

interface LockManagerLike {
  request(name: string, options: { signal?: AbortSignal }, callback: () => Promise<void>): Promise<void>;
}

/** A page that reloads gives up its lock a moment after the new page asks for it. */
const LOCK_PATIENCE_MS = 3_000;

/**
 * Stores in the browser's IndexedDB. A Web Lock makes this tab the only writer: a second tab's open rejects with a clear error
 * instead of two tabs overwriting each other's snapshots.
 */
export class IndexedDbStorage implements StorageAdapter {
  readonly maxValueBytes = 8 * 1024 * 1024;
  readonly #binding: IndexedDbBinding;
  readonly #unlock: () => void;

  private constructor(binding: IndexedDbBinding, unlock: () => void) {
    this.#binding = binding;
    this.#unlock = unlock;
  }

  static async open(name: string, openBinding: (name: string) => Promise<IndexedDbBinding>): Promise<IndexedDbStorage> {
    const unlock = await lock(`snowglobe:${name}`);
    try {
      return new IndexedDbStorage(await openBinding(`snowglobe:${name}`), unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  get(key: string): Promise<Uint8Array | undefined> {
    return this.#binding.get(key);
  }

  put(key: string, value: Uint8Array): Promise<void> {
    return this.#binding.put(key, value);
  }

  delete(key: string): Promise<void> {
    return this.#binding.delete(key);
  }

  list(prefix: string): Promise<string[]> {
    return this.#binding.list(prefix);
  }

  batch(operations: readonly StorageOperation[]): Promise<void> {
    return this.#binding.batch(operations);
  }

  async close(): Promise<void> {
    this.#binding.close();
    this.#unlock();
  }
}

/** Holds the named Web Lock until the returned function is called; where there are no Web Locks there is one tab's worth of trust. */
function lock(name: string): Promise<() => void> {
  const locks = (globalThis.navigator as { locks?: LockManagerLike } | undefined)?.locks;
  if (locks === undefined) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    let unlock: () => void = () => {};
    const held = new Promise<void>((release) => {
      unlock = release;
    });
    locks
      .request(name, { signal: AbortSignal.timeout(LOCK_PATIENCE_MS) }, () => {
        resolve(unlock);
        return held;
      })
      .catch(() =>
        reject(new Error(`the database "${name.slice('snowglobe:'.length)}" is open in another tab or worker of this site`)),
      );
  });
}
