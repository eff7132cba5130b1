import type { StorageAdapter, StorageOperation } from '../storage-adapter.js';

/** The part of a Durable Object's `ctx.storage` that is used here; no Cloudflare types are needed to compile. */
export interface DurableObjectStorageLike {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<boolean>;
  list(options: { prefix: string; startAfter?: string; limit?: number }): Promise<Map<string, unknown>>;
  transaction<T>(closure: (transaction: DurableObjectStorageLike) => Promise<T>): Promise<T>;
}

/** Values of the key-value API may take 128 KiB; the rest is room for the envelope they are stored in. */
const MAX_VALUE_BYTES = 127 * 1024;

/** Listing keys brings their values along, and an object has 128 MB for everything: so many at a time. */
const LISTED_MAX = 64;

/** Stores in a Durable Object: `new DurableObjectStorage(ctx.storage)`. The object is the single writer by nature. */
export class DurableObjectStorage implements StorageAdapter {
  readonly maxValueBytes = MAX_VALUE_BYTES;
  readonly #storage: DurableObjectStorageLike;

  /** @throws TypeError for anything but such a storage */
  constructor(storage: DurableObjectStorageLike) {
    if (typeof (storage as DurableObjectStorageLike | undefined)?.list !== 'function') {
      throw new TypeError("DurableObjectStorage takes a Durable Object's `ctx.storage`");
    }
    this.#storage = storage;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const value = await this.#storage.get(key);
    return value instanceof Uint8Array ? value : undefined;
  }

  put(key: string, value: Uint8Array): Promise<void> {
    return this.#storage.put(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#storage.delete(key);
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for (;;) {
      const last = keys.at(-1);
      const page = await this.#storage.list({ prefix, limit: LISTED_MAX, ...(last === undefined ? {} : { startAfter: last }) });
      keys.push(...page.keys());
      if (page.size !== LISTED_MAX) return keys;
    }
  }

  async batch(operations: readonly StorageOperation[]): Promise<void> {
    await this.#storage.transaction(async (transaction) => {
      for (const { key, value } of operations) {
        if (value === undefined) await transaction.delete(key);
        else await transaction.put(key, value);
      }
    });
  }
}
