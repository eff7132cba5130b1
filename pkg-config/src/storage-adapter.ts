/** One change of a batch: a put when `value` is there, otherwise a delete. */
export interface StorageOperation {
  readonly key: string;
  readonly value?: Uint8Array;
}

/**
 * What Snowglobe needs of a place that keeps bytes under string keys. Any object with these methods will do; ready-made ones are
 * `MemoryStorage`, `DirectoryStorage`, `DurableObjectStorage` and `DenoKvStorage`, and IndexedDB by its name in the options.
 *
 * A resolved promise means that the store has the data as firmly as it ever will. A rejection reaches whoever asked for the
 * write, unchanged; what was stored before stays valid.
 */
export interface StorageAdapter {
  /** Largest value a single `put` may carry, in bytes. Unlimited when absent. */
  readonly maxValueBytes?: number;
  /** The bytes under a key; undefined if there are none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Replaces the value as a whole: a reader sees the old bytes or the new ones. */
  put(key: string, value: Uint8Array): Promise<void>;
  /** Removes a key; absent keys are no error. */
  delete(key: string): Promise<void>;
  /** All keys that start with `prefix`, in ascending order. */
  list(prefix: string): Promise<string[]>;
  /** Applies all operations or none. */
  batch(operations: readonly StorageOperation[]): Promise<void>;
  /** Gives up locks and connections. */
  close?(): Promise<void>;
}

/** Whether `value` has a store's methods. */
export function isStorageAdapter(value: unknown): value is StorageAdapter {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Partial<StorageAdapter>;
  const methods = ['get', 'put', 'delete', 'list', 'batch'] as const;
  const { maxValueBytes } = candidate;
  const isBounded = maxValueBytes === undefined || (typeof maxValueBytes === 'number' && maxValueBytes > 0);
  return isBounded && methods.every((method) => typeof candidate[method] === 'function');
}
