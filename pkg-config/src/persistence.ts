import { binaryBytes } from './codec/binary.js';
import type { StorageAdapter } from './storage-adapter.js';

/** One stored value and where it goes. */
export interface StoredEntry {
  readonly key: string;
  readonly value: Uint8Array;
}

/** A snapshot being written: it holds the database as it was when the job began, while writes go on (wasm class). */
export interface SnapshotJob {
  /** The next chunk, or `undefined` after the last. */
  nextChunk(): StoredEntry | undefined;
  /** The manifest that makes the snapshot current; only after the last chunk. */
  manifest(): StoredEntry;
  free(): void;
}

/** A snapshot being read (wasm class). */
export interface RecoveryJob<Engine> {
  readonly chunkCount: number;
  chunkKey(index: number): string;
  /** Takes the next chunk; throws if it is not exactly what was written in its place. */
  feed(chunk: Uint8Array): void;
  /** The recovered engine; throws if anything is missing. Frees the job. */
  finish(): Engine;
  free(): void;
}

/** What persistence needs of the wasm module. */
export interface SnapshotFormat<Engine> {
  manifestPrefix(database: string): string;
  chunkPrefix(database: string): string;
  generationOf(database: string, key: string): number | undefined;
  readonly RecoveryJob: new (
    database: string,
    generation: number,
    manifest: Uint8Array,
    options: unknown,
  ) => RecoveryJob<Engine>;
}

/** An engine that can be saved. */
export interface SavableEngine {
  /** Counts changes of the stored state: equal figures mean that nothing has to be written. */
  revision(): number;
  startSnapshot(database: string, generation: number, maxValueBytes: number): SnapshotJob;
}

export interface Recovered<Engine> {
  readonly engine: Engine | undefined;
  /** The newest generation in the store, readable or not. */
  readonly newest: number;
  /** The generation that was opened; undefined for a new database. */
  readonly opened: number | undefined;
  /** Newer snapshots that were refused, with the reason: torn writes of a crash. */
  readonly refused: readonly { readonly generation: number; readonly reason: unknown }[];
}

const UNBOUNDED_VALUE_BYTES = 8 * 1024 * 1024;
/** A database is never saved more often than this on its own. */
const INTERVAL_MIN_MS = 1_000;
/** At most one part in this many of the time goes into saving: large databases are saved less often. */
const SAVING_SHARE = 20;

/**
 * Opens the newest snapshot that checks out, whole.
 * @throws the last refusal when there are snapshots and none of them can be read: an empty database would hide the loss
 */
export async function recover<Engine>(
  format: SnapshotFormat<Engine>,
  storage: StorageAdapter,
  database: string,
  options: unknown,
): Promise<Recovered<Engine>> {
  const manifests = await generations(format, storage, database, format.manifestPrefix(database));
  const refused: { generation: number; reason: unknown }[] = [];
  // The next snapshot is numbered after the newest there ever was, so that it never writes into the chunks of a refused one.
  const newest = manifests.at(-1)?.generation ?? 0;
  for (const { generation, key } of manifests.reverse()) {
    try {
      const engine = await read(format, storage, database, generation, key, options);
      return { engine, newest, opened: generation, refused };
    } catch (reason) {
      refused.push({ generation, reason });
    }
  }
  const last = refused.at(-1);
  if (last !== undefined) {
    throw new Error(`no snapshot of the database "${database}" can be read: ${messageOf(last.reason)}`, { cause: last.reason });
  }
  return { engine: undefined, newest, opened: undefined, refused };
}

/** Whether a store has anything of a database, readable or not. */
export async function hasSnapshots<Engine>(
  format: SnapshotFormat<Engine>,
  storage: StorageAdapter,
  database: string,
): Promise<boolean> {
  return (await generations(format, storage, database, format.manifestPrefix(database))).length > 0;
}

async function read<Engine>(
  format: SnapshotFormat<Engine>,
  storage: StorageAdapter,
  database: string,
  generation: number,
  manifestKey: string,
  options: unknown,
): Promise<Engine> {
  const manifest = await stored(storage, manifestKey);
  if (manifest === undefined) throw new Error('the manifest is gone');
  const job = new format.RecoveryJob(database, generation, manifest, options);
  try {
    for (let index = 0; index < job.chunkCount; index += 1) {
      const chunk = await stored(storage, job.chunkKey(index));
      if (chunk === undefined) throw new Error(`chunk ${index} of the stored data is missing`);
      job.feed(chunk);
    }
  } catch (error) {
    job.free();
    throw error;
  }
  return job.finish();
}

/** A stored value. Adapters of others may say that there is none in the way of their store, or give bytes of another kind. */
async function stored(storage: StorageAdapter, key: string): Promise<Uint8Array | undefined> {
  const value: unknown = await storage.get(key);
  if (value === undefined || value === null) return undefined;
  const bytes = typeof value === 'object' ? binaryBytes(value) : undefined;
  if (bytes === undefined) throw new TypeError(`the storage's get() gave a ${typeof value} for ${key}; it must give bytes`);
  return bytes;
}

