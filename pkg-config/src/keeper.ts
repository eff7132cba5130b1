// Where a database is kept: which store an option means on this host, and the engine that comes out of it.
import type { Engine, EngineModule } from './engine.js';
import { engineOptions, type Settings } from './options.js';
import { hasSnapshots, Persistence, recover, type SavableEngine, type SnapshotFormat } from './persistence.js';
import { DirectoryStorage } from './storage/directory.js';
import { IndexedDbStorage } from './storage/indexeddb.js';
import { isStorageAdapter, type StorageAdapter } from './storage-adapter.js';

/** Keeps a database in a store: told of changes, asked to save, closed. */
export type Keeper = Persistence<Engine & SavableEngine>;

export interface Kept {
  readonly engine: Engine;
  /** Undefined for a database in memory. */
  readonly keeper: Keeper | undefined;
}

/**
 * The engine that the settings ask for, with what its store holds.
 *
 * @throws Error when a store is asked for by name and this host has none of its kind, or when none of its snapshots can be read
 */
export async function openKept(module: EngineModule, settings: Settings): Promise<Kept> {
  const storage = await openStorage(module, settings);
  const options = engineOptions(settings);
  if (storage === undefined) return { engine: new module.Engine(options), keeper: undefined };
  try {
    return await fromStorage(module, settings, storage, options);
  } catch (error) {
    // The store's lock must not outlive an attempt that failed.
    await storage.close?.();
    throw error;
  }
}

/**
 * The engine that a snapshot's bytes make, stored where the settings say before it is handed out.
 *
 * @throws Error for bytes that are no whole snapshot, and when the store has a database of that name already
 */
export async function restoreKept(module: EngineModule, settings: Settings, bytes: Uint8Array): Promise<Kept> {
  const engine = module.Engine.restore(bytes, engineOptions(settings)) as Engine & SavableEngine;
  let storage: StorageAdapter | undefined;
  try {
    storage = await openStorage(module, settings);
    return { engine, keeper: storage && (await intoStorage(formatOf(module), settings.name, storage, engine)) };
  } catch (error) {
    engine.free();
    await storage?.close?.();
    throw error;
  }
}

async function intoStorage(
  format: SnapshotFormat<Engine & SavableEngine>,
  name: string,
  storage: StorageAdapter,
  engine: Engine & SavableEngine,
): Promise<Keeper> {
  if (await hasSnapshots(format, storage, name)) {
    throw new Error(
      `there is a database "${name}" in this storage already: restore under another name or into another storage`,
    );
  }
  const keeper = new Persistence(format, storage, name, engine, { newest: 0, opened: undefined }, report);
  await keeper.save();
  return keeper;
}

function formatOf(module: EngineModule): SnapshotFormat<Engine & SavableEngine> {
  if (module.snapshots === undefined) throw new Error('This build of the engine cannot keep a database in a store');
  return module.snapshots;
}

async function fromStorage(module: EngineModule, settings: Settings, storage: StorageAdapter, options: object): Promise<Kept> {
  const format = formatOf(module);
  const recovered = await recover(format, storage, settings.name, options);
  for (const { generation, reason } of recovered.refused) warn(settings.name, generation, reason);
  const engine = recovered.engine ?? (new module.Engine(options) as Engine & SavableEngine);
  const keeper = new Persistence(format, storage, settings.name, engine, recovered, report);
  return { engine, keeper };
}

/** The database opens as it was before: whoever keeps the log should know that something is missing. */
function warn(name: string, generation: number, reason: unknown): void {
  const why = reason instanceof Error ? reason.message : String(reason);
  console.warn(
    `snowglobe: snapshot ${generation} of the database "${name}" cannot be read (${why}); the one before it was opened`,
  );
}

/** A save that nobody waits for has failed: said once where the host keeps its log; `flush` and `close` throw. */
function report(error: unknown): void {
  console.error('snowglobe: the database could not be saved', error);
}

async function openStorage(module: EngineModule, { storage, name }: Settings): Promise<StorageAdapter | undefined> {
  if (storage === 'memory') return undefined;
  if (isStorageAdapter(storage)) return storage;
  if (typeof storage === 'object') return DirectoryStorage.open(storage.directory);
  const open = 'indexedDB' in globalThis ? module.openIndexedDb : undefined;
  if (open !== undefined) return IndexedDbStorage.open(name, open);
  if (storage === 'auto') return undefined;
  throw new Error('There is no IndexedDB on this host');
}
