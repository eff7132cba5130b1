import type { StorageAdapter, StorageOperation } from '../storage-adapter.js';

/** Keeps bytes in this process: for tests, and for handing a database from one instance to the next. */
export class MemoryStorage implements StorageAdapter {
  readonly #entries = new Map<string, Uint8Array>();

  async get(key: string): Promise<Uint8Array | undefined> {
    return this.#entries.get(key)?.slice();
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    this.#entries.set(key, value.slice());
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key);
  }

  async list(prefix: string): Promise<string[]> {
    return [...this.#entries.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  async batch(operations: readonly StorageOperation[]): Promise<void> {
    for (const { key, value } of operations) {
      if (value === undefined) this.#entries.delete(key);
      else this.#entries.set(key, value.slice());
    }
  }
}