async function generations<Engine>(
  format: SnapshotFormat<Engine>,
  storage: StorageAdapter,
  database: string,
  prefix: string,
): Promise<{ generation: number; key: string }[]> {
  const found: { generation: number; key: string }[] = [];
  const keys: unknown = await storage.list(prefix);
  if (!Array.isArray(keys)) throw new TypeError(`the storage's list() gave a ${typeof keys}; it must give a list of keys`);
  for (const key of keys as string[]) {
    const generation = format.generationOf(database, key);
    if (generation !== undefined) found.push({ generation, key });
  }
  return found.sort((a, b) => a.generation - b.generation);
}

/** Saves an engine's snapshots into a store: at intervals while there are changes, on demand, and at close. */
export class Persistence<Engine extends SavableEngine> {
  readonly #format: SnapshotFormat<Engine>;
  readonly #storage: StorageAdapter;
  readonly #database: string;
  readonly #engine: Engine;
  readonly #onError: (error: unknown) => void;
  #generation: number;
  /** The newest generation that this writer knows of: a manifest beyond it is somebody else's. */
  #known: number;
  /** The snapshot to fall back on should the newest turn out to be torn. */
  #lastGood: number | undefined;
  #savedRevision: number;
  #saving: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastSaveMs = 0;
  #closed = false;

  constructor(
    format: SnapshotFormat<Engine>,
    storage: StorageAdapter,
    database: string,
    engine: Engine,
    recovered: { readonly newest: number; readonly opened: number | undefined },
    onError: (error: unknown) => void,
  ) {
    this.#format = format;
    this.#storage = storage;
    this.#database = database;
    this.#engine = engine;
    this.#generation = recovered.newest;
    this.#known = recovered.newest;
    this.#lastGood = recovered.opened;
    this.#savedRevision = recovered.opened === undefined ? -1 : engine.revision();
    this.#onError = onError;
  }

  /** To be called after anything that may have changed the state: plans a save unless one is planned. Cheap. */
  touch(): void {
    if (this.#timer !== undefined || this.#closed) return;
    const delay = Math.max(INTERVAL_MIN_MS, this.#lastSaveMs * SAVING_SHARE);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.save().catch(this.#onError);
    }, delay);
    // A planned save is no reason for a process to live on; close() is where the last one happens.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /** Resolves once the state at the time of the call is in the store. */
  async save(): Promise<void> {
    // A save that is under way began before this call, so its state is too old to answer for it.
    await this.#saving?.catch(() => {});
    this.#saving ??= this.#write().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  /** Saves what is unsaved and gives the store up; the store is closed even if the save fails. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      await this.save();
    } finally {
      await this.#storage.close?.();
    }
  }

  async #write(): Promise<void> {
    const revision = this.#engine.revision();
    if (revision === this.#savedRevision) return;
    await this.#refuseIfOvertaken();
    const began = Date.now();
    const generation = this.#generation + 1;
    // Known from here on even if this fails: a store may have kept what it did not acknowledge.
    this.#known = generation;
    const job = this.#engine.startSnapshot(this.#database, generation, this.#storage.maxValueBytes ?? UNBOUNDED_VALUE_BYTES);
    try {
      for (let chunk = job.nextChunk(); chunk !== undefined; chunk = job.nextChunk()) {
        await this.#storage.put(chunk.key, chunk.value);
      }
      const manifest = job.manifest();
      await this.#storage.put(manifest.key, manifest.value);
    } finally {
      job.free();
    }
    this.#generation = generation;
    this.#savedRevision = revision;
    this.#lastSaveMs = Date.now() - began;
    await this.#forgetAllBut(generation, this.#lastGood);
    this.#lastGood = generation;
  }

  /** Two who have one database open in a store that cannot lock it: the later one to save is told, instead of what the other saved being lost. */
  async #refuseIfOvertaken(): Promise<void> {
    const manifests = await generations(
      this.#format,
      this.#storage,
      this.#database,
      this.#format.manifestPrefix(this.#database),
    );
    if ((manifests.at(-1)?.generation ?? 0) <= this.#known) return;
    throw new Error(
      `the database "${this.#database}" was saved by somebody else since it was opened here; nothing was overwritten. Open it again to go on from what is stored`,
    );
  }

  /** Manifests go before their chunks: what has no manifest does not exist. */
  async #forgetAllBut(...kept: (number | undefined)[]): Promise<void> {
    for (const prefix of [this.#format.manifestPrefix(this.#database), this.#format.chunkPrefix(this.#database)]) {
      for (const { generation, key } of await generations(this.#format, this.#storage, this.#database, prefix)) {
        if (!kept.includes(generation)) await this.#storage.delete(key);
      }
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
