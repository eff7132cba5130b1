import type { StorageAdapter, StorageOperation } from '../storage-adapter.js';

type KvKey = readonly string[];

interface KvAtomic {
  set(key: KvKey, value: unknown): KvAtomic;
  delete(key: KvKey): KvAtomic;
  commit(): Promise<{ ok: boolean }>;
}

/** The part of `Deno.Kv` that is used here; no Deno types are needed to compile. */
export interface DenoKvLike {
  get(key: KvKey): Promise<{ value: unknown }>;
  set(key: KvKey, value: unknown): Promise<unknown>;
  delete(key: KvKey): Promise<void>;
  list(selector: { start: KvKey; end: KvKey }): AsyncIterable<{ key: readonly unknown[] }>;
  atomic(): KvAtomic;
}

const NAMESPACE = 'snowglobe';
/** Deno KV's limit is 65,536 bytes for the encoded value; the encoding adds a few. */
const MAX_VALUE_BYTES = 60 * 1024;

/** Stores in Deno KV: `new DenoKvStorage(await Deno.openKv())`. */
export class DenoKvStorage implements StorageAdapter {
  readonly maxValueBytes = MAX_VALUE_BYTES;
  readonly #kv: DenoKvLike;

  /** @throws TypeError for anything but an open database */
  constructor(kv: DenoKvLike) {
    if (typeof (kv as DenoKvLike | undefined)?.list !== 'function') {
      throw new TypeError('DenoKvStorage takes what `await Deno.openKv()` gives');
    }
    this.#kv = kv;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const { value } = await this.#kv.get([NAMESPACE, key]);
    return value instanceof Uint8Array ? value : undefined;
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    await this.#kv.set([NAMESPACE, key], value);
  }

  delete(key: string): Promise<void> {
    return this.#kv.delete([NAMESPACE, key]);
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    // U+10FFFF sorts after every key this project writes.
    const selector = { start: [NAMESPACE, prefix], end: [NAMESPACE, `${prefix}\u{10ffff}`] };
    for await (const entry of this.#kv.list(selector)) keys.push(String(entry.key[1]));
    return keys;
  }

  async batch(operations: readonly StorageOperation[]): Promise<void> {
    let atomic = this.#kv.atomic();
    for (const { key, value } of operations) {
      atomic = value === undefined ? atomic.delete([NAMESPACE, key]) : atomic.set([NAMESPACE, key], value);
    }
    const { ok } = await atomic.commit();
    if (!ok) throw new Error('Deno KV did not commit the batch');
  }
}
